// A page with one row for everything that a meeting's page asks of its window.

import { h } from './dom.js';
import { calls } from './host-peers.js';
import { requests, tell } from './host-requests.js';
import { followSystem } from './theme.js';

const ROWS = {
  Devices: {
    devices: ['Camera and microphone', 'The button “Enable mic and camera” on the first page'],
    camera: ['Camera', 'The camera button in the room'],
    microphone: ['Microphone', 'The microphone button in the room'],
    list: ['Which devices there are', 'The menus beside these buttons'],
    sound: ['Sound', 'The voices of the others'],
  },
  Screen: {
    screen: ['Share the screen', 'Screen sharing, with sound where the system has it'],
    record: ['Record this window', 'Local recording'],
    fullscreen: ['Full screen', 'One video or the shared screen in full size'],
  },
  'Other windows': {
    breakout: ['Open a breakout room', 'A window of the meeting, when the server has answered'],
    foreign: ['Open another site', 'A link that a script opens'],
    link: ['Follow a link', 'An address in the chat'],
  },
  'Files and clipboard': {
    attachment: ['A file from the chat', 'Sent by the server'],
    notepad: ['Save the notepad', 'Made by the page itself'],
    file: ['Send a file', 'Chat, whiteboard and backgrounds'],
    copy: ['Copy', 'Statistics of the connection'],
    copyOldWay: ['Copy, the old way', 'The address of a breakout room'],
  },
  'This window': {
    notify: ['Notify me', 'A message while you are in another window'],
    storage: ['Storage', 'Chat and language, while the meeting lasts'],
    graphics: ['Virtual background', 'WebAssembly, workers and WebGL'],
    encryption: ['End-to-end encryption', 'Keys that the server does not have'],
    limits: ['Kinds of video', 'What this engine can send and receive'],
    close: ['Close this window', 'A breakout room at its end'],
    ended: ['The end of the meeting', 'Said by the page, nothing else happens'],
    logout: ['The end, and on to another page', 'Rooms with a page for afterwards'],
  },
  'A call between two windows': {
    call: ['1. Call', 'Copy the text below into the other window'],
    answer: ['2. Answer', 'In the other window; copy its text back'],
    connect: ['3. Connect', 'In the first window again'],
    measure: ['Measure', 'What the other window receives'],
  },
};

async function ask(name, asking) {
  tell(name, '…');
  try {
    tell(name, await asking());
  } catch (fault) {
    tell(name, `${fault.name}: ${fault.message}`, true);
  }
}

const row = ([name, [title, where]]) =>
  h(
    'div',
    { class: 'host-row' },
    h('button', { id: `ask-${name}`, class: 'secondary-button', onclick: () => ask(name, requests[name] ?? calls[name]) }, title),
    h('span', {}, where),
    h('output', { id: `answer-${name}` }),
  );

const video = (id, name) => {
  const made = h('video', { id, autoplay: true, playsinline: true, 'aria-label': name });
  made.muted = true;
  return made;
};

followSystem();
document
  .getElementById('rows')
  .append(
    h('div', { class: 'host-videos' }, video('own', 'Your picture'), video('other', 'The picture from the other window')),
    ...Object.entries(ROWS).flatMap(([title, rows]) => [h('h2', {}, title), ...Object.entries(rows).map(row)]),
    h('textarea', { id: 'signal', 'aria-label': 'What the windows say to each other', spellcheck: 'false' }),
  );
