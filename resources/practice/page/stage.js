// The middle of the room: video tiles, a shared screen, the whiteboard or the notepad, and who is speaking.

import { notepad, whiteboard } from './board.js';
import { h, initials, setName } from './dom.js';
import { crossed, icon } from './icons.js';
import { EXAMPLES } from './participants.js';
import { t } from './texts.js';

const REACTION_MS = 4000;

export function stage(room) {
  const tiles = h('div', { class: 'tiles' });
  const focus = h('div', { class: 'focus' });
  const pill = h('div', { class: 'speaker-pill', hidden: true });
  const boards = { whiteboard: whiteboard(room), notepad: notepad(room) };
  const screen = videoElement('Your screen');
  const mine = myTile(room);
  const example = h(
    'div',
    { class: 'tile' },
    h('span', { class: 'tile-initials' }, initials(EXAMPLES[0].name)),
    h('span', { class: 'tile-name' }, EXAMPLES[0].name),
  );

  room.watch(['camera', 'microphone', 'screen', 'board', 'examples'], (state) => {
    const shown = [];
    if (state.camera || state.microphone) shown.push(mine);
    if (state.examples) shown.push(example);
    if (screen.srcObject !== state.screen) screen.srcObject = state.screen;
    const main = boards[state.board] ?? (state.screen ? screen : null);
    place(tiles, shown);
    place(focus, main ? [main] : []);
    focus.hidden = !main;
    tiles.hidden = !shown.length;
    tiles.classList.toggle('strip', Boolean(main));
    tiles.style.setProperty('--columns', Math.ceil(Math.sqrt(shown.length || 1)));
  });
  room.watch(['speaker', 'examples'], ({ speaker, examples }) => {
    const name = speaker ?? (examples ? EXAMPLES[0].name : null);
    pill.hidden = !name;
    pill.replaceChildren(
      h('span', { class: 'secondaryColor' }, icon('micSolid', 12)),
      h('span', { class: 'primaryColor' }, name ?? ''),
    );
    example.classList.toggle('speaking', !speaker && examples);
  });
  const more = { href: '/host/', target: '_blank', title: 'What this window can do' };
  const badge = h('a', { class: 'practice-badge', ...more }, t('practice'));
  return h('main', { id: 'main-area' }, focus, tiles, pill, reactions(room), badge);
}

/** Put exactly these children into an element; those already there are not touched, so that videos go on playing. */
function place(element, wanted) {
  for (const child of [...element.children]) if (!wanted.includes(child)) child.remove();
  for (const child of wanted) if (child.parentElement !== element) element.append(child);
}

function videoElement(name) {
  const whole = () => video.requestFullscreen().catch(() => {}); // a window may refuse
  const video = h('video', { autoplay: true, playsinline: true, 'aria-label': name, ondblclick: whole });
  video.muted = true; // one never hears oneself
  return video;
}

function myTile({ me, watch }) {
  const video = videoElement('Your camera');
  const letters = h('span', { class: 'tile-initials' }, initials(me.name));
  const chips = h('div', { class: 'tile-chips' });
  const tile = h(
    'div',
    { class: 'tile', 'data-user': me.user_id },
    video,
    letters,
    chips,
    h('span', { class: 'tile-name' }, '(Me)'),
  );

  watch(['camera', 'microphone', 'muted', 'handRaised'], (state) => {
    if (video.srcObject !== state.camera) video.srcObject = state.camera;
    video.hidden = !state.camera;
    letters.hidden = Boolean(state.camera);
    chips.replaceChildren();
    if (state.handRaised) chips.append(h('span', { class: 'chip raised' }, icon('hand', 15)));
    if (state.microphone)
      chips.append(h('span', { class: 'chip' }, state.muted ? crossed('mic', 15) : icon('mic', 15)));
  });
  watch(['speaker', 'muted'], ({ speaker, muted }) => tile.classList.toggle('speaking', Boolean(speaker) && !muted));
  return tile;
}

function reactions({ watch }) {
  const place = h('div', { class: 'flying', role: 'status' });
  watch(['reaction'], ({ reaction }) => {
    if (!reaction) return;
    const sign = h('span', {}, reaction.sign);
    setName(sign, `You reacted with ${reaction.sign}`);
    place.append(sign);
    setTimeout(() => sign.remove(), REACTION_MS);
  });
  return place;
}
