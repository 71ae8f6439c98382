// The side panels; one of them is open at a time.

import { chatPanel } from './chat.js';
import { h, setName } from './dom.js';
import { icon } from './icons.js';
import { participantsPanel } from './participants.js';

export function sidePanels(room) {
  const panels = { participants: participantsPanel(room), chat: chatPanel(room) };
  const place = h('div', { class: 'side-panels' }, ...Object.values(panels));
  room.watch(['panel'], ({ panel }) => {
    place.hidden = panel === null;
    for (const [name, element] of Object.entries(panels)) element.hidden = name !== panel;
  });
  return place;
}

/** The head of a panel: its title and a cross. */
export function panelHead(room, title) {
  const close = h(
    'button',
    { type: 'button', class: 'close-button', onclick: () => room.set({ panel: null }) },
    icon('close', 15),
  );
  setName(close, 'Close panel');
  return h('header', { class: 'panel-head' }, title, close);
}
