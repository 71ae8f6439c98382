// The bar at the top: logo, light and dark, the room's title, notices, connection, volume, menu.

import { facts } from './dialog.js';
import { h, setName } from './dom.js';
import { icon } from './icons.js';
import { logo } from './logo.js';
import { menuItem, opensBox } from './menus.js';
import { clockTime } from './notices.js';
import { setBadge } from './controls.js';
import { KEYS } from './shortcuts.js';
import { isDark, setDark, watchTheme } from './theme.js';
import { t } from './texts.js';

export function header(room) {
  return h(
    'header',
    { id: 'main-header' },
    h('div', { class: 'header-start' }, logo(), themeSwitch()),
    h('h1', { class: 'header-title' }, room.info.room_title),
    h('div', { class: 'header-end' }, bell(room), signal(room), volume(), menu(room)),
  );
}

function themeSwitch() {
  const button = h(
    'button',
    { type: 'button', class: 'theme-switch', role: 'switch', onclick: () => setDark(!isDark()) },
    h('span', { class: 'theme-half light' }, icon('sun', 16)),
    h('span', { class: 'theme-half night' }, icon('moon', 16)),
  );
  setName(button, 'Dark mode');
  watchTheme((dark) => button.setAttribute('aria-checked', String(dark)));
  return button;
}

function headerButton(glyph, name, size = 20) {
  const button = h('button', { type: 'button', class: 'header-button' }, icon(glyph, size));
  setName(button, name);
  return button;
}

function bell({ set, watch }) {
  const button = headerButton('bell', 'Notifications');
  button.classList.add('bell');
  const list = h('div', { class: 'notice-list' });
  const box = h('section', { class: 'menu down notice-box side-panel-bg-color' }, h('h2', {}, 'Notifications'), list);
  watch(['notices', 'unreadNotices'], ({ notices, unreadNotices }) => {
    setBadge(button, unreadNotices);
    const lines = notices.map(({ text, time }) => h('p', {}, text, h('time', {}, clockTime(time))));
    list.replaceChildren(...(lines.length ? lines : [h('p', { class: 'faint' }, 'No notifications yet.')]));
  });
  return opensBox(button, box, { onOpen: () => set({ unreadNotices: 0 }) });
}

function signal({ watch }) {
  const place = h('span', { class: 'signal', role: 'img' }, icon('signal', 22));
  watch(['connected'], ({ connected }) => {
    place.classList.toggle('lost', !connected);
    setName(place, connected ? 'Connection: excellent' : 'Connection lost. Trying again…');
  });
  return place;
}

function volume() {
  const button = headerButton('volume', 'Volume', 21);
  button.classList.add('volume');
  const slider = h('input', { type: 'range', min: 0, max: 100, value: 100, 'aria-label': 'Volume of everybody' });
  return opensBox(button, h('div', { class: 'menu down volume-box' }, slider));
}

function menu(room) {
  const button = headerButton('dotsVertical', 'Menu', 18);
  button.classList.add('menu-button');
  const box = h(
    'div',
    { class: 'menu down', role: 'menu' },
    menuItem('sliders', 'Settings', () => facts('Settings', settings(room)), { accent: true }),
    menuItem('keyboard', 'Keyboard Shortcuts', () => facts('Keyboard Shortcuts', KEYS), { accent: true }),
    menuItem('leave', 'Leave Meeting', room.leave, { accent: true }),
  );
  return opensBox(button, box);
}

/** What the token and the room say, for someone who checks a meeting before holding it. */
function settings({ me, info, serverVersion }) {
  return [
    ['Name', me.name],
    ['Role', t(me.is_admin ? 'moderator' : 'participant')],
    ['User ID', me.user_id],
    ['Room', `${info.room_title} (${info.room_id})`],
    ['Language', document.documentElement.lang],
    ['Server', serverVersion ?? '–'],
  ];
}
