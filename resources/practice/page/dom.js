// Builds elements. Text from people only ever becomes text nodes and attributes, never markup.

/** An element; attributes that are null, undefined or false are left out, and functions (onclick …) become listeners. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Give a control its name, for screen readers and as the hint below the pointer. */
export function setName(control, name) {
  control.setAttribute('aria-label', name);
  control.dataset.tip = name;
}

/** Replace what is inside an element; the keyboard's focus stays there if it was there. */
export function refill(element, ...children) {
  const focused = element.contains(document.activeElement);
  element.replaceChildren(...children.filter(Boolean));
  if (focused) element.querySelector('button:not(:disabled)')?.focus();
}

/** "Alice Admin" becomes "AA". */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? words.at(-1) : '';
  return ([...words[0]].slice(0, last ? 1 : 2).join('') + ([...last][0] ?? '')).toUpperCase();
}
