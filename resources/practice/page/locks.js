// The ten locks: what they are called, and how a locked control is marked for eyes, screen readers and tests.

import { h } from './dom.js';
import { icon } from './icons.js';

export const LOCKS = {
  microphone: 'Microphone',
  webcam: 'Camera',
  screen_sharing: 'Screen sharing',
  chat: 'Public chat',
  chat_send_message: 'Sending messages',
  chat_file_share: 'Sending files',
  private_chat: 'Private chat',
  whiteboard: 'Drawing on the whiteboard',
  shared_notepad: 'Writing in the shared notepad',
  reactions: 'Reactions',
};

/** `{lock_webcam: true, …}`, as the server sends them, as `{webcam: true, …}`; a missing lock is open. */
export const readLocks = (settings = {}) =>
  Object.fromEntries(Object.keys(LOCKS).map((name) => [name, settings[`lock_${name}`] === true]));

/** Say on a control which lock rules it and whether it is on: `data-lock` and `data-locked`. */
export function markControl(control, name, locked) {
  control.dataset.lock = name;
  control.dataset.locked = String(locked);
  markLock(control, locked);
}

/** Show a control as locked: red, with a small lock on it; a text field says it in its own words instead. */
export function markLock(control, locked) {
  control.classList.toggle('locked', locked);
  control.querySelector('.lock-badge')?.remove();
  if (locked && control.tagName !== 'TEXTAREA')
    control.append(h('span', { class: 'lock-badge primaryColor' }, icon('lock', 13)));
}
