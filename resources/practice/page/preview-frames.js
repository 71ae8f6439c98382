// Frames laid over the page: what a parameter paints, and what is under the pointer. They catch no pointer themselves.

import { h } from './dom.js';

const layer = h('div', { class: 'preview-frames', 'aria-hidden': 'true' });
const painted = h('div', {});
const pointed = h('div', {});
layer.append(painted, pointed);
document.body.append(layer);

function frame(element, look, words = '') {
  const { left, top, width, height } = element.getBoundingClientRect();
  const place = `${top < 60 ? 'below' : ''} ${left > innerWidth / 2 ? 'at-end' : ''}`;
  const box = h('div', { class: look }, words && h('span', { class: place }, words));
  Object.assign(box.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  return box;
}

/** The page is shown small: a pixel of the screen is more than one of the page. */
const keepLinesVisible = () => layer.style.setProperty('--pixel', `${1 / devicePixelRatio}px`);

export function framePainted(elements) {
  keepLinesVisible();
  painted.replaceChildren(...elements.map((element) => frame(element, 'preview-painted')));
}

/** Frame one element and say what it is; null takes the frame away. */
export const framePointed = (element, words) =>
  pointed.replaceChildren(...(element ? [frame(element, 'preview-pointed', words)] : []));
