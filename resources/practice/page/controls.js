// The footer's buttons: a round-square with a glyph, its states, and the pair of microphone and camera.

import { h, refill, setName } from './dom.js';
import { crossed, icon } from './icons.js';
import { markControl } from './locks.js';
import { menuItem, opensBox } from './menus.js';

/** One button of the footer. `lock` is the name of the lock that rules it. */
export function footerIcon({ name, glyph, press, lock = null, locked = false, lockedName = '' }) {
  const button = h(
    'button',
    { type: 'button', class: 'footer-icon', onclick: press },
    h('span', { class: 'footer-icon-bg' }, typeof glyph === 'string' ? icon(glyph, 20) : glyph),
  );
  setName(button, locked ? lockedName : name);
  if (lock) markControl(button, lock, locked);
  return button;
}

export function setPressed(button, pressed) {
  button.classList.toggle('active', pressed);
  button.setAttribute('aria-pressed', String(pressed));
}

/** Show a number on a button; nothing for 0. */
export function setBadge(button, count) {
  button.querySelector('.unread-badge')?.remove();
  if (count > 0)
    button.append(h('span', { class: 'unread-badge bg-secondary-color' }, count > 99 ? '99+' : String(count)));
}

/** Microphone or camera: locked, off (with a plus), or on, with a small menu beside it. */
function deviceControl({ watch }, { keys, lock, locked, look, press, menu }) {
  const place = h('div', { class: 'device-control' });

  watch(keys, (state) => {
    const { on, off, glyph, name } = look(state);
    if (!on) {
      const button = footerIcon({ name, glyph, press, lock, locked, lockedName: name });
      button.disabled = locked;
      if (!locked) button.append(h('span', { class: 'plus-badge' }, icon('plus', 12)));
      refill(place, button);
      return;
    }
    const main = h('button', { type: 'button', class: 'footer-icon-bg', onclick: press }, glyph);
    setName(main, name);
    markControl(main, lock, false);
    const arrow = h(
      'button',
      { type: 'button', class: 'footer-icon-bg arrow', 'aria-haspopup': 'menu' },
      icon('up', 14),
    );
    setName(arrow, 'More choices');
    const box = h('div', { class: 'menu up start', role: 'menu' }, ...menu(state));
    refill(place, h('div', { class: off ? 'split muted' : 'split' }, main, opensBox(arrow, box)));
  });
  return place;
}

export function microphoneControl(room) {
  const { locks, startMicrophone, toggleMute, takeMicrophone, get } = room;
  return deviceControl(room, {
    keys: ['microphone', 'muted'],
    lock: 'microphone',
    locked: locks.microphone,
    press: () => (get().microphone ? toggleMute() : startMicrophone()),
    look({ microphone, muted }) {
      const name = locks.microphone
        ? 'Microphone locked'
        : microphone
          ? muted
            ? 'Unmute'
            : 'Mute'
          : 'Start microphone';
      const glyph = muted || locks.microphone ? crossed('mic', 17) : icon('mic', 17);
      return { on: Boolean(microphone), off: muted, glyph, name };
    },
    menu: ({ microphone, muted }) => [
      h('p', { class: 'menu-title' }, microphone.getAudioTracks()[0]?.label || 'Microphone'),
      menuItem('mic', muted ? 'Unmute microphone' : 'Mute microphone', toggleMute),
      menuItem('leave', 'Stop microphone', () => takeMicrophone(null)),
    ],
  });
}

export function cameraControl(room) {
  const { locks, toggleCamera } = room;
  return deviceControl(room, {
    keys: ['camera'],
    lock: 'webcam',
    locked: locks.webcam,
    press: toggleCamera,
    look: ({ camera }) => ({
      on: Boolean(camera),
      off: false,
      glyph: locks.webcam ? crossed('camera', 18) : icon('camera', 18),
      name: locks.webcam ? 'Camera locked' : camera ? 'Stop camera' : 'Start camera',
    }),
    menu: ({ camera }) => [
      h('p', { class: 'menu-title' }, camera.getVideoTracks()[0]?.label || 'Camera'),
      menuItem('leave', 'Stop camera', toggleCamera),
    ],
  });
}
