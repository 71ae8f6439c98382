// The page's icons, drawn for it on a grid of 24 by 24; they take the colour of the text around them.

const dot = (x, y, r = 1.8) => `<circle cx="${x}" cy="${y}" r="${r}" fill="currentColor" stroke="none"/>`;
const bar = (x, height) =>
  `<rect x="${x}" y="${22 - height}" width="3" height="${height}" rx=".6" fill="currentColor" stroke="none"/>`;

const SHAPES = {
  mic: '<rect x="9" y="2.5" width="6" height="12.5" rx="3"/><path d="M5.5 10.5v1.5a6.5 6.5 0 0 0 13 0v-1.5M12 18.5V21M8 21.5h8"/>',
  micSolid:
    '<rect x="8.5" y="2" width="7" height="13" rx="3.5" fill="currentColor"/><path d="M5.5 11v1a6.5 6.5 0 0 0 13 0v-1M12 18.5v3M8 21.5h8"/>',
  camera: '<rect x="2.5" y="5.5" width="13.5" height="13" rx="3.2"/><path d="M16 11.2l5.5-2.7v7L16 12.8"/>',
  screen: '<rect x="2" y="3.5" width="20" height="13.5" rx="2.6"/><path d="M12 17v3.5M8 20.5h8"/>',
  board: `<path d="M2.5 3.5h19M4 3.5v9.5a3 3 0 0 0 3 3h10a3 3 0 0 0 3-3V3.5M8.5 12.5V9.5M12 12.5V7M15.5 12.5v-1M12 16l-5.5 5M12 16l5.5 5M12 16v5"/>`,
  smile: `<circle cx="12" cy="12" r="9.7"/><path d="M7.8 14.3c1 1.5 2.5 2.2 4.2 2.2s3.2-.7 4.2-2.2"/>${dot(8.9, 9.2, 1.3)}${dot(15.1, 9.2, 1.3)}`,
  dots: dot(3.6, 12, 2.1) + dot(12, 12, 2.1) + dot(20.4, 12, 2.1),
  dotsVertical: dot(12, 4, 2.1) + dot(12, 12, 2.1) + dot(12, 20, 2.1),
  people:
    '<circle cx="10" cy="7.5" r="4.3"/><path d="M2 21.5V19a4.5 4.5 0 0 1 4.5-4.5h6.5a4.5 4.5 0 0 1 4.5 4.5v2.5M15.5 3.5a4.3 4.3 0 0 1 0 8M19 15a4.5 4.5 0 0 1 3 4.2v2.3"/>',
  chat: `<path d="M6 2.5h12a3.3 3.3 0 0 1 3.3 3.3v8.4A3.3 3.3 0 0 1 18 17.5h-5.5L8 21.5v-4H6a3.3 3.3 0 0 1-3.3-3.3V5.8A3.3 3.3 0 0 1 6 2.5z"/>${dot(8, 10, 1.3)}${dot(12, 10, 1.3)}${dot(16, 10, 1.3)}`,
  hangUp:
    '<path d="M12 13.8c-3.5 0-6.4.8-8.3 2.2-1.1.8-1.6 1.9-1.5 3 .1 1.6 1.3 2.5 2.7 2.2l1.7-.4c1-.2 1.7-1 1.7-2v-.6c2.4-.6 5-.6 7.4 0v.6c0 1 .7 1.8 1.7 2l1.7.4c1.4.3 2.6-.6 2.7-2.2.1-1.1-.4-2.2-1.5-3-1.9-1.4-4.8-2.2-8.3-2.2zM4.5 6.8c4.3-3.7 10.7-3.7 15 0M7.8 10.3c2.5-1.9 5.9-1.9 8.4 0"/>',
  bell: '<path d="M5.8 10a6.2 6.2 0 0 1 12.4 0c0 3.8 1.2 5.6 2.1 6.8.4.5 0 1.3-.6 1.3H4.3c-.6 0-1-.8-.6-1.3.9-1.2 2.1-3 2.1-6.8zM10 21.3h4"/>',
  signal: bar(1, 5) + bar(5.8, 8.5) + bar(10.6, 12) + bar(15.4, 16) + bar(20.2, 20),
  volume:
    '<path d="M11.5 4L7 8H4a1.5 1.5 0 0 0-1.5 1.5v5A1.5 1.5 0 0 0 4 16h3l4.5 4zM15 9c1.6 1.7 1.6 4.3 0 6M18.3 6c3.2 3.3 3.2 8.7 0 12"/>',
  close: '<path d="M4.5 4.5l15 15M19.5 4.5l-15 15"/>',
  search: '<circle cx="11" cy="11" r="8.5"/><path d="M17.5 17.5L22 22"/>',
  clip: '<path d="M17.5 7v9.5a5.5 5.5 0 0 1-11 0V6a3.8 3.8 0 0 1 7.6 0v10a2 2 0 0 1-4 0V7.5"/>',
  send: '<path d="M12 20V4.5M5 11l7-7 7 7"/>',
  down: '<path d="M3.5 8l8.5 8.5L20.5 8"/>',
  up: '<path d="M5 15.5L12 8.5l7 7"/>',
  plus: '<path d="M12 4.5v15M4.5 12h15"/>',
  lock: '<rect x="4" y="10.5" width="16" height="11" rx="2.5" fill="currentColor"/><path d="M7.5 10.5V7a4.5 4.5 0 0 1 9 0v3.5"/>',
  sun: '<circle cx="12" cy="12" r="5.6" fill="currentColor" stroke="none"/><path d="M12 1.5v2M12 20.5v2M1.5 12h2M20.5 12h2M4.6 4.6L6 6M18 18l1.4 1.4M4.6 19.4L6 18M18 6l1.4-1.4"/>',
  moon: '<path d="M9.5 1.8a10.3 10.3 0 1 0 13 12.8A9 9 0 0 1 9.5 1.8z" fill="currentColor" stroke="none"/>',
  sliders: '<path d="M2 5h20M2 12h20M2 19h20M12 2.6v4.8M17.5 9.6v4.8M7 16.6v4.8"/>',
  keyboard:
    '<rect x="1.5" y="5" width="21" height="14" rx="2.5"/><path d="M5 9h.1M8.5 9h.1M12 9h.1M15.5 9h.1M19 9h.1M5 12.2h.1M8.5 12.2h.1M12 12.2h.1M15.5 12.2h.1M19 12.2h.1M7.5 15.6h9"/>',
  leave:
    '<path d="M10 4H6a3 3 0 0 0-3 3v10a3 3 0 0 0 3 3h4"/><path d="M9 9.5h5V5l8 7-8 7v-4.5H9z" fill="currentColor"/>',
  presenter:
    '<path d="M1.5 3.5h10v7h-10M1.5 2v8.5M6 10.5l-4 9M6 10.5l4 9" stroke-width="1.5"/><circle cx="18.5" cy="4" r="2.4" fill="currentColor" stroke="none"/><rect x="15.8" y="7.5" width="5.4" height="14.5" rx="1.5" fill="currentColor" stroke="none"/><path d="M16.5 9.5l-3.5-1" stroke-width="2.4"/>',
  hand: '<path d="M7 12V6.5a1.6 1.6 0 0 1 3.2 0V11 4.5a1.6 1.6 0 0 1 3.2 0V11 6a1.6 1.6 0 0 1 3.2 0v6V8.5a1.6 1.6 0 0 1 3.2 0V15a7 7 0 0 1-7 7c-3.5 0-5-1.5-6.5-4l-2.7-4.5c-.9-1.5 1.2-2.9 2.3-1.6z"/>',
  notepad:
    '<rect x="4" y="3.5" width="16" height="18" rx="2.5"/><path d="M8 2v3.5M16 2v3.5M8 10.5h8M8 14h8M8 17.5h5"/>',
  pen: '<path d="M4 20l1-4.5L16.5 4a2.1 2.1 0 0 1 3 3L8 18.5z"/>',
  eraser: '<path d="M8 20l-5-5a1.5 1.5 0 0 1 0-2L13 3a1.5 1.5 0 0 1 2 0l6 6a1.5 1.5 0 0 1 0 2l-9 9zM8 8l8 8M8 20h13"/>',
  example:
    '<circle cx="8" cy="8" r="3.5"/><path d="M2 20v-1.5A4.5 4.5 0 0 1 6.5 14h3a4.5 4.5 0 0 1 4.5 4.5V20M18.5 5v8M14.5 9h8"/>',
};

/** An icon that screen readers pass over; the control around it has the name. */
export function icon(name, size = 18) {
  const template = document.createElement('template');
  template.innerHTML =
    `<svg class="icon" width="${size}" height="${size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" ` +
    `stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${SHAPES[name]}</svg>`;
  return template.content.firstChild;
}

const SLASH = '<path d="M3 3l18 18"/>';

/** A glyph with a stroke through it: muted. */
export function crossed(name, size) {
  const element = icon(name, size);
  element.insertAdjacentHTML('beforeend', SLASH);
  return element;
}

/** The record sign: a dot and three letters. */
export function recordSign() {
  const template = document.createElement('template');
  template.innerHTML =
    '<svg class="icon" width="28" height="12" viewBox="0 0 28 12" fill="currentColor" aria-hidden="true">' +
    '<circle cx="4" cy="5.6" r="4"/><text x="8.3" y="10" font-family="serif" font-weight="700" font-size="10.5" ' +
    'textLength="19.5" lengthAdjust="spacingAndGlyphs">REC</text></svg>';
  return template.content.firstChild;
}
