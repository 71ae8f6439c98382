// A button that opens a small box: a menu of things to do, or anything else.

import { h } from './dom.js';
import { icon } from './icons.js';

let opened = null; // {button, box} of the one box that is open

function close() {
  if (!opened) return;
  opened.box.hidden = true;
  opened.button.setAttribute('aria-expanded', 'false');
  opened = null;
}

document.addEventListener('pointerdown', ({ target }) => {
  if (opened && !opened.box.contains(target) && !opened.button.contains(target)) close();
});
document.addEventListener('keydown', (event) => {
  if (!opened) return;
  if (event.key === 'Escape') {
    opened.button.focus();
    close();
  } else walk(event, opened.box);
});

function walk(event, box) {
  const items = [...box.querySelectorAll('[role=menuitem]:not(:disabled)')];
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!step || !items.length) return;
  event.preventDefault();
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
}

/** Open and close `box` with `button`: Escape and a press elsewhere close it, arrow keys walk through a menu. */
export function opensBox(button, box, { onOpen = () => {} } = {}) {
  box.hidden = true;
  button.setAttribute('aria-expanded', 'false');

  function toggle() {
    const wasOpen = opened?.box === box;
    close();
    if (wasOpen) return;
    opened = { button, box };
    box.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    onOpen();
    box.querySelector('button, input')?.focus();
  }

  button.addEventListener('click', toggle);
  box.addEventListener('click', (event) => event.target.closest('[role=menuitem]') && close());
  return h('div', { class: 'menu-holder' }, button, box);
}

/** One line of a menu; `accent` gives the header menu's icons the class that a design colours. */
export function menuItem(glyph, text, press, { accent = false } = {}) {
  const classes = accent ? 'menu-icon text-primary-color' : 'menu-icon';
  return h(
    'button',
    { type: 'button', role: 'menuitem', class: 'menu-item', onclick: press },
    h('span', { class: classes }, icon(glyph, 18)),
    h('span', { class: 'menu-text' }, text),
  );
}
