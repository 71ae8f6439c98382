// The panel with the people in the room.

import { h, initials, setName } from './dom.js';
import { crossed, icon } from './icons.js';
import { menuItem, opensBox } from './menus.js';
import { panelHead } from './panels.js';
import { t } from './texts.js';

/** Made-up people, so that a design can be judged with more than one person in the room. */
export const EXAMPLES = [
  { user_id: 'example-1', name: 'Ada Example', is_admin: false, me: false },
  { user_id: 'example-2', name: 'Ben Example', is_admin: false, me: false },
];

export const everybody = ({ participants, examples }) => (examples ? [...participants, ...EXAMPLES] : participants);

export function participantsPanel(room) {
  const { watch } = room;
  const title = h('h2', {});
  const list = h('ul', { class: 'participants' });
  const search = h('input', { type: 'search', placeholder: t('search'), 'aria-label': t('search') });
  const keys = ['participants', 'examples', 'microphone', 'muted', 'camera', 'handRaised'];

  function show(state) {
    const people = visible(everybody(state), room);
    const wanted = search.value.trim().toLowerCase();
    title.textContent = t('participants', { count: people.length });
    list.replaceChildren(
      ...people.filter(({ name }) => name.toLowerCase().includes(wanted)).map((person) => row(person, state, room)),
    );
  }
  watch(keys, show);
  search.addEventListener('input', () => show(room.get()));
  return h(
    'section',
    { class: 'side-panel side-panel-bg-color', 'data-panel': 'participants', 'aria-label': 'Participants' },
    panelHead(room, title),
    h('label', { class: 'search-box' }, h('span', { class: 'search-field' }, icon('search', 17), search)),
    list,
  );
}

function visible(people, { features, me }) {
  if (features.allow_view_other_users_list !== false || me.is_admin) return people;
  return people.filter((person) => person.me || person.is_admin);
}

function row(person, state, room) {
  const name = person.me ? `${person.name} (${t('me')})` : person.name;
  return h(
    'li',
    { 'data-user': person.user_id },
    h('span', { class: 'avatar bg-primary-color' }, initials(person.name)),
    h('span', { class: 'participant-name' }, name),
    h('span', { class: 'participant-signs' }, ...signs(person, state, room)),
  );
}

const sign = (element, name) => {
  element.setAttribute('role', 'img');
  element.removeAttribute('aria-hidden');
  element.setAttribute('aria-label', name);
  return element;
};

function signs(person, state, room) {
  if (person.wait_for_approval) return [approveButton(person, room)];
  const mayDraw = person.me
    ? !room.locks.whiteboard
    : person.is_admin || !room.info.default_lock_settings?.lock_whiteboard;
  const found = [];
  if (person.me && state.handRaised) found.push(sign(icon('hand', 15), 'Hand raised'));
  if (mayDraw) found.push(sign(icon('presenter', 17), 'May draw on the whiteboard'));
  if (person.me && state.camera) found.push(sign(icon('camera', 13), 'Camera on'));
  if (person.me && state.microphone) {
    found.push(state.muted ? sign(crossed('mic', 13), 'Microphone muted') : sign(icon('mic', 13), 'Microphone on'));
  }
  if (!person.me && room.me.is_admin) found.push(personMenu(person, room));
  return found;
}

function personMenu(person, { set, remove }) {
  const button = h(
    'button',
    { type: 'button', class: 'row-button', 'aria-haspopup': 'menu' },
    icon('dotsVertical', 13),
  );
  setName(button, `More about ${person.name}`);
  const write = () => set({ panel: 'chat', chatWith: { userId: person.user_id } });
  const send = (block) => () => remove(person.user_id, block);
  const removal = [
    menuItem('leave', 'Remove participant', send(false)),
    menuItem('lock', 'Remove and block', send(true)),
  ];
  const items = [menuItem('chat', 'Send private message', write), ...(EXAMPLES.includes(person) ? [] : removal)];
  return opensBox(button, h('div', { class: 'menu down', role: 'menu' }, ...items));
}

function approveButton(person, { approve }) {
  const press = (event) => {
    event.currentTarget.disabled = true;
    approve(person.user_id);
  };
  return h('button', { type: 'button', class: 'primary-button small', onclick: press }, 'Approve');
}
