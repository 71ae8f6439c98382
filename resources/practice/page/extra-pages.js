// The pages around a meeting: loading, one message on a card, the waiting room, the end.

import { h } from './dom.js';
import { t } from './texts.js';

const LOGOUT_DELAY_MS = 3000;

export function loadingPage(text) {
  return h('main', { class: 'loading-page dotted', role: 'status' }, h('div', { class: 'spinner' }), h('p', {}, text));
}

/** A page with one message, with the real one’s id; `page` names it for styles and tests. */
export function messagePage(title, text, page = 'error') {
  return h(
    'main',
    { id: 'errorPage', class: 'message-page dotted', 'data-page': page },
    h('section', { class: 'message-card', role: 'alert' }, h('h1', {}, title), h('p', {}, text)),
  );
}

/** The page of someone who waits for a moderator; the room's own words if it has some. */
export function waitingPage(room, user) {
  const words = room.room_features?.waiting_room_features?.waiting_room_msg;
  return h(
    'main',
    { class: 'message-page dotted', 'data-page': 'waiting' },
    h(
      'section',
      { class: 'message-card', role: 'status' },
      h('div', { class: 'spinner small' }),
      h('h1', {}, t('waiting-room')),
      h('p', {}, words || t('waiting-text')),
      h('p', { class: 'faint' }, `${user.name} · ${room.room_title}`),
    ),
  );
}

/** The end: the reason, then after three seconds the room's own page, if that is a web address. */
export function endedPage(reason, logoutUrl) {
  if (/^https?:\/\//i.test(logoutUrl ?? '')) {
    setTimeout(() => {
      location.href = logoutUrl;
    }, LOGOUT_DELAY_MS);
  }
  return messagePage(t('disconnected'), t(reason), 'ended');
}
