// The chat panel. Nothing leaves this page: what one writes is shown to oneself, as the others would see it.

import { h, initials, setName } from './dom.js';
import { icon } from './icons.js';
import { markControl } from './locks.js';
import { clockTime } from './notices.js';
import { panelHead } from './panels.js';
import { EXAMPLES, everybody } from './participants.js';
import { t } from './texts.js';

const PLACEHOLDER = 'Send a message, paste an image, or drop a file here (New line: Shift + Enter)';
const HELLO = { name: EXAMPLES[0].name, text: 'Hello! This is how a message from somebody else looks.' };

export function chatPanel(room) {
  const list = h('div', { class: 'messages', role: 'log', 'aria-label': 'Messages', tabindex: '0' });
  const { info, watch, set, get } = room;
  const welcome = info.welcome_message || `Welcome to ${info.room_title}.`;
  let shown = 0;

  list.append(h('p', { class: 'system-message' }, h('span', {}, welcome)));
  watch(['messages'], ({ messages, panel, unread }) => {
    const fresh = messages.slice(shown);
    shown = messages.length;
    list.append(...fresh.map(bubble));
    list.scrollTop = list.scrollHeight;
    if (panel !== 'chat' && fresh.some(({ mine }) => !mine)) set({ unread: unread + fresh.length });
  });
  watch(['panel'], ({ panel }) => panel === 'chat' && set({ unread: 0 }));
  watch(['examples'], ({ examples }) => {
    if (examples) set({ messages: [...get().messages, { ...HELLO, mine: false, time: new Date() }] });
  });
  return h(
    'section',
    { class: 'side-panel side-panel-bg-color', 'data-panel': 'chat', 'aria-label': 'Chat' },
    panelHead(room, h('h2', { class: 'light' }, t('public-chat'))),
    recipient(room),
    list,
    messageForm(room),
  );
}

function bubble({ name, text, file, mine, time }) {
  const content = file ? h('a', { href: file.address, download: file.name }, icon('clip', 13), file.name) : text;
  return h(
    'article',
    { class: mine ? 'message mine' : 'message' },
    h('span', { class: 'chat-avatar' }, initials(name)),
    h(
      'div',
      {},
      h('p', { class: 'message-head' }, mine ? 'You' : name, h('time', {}, clockTime(time))),
      h('p', { class: 'message-text' }, content),
    ),
  );
}

/** To whom one writes; with private chat locked, only to everybody and to moderators. */
function recipient({ locks, watch }) {
  const select = h('select', { 'aria-label': 'Write to' });
  const label = h('label', { class: 'recipient' }, h('span', {}, 'To:'), select, icon('down', 14));
  markControl(label, 'private_chat', locks.private_chat);
  label.title = locks.private_chat ? 'Private chat is locked' : '';

  watch(['participants', 'examples'], (state) => {
    const chosen = select.value;
    const others = everybody(state).filter((person) => !person.me && (!locks.private_chat || person.is_admin));
    select.replaceChildren(
      h('option', { value: '' }, t('public-chat')),
      ...others.map(({ user_id, name }) => h('option', { value: user_id }, name)),
    );
    select.value = others.some(({ user_id }) => user_id === chosen) ? chosen : '';
  });
  watch(['chatWith'], ({ chatWith }) => {
    if ([...select.options].some(({ value }) => value === chatWith?.userId)) select.value = chatWith.userId;
  });
  return label;
}

function messageForm({ me, locks, features, get, set, say }) {
  const closed = locks.chat || locks.chat_send_message;
  const files = features.chat_features?.is_allow_file_upload !== false;
  const post = (message) =>
    set({ messages: [...get().messages, { name: me.name, mine: true, time: new Date(), ...message }] });

  const area = h('textarea', { rows: 3, 'aria-label': 'Message', disabled: closed, placeholder: placeholder(locks) });
  markControl(area, 'chat_send_message', locks.chat_send_message);
  const send = h('button', { type: 'submit', class: 'send-button', disabled: true }, icon('send', 18));
  setName(send, 'Send');

  const chooser = h('input', { type: 'file', hidden: true, 'aria-label': 'File', onchange: () => take(chooser.files) });
  const clip = h('button', { type: 'button', class: 'clip-button', onclick: () => chooser.click() }, icon('clip', 18));
  clip.disabled = closed || locks.chat_file_share;
  setName(clip, locks.chat_file_share ? 'Sending files locked' : 'Send a file');
  markControl(clip, 'chat_file_share', locks.chat_file_share);

  function take(list) {
    for (const file of list) {
      const ending = file.name.split('.').at(-1).toLowerCase();
      const types = features.chat_features?.allowed_file_types ?? [];
      if (types.length && !types.includes(ending)) say(`Files of the kind “${ending}” are not allowed here.`);
      else post({ file: { name: file.name, address: URL.createObjectURL(file) } });
    }
  }
  function submit(event) {
    event.preventDefault();
    if (area.value.trim() && !closed) post({ text: area.value.trim() });
    area.value = '';
    send.disabled = true;
  }
  area.addEventListener('input', () => (send.disabled = !area.value.trim()));
  area.addEventListener(
    'keydown',
    (event) => event.key === 'Enter' && !event.shiftKey && !event.isComposing && submit(event),
  );
  return h(
    'form',
    { class: 'message-form side-panel-bg-color', onsubmit: submit },
    h('div', { class: 'message-box' }, files && clip, chooser, area, send),
  );
}

function placeholder(locks) {
  if (locks.chat) return 'The chat is locked for you.';
  return locks.chat_send_message ? 'Sending messages is locked for you.' : PLACEHOLDER;
}
