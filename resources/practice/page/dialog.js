// Dialogs: a question with two answers, and a list of facts to read.

import { h, setName } from './dom.js';
import { icon } from './icons.js';

function show(title, body, actions) {
  const close = h(
    'button',
    { type: 'button', class: 'close-button', onclick: () => dialog.close() },
    icon('close', 16),
  );
  setName(close, 'Close');
  const dialog = h(
    'dialog',
    { class: 'modal', 'aria-label': title },
    h('header', {}, h('h2', {}, title), close),
    h('div', { class: 'modal-body' }, body),
    actions && h('footer', {}, ...actions),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.getElementById('plugNmeet-app').append(dialog);
  dialog.showModal();
  return dialog;
}

/** Ask; as in the real client it is "Close" that has the primary button's look, and "Ok" is red. */
export function confirm(title, text, onConfirm) {
  const dialog = show(title, h('p', {}, text), [
    h('button', { type: 'button', class: 'primary-button', onclick: () => dialog.close() }, 'Close'),
    h(
      'button',
      {
        type: 'button',
        class: 'danger-button',
        onclick: () => {
          dialog.close();
          onConfirm();
        },
      },
      'Ok',
    ),
  ]);
}

/** Show pairs of a name and a value; a value may be an element. */
export function facts(title, pairs) {
  show(
    title,
    h('dl', { class: 'facts' }, ...pairs.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
  );
}
