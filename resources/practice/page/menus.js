// A button that opens a small box: a menu of things to do, or anything else.

import { h } from './dom.js';
import { icon } from './icons.js';

/** Open and close `box` with `button`: Escape and a press elsewhere close it, arrow keys walk through a menu. */
export function opensBox(button, box, { onOpen = () => {} } = {}) {
  box.hidden = true;
  button.setAttribute('aria-expanded', 'false');

  function show(open) {
    if (open === !box.hidden) return;
    box.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    if (open) {
      onOpen();
      box.querySelector('button, input')?.focus();
    }
  }

  function walk(event) {
    const items = [...box.querySelectorAll('[role=menuitem]:not(:disabled)')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !items.length) return;
    event.preventDefault();
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
  }

  button.addEventListener('click', () => show(box.hidden));
  box.addEventListener('keydown', walk);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || box.hidden) return;
    show(false);
    button.focus();
  });
  document.addEventListener('pointerdown', (event) => {
    if (!box.contains(event.target) && !button.contains(event.target)) show(false);
  });
  box.addEventListener('click', (event) => {
    if (event.target.closest('[role=menuitem]')) show(false);
  });
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
