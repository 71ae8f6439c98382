// The bar at the bottom: devices, what can be shared, the panels, and the way out.

import { cameraControl, footerIcon, microphoneControl, setBadge, setPressed } from './controls.js';
import { facts } from './dialog.js';
import { h, setName } from './dom.js';
import { icon, recordSign } from './icons.js';
import { LOCKS, markControl } from './locks.js';
import { menuItem, opensBox } from './menus.js';

const REACTIONS = ['👍', '👎', '❤️', '😂', '😮', '😢'];

export function footer(room) {
  const { features } = room;
  const allowed = (feature) => feature !== false;
  return h(
    'footer',
    { id: 'main-footer', 'aria-label': 'Meeting controls' },
    h(
      'div',
      { class: 'footer-start' },
      microphoneControl(room),
      allowed(features.allow_webcams) && cameraControl(room),
    ),
    h(
      'div',
      { class: 'footer-middle' },
      allowed(features.allow_screen_share) && screenControl(room),
      allowed(features.whiteboard_features?.is_allow) && whiteboardControl(room),
      allowed(features.allow_reactions) && reactionsControl(room),
      room.me.is_admin && allowed(features.recording_features?.is_allow) && recordControl(room),
      moreControl(room),
    ),
    h(
      'div',
      { class: 'footer-end' },
      panelControl(room, 'participants', 'people', 'participants', () => room.get().participants.length),
      allowed(features.chat_features?.is_allow) && chatControl(room),
      h('span', { class: 'footer-divider' }),
      endControl(room),
    ),
  );
}

function screenControl({ locks, toggleScreen, watch }) {
  const locked = locks.screen_sharing;
  const button = footerIcon({
    name: 'Share your screen',
    glyph: 'screen',
    press: toggleScreen,
    lock: 'screen_sharing',
    locked,
    lockedName: 'Screen sharing locked',
  });
  button.disabled = locked;
  watch(['screen'], ({ screen }) => {
    setPressed(button, Boolean(screen));
    if (!locked) setName(button, screen ? 'Stop sharing your screen' : 'Share your screen');
  });
  return button;
}

/** A locked whiteboard can still be looked at, so its button works. */
function whiteboardControl({ locks, get, set, watch }) {
  const button = footerIcon({
    name: 'Whiteboard',
    glyph: 'board',
    press: () => set({ board: get().board === 'whiteboard' ? null : 'whiteboard' }),
    lock: 'whiteboard',
    locked: locks.whiteboard,
    lockedName: 'Whiteboard, locked for drawing',
  });
  watch(['board'], ({ board }) => setPressed(button, board === 'whiteboard'));
  return button;
}

function reactionsControl({ locks, set }) {
  const locked = locks.reactions;
  const button = footerIcon({
    name: 'Reactions',
    glyph: 'smile',
    lock: 'reactions',
    locked,
    lockedName: 'Reactions locked',
  });
  button.disabled = locked;
  const react = (sign) => set({ reaction: { sign } });
  const box = h(
    'div',
    { class: 'menu up middle reactions', role: 'menu' },
    ...REACTIONS.map((sign) => h('button', { type: 'button', role: 'menuitem', onclick: () => react(sign) }, sign)),
  );
  return opensBox(button, box);
}

function recordControl({ say }) {
  const press = () => say('Nothing is recorded in the practice room.');
  const button = footerIcon({ name: 'Recording', glyph: recordSign(), press });
  button.classList.add('record');
  return button;
}

function moreControl(room) {
  const { locks, get, set, watch } = room;
  const button = footerIcon({ name: 'More', glyph: 'dots' });
  const notepad = menuItem('notepad', 'Shared notepad', () =>
    set({ board: get().board === 'notepad' ? null : 'notepad' }),
  );
  markControl(notepad, 'shared_notepad', locks.shared_notepad);
  const hand = menuItem('hand', 'Raise hand', () => set({ handRaised: !get().handRaised }));
  const examples = menuItem('example', 'Show example people', () => set({ examples: !get().examples }));
  watch(['handRaised', 'examples'], (state) => {
    hand.querySelector('.menu-text').textContent = state.handRaised ? 'Lower hand' : 'Raise hand';
    examples.querySelector('.menu-text').textContent = state.examples ? 'Hide example people' : 'Show example people';
  });
  const box = h(
    'div',
    { class: 'menu up middle wide', role: 'menu' },
    room.features.shared_note_pad_features?.is_allow !== false && notepad,
    room.features.allow_raise_hand !== false && hand,
    menuItem('lock', 'Your locks', () => facts('Your locks', lockPairs(locks))),
    examples,
  );
  return opensBox(button, box);
}

const lockPairs = (locks) => Object.entries(LOCKS).map(([name, words]) => [words, locks[name] ? 'Locked' : 'Allowed']);

function panelControl({ get, set, watch }, panel, glyph, words, count) {
  const button = footerIcon({
    name: words,
    glyph,
    press: () => set({ panel: get().panel === panel ? null : panel }),
  });
  watch(['panel', 'participants', 'unread'], (state) => {
    setPressed(button, state.panel === panel);
    setName(button, `${state.panel === panel ? 'Hide' : 'Show'} ${words}`);
    setBadge(button, state.panel === panel ? 0 : count());
  });
  return button;
}

function chatControl(room) {
  const button = panelControl(room, 'chat', 'chat', 'chat', () => room.get().unread);
  markControl(button, 'chat', room.locks.chat);
  return button;
}

function endControl({ me, askToLeave }) {
  const button = h('button', { type: 'button', class: 'end-call', onclick: askToLeave }, icon('hangUp', 20));
  setName(button, me.is_admin ? 'End meeting' : 'Leave meeting');
  return button;
}
