// All buttons in all their states side by side, and the badges and avatars that take the same colours.

import { footerIcon, setBadge, setPressed } from './controls.js';
import { h, setName } from './dom.js';
import { icon } from './icons.js';
import { markLock } from './locks.js';

const HOVER = 'shown-hover';

/** Let the class `shown-hover` look like the pointer's hover, by a copy of each hover rule in its own layer. */
export function copyHoverRules(rules) {
  for (let index = rules.cssRules.length - 1; index >= 0; index -= 1) {
    const rule = rules.cssRules[index];
    if (rule.selectorText?.includes(':hover'))
      rules.insertRule(rule.cssText.replaceAll(':hover', `.${HOVER}`), index + 1);
    else if (rule.cssRules && !rule.selectorText) copyHoverRules(rule);
  }
}

const state = (words, element, look = '') => {
  if (look) element.classList.add(look);
  return h('figure', {}, element, h('figcaption', {}, words));
};

function textButtons(look, words) {
  const make = (disabled = false) => h('button', { type: 'button', class: look, disabled }, words);
  return h(
    'section',
    { class: 'states' },
    state('At rest', make()),
    state('Under the pointer', make(), HOVER),
    state('With the keyboard', make(), 'shown-focus'),
    state('Not available', make(true)),
  );
}

function footerButtons() {
  const make = (glyph) => footerIcon({ name: '', glyph });
  const pressed = make('people');
  setPressed(pressed, true);
  const locked = make('screen');
  markLock(locked, true);
  const counted = make('chat');
  setBadge(counted, 3);
  const end = h('button', { type: 'button', class: 'end-call' }, icon('hangUp', 20));
  setName(end, '');
  return h(
    'footer',
    { id: 'main-footer', class: 'states' },
    state('At rest', make('smile')),
    state('Under the pointer', make('smile'), HOVER),
    state('Pressed', pressed),
    state('Locked', locked),
    state('Unread', counted),
    state('End', end),
  );
}

export function buttonsPage() {
  return h(
    'main',
    { class: 'buttons-page', 'data-page': 'buttons' },
    h('h2', {}, 'Primary'),
    textButtons('primary-button', 'Join'),
    h('h2', {}, 'Secondary'),
    textButtons('secondary-button', 'Join as a listener'),
    h('h2', {}, 'Footer'),
    footerButtons(),
  );
}
