// The whiteboard and the shared notepad: simple ones, to see what a lock and a design do to them.

import { h, setName } from './dom.js';
import { icon } from './icons.js';

const WIDTH = 1600;
const HEIGHT = 900;
const TOOLS = { pen: { glyph: 'pen', name: 'Pen', width: 4 }, eraser: { glyph: 'eraser', name: 'Eraser', width: 40 } };

/** A sheet to draw on; the toolbar's accent is what a design's primary and secondary colour change. */
export function whiteboard({ locks }) {
  const sheet = h('canvas', { width: WIDTH, height: HEIGHT, 'aria-label': 'Whiteboard' });
  const locked = locks.whiteboard;
  let tool = 'pen';
  const buttons = Object.entries(TOOLS).map(([key, { glyph, name }]) => {
    const button = h(
      'button',
      { type: 'button', class: 'tool', disabled: locked, onclick: () => choose(key) },
      icon(glyph, 18),
    );
    setName(button, name);
    return [key, button];
  });
  function choose(key) {
    tool = key;
    for (const [name, button] of buttons) button.setAttribute('aria-pressed', String(name === key));
  }
  choose(tool);
  if (!locked) drawsOn(sheet, () => TOOLS[tool]);
  return h(
    'section',
    { class: 'board excalidraw', 'data-board': 'whiteboard', 'aria-label': 'Whiteboard' },
    h('div', { class: 'toolbar', role: 'toolbar' }, ...buttons.map(([, button]) => button)),
    sheet,
    locked &&
      h(
        'p',
        { class: 'board-locked' },
        icon('lock', 14),
        'The whiteboard is locked: you can look at it, but not draw.',
      ),
  );
}

function drawsOn(sheet, tool) {
  const pen = sheet.getContext('2d');
  const point = (event) => {
    const box = sheet.getBoundingClientRect();
    return [((event.clientX - box.left) * WIDTH) / box.width, ((event.clientY - box.top) * HEIGHT) / box.height];
  };
  sheet.addEventListener('pointerdown', (event) => {
    sheet.setPointerCapture(event.pointerId);
    Object.assign(pen, { lineCap: 'round', lineJoin: 'round', lineWidth: tool().width, strokeStyle: '#1e1e1e' });
    pen.globalCompositeOperation = tool() === TOOLS.eraser ? 'destination-out' : 'source-over';
    pen.beginPath();
    pen.moveTo(...point(event));
  });
  sheet.addEventListener('pointermove', (event) => {
    if (!sheet.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...point(event));
    pen.stroke();
  });
}

export function notepad({ locks }) {
  const locked = locks.shared_notepad;
  return h(
    'section',
    { class: 'board notepad', 'data-board': 'notepad', 'aria-label': 'Shared notepad' },
    h('textarea', { 'aria-label': 'Shared notepad', readonly: locked, placeholder: locked ? '' : 'Write here…' }),
    locked &&
      h(
        'p',
        { class: 'board-locked' },
        icon('lock', 14),
        'The shared notepad is locked: you can read it, but not write.',
      ),
  );
}
