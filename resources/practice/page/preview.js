// The preview of a design: the room page's own parts with example data and without a server. The launcher drives it by
// `window.preview` and hears of it by the address's fragment: `#pick=header_bg_color`.

import { designCss, logoAddress } from './design.js';
import { refill } from './dom.js';
import { endedPage, waitingPage } from './extra-pages.js';
import { landingPage } from './landing.js';
import { setLanguage } from './language.js';
import { readLocks } from './locks.js';
import { logo } from './logo.js';
import { buttonsPage, copyHoverRules } from './preview-buttons.js';
import { framePainted, framePointed } from './preview-frames.js';
import { paintedBy, regionOf, visible } from './preview-regions.js';
import { seeThrough } from './preview-vision.js';
import { createRoom } from './room.js';
import { setDark } from './theme.js';

const app = document.getElementById('plugNmeet-app');
const narrow = matchMedia('(max-width: 767px)');
const nothing = () => {};
const actions = { approve: nothing, remove: nothing, leave: nothing, end: nothing };
const me = { user_id: 'me', name: 'Maria Weber', is_admin: false, me: true };
const locks = readLocks({ lock_screen_sharing: true, lock_whiteboard: true, lock_shared_notepad: true });
const info = { room_id: 'preview', room_title: 'Maths 9b', room_features: {} };

let design = {};
let allowed = false;
let outlined = { parameter: null, selector: '' };
let names = {};
let shown = 'room';
let room = null;
let picks = 0;
let last = { element: null, turn: 0 };

// --- the screens -------------------------------------------------------------------------------------------------

function newRoom() {
  room?.close();
  room = createRoom({ user: me, room: info, locks, participants: [me] }, {}, actions);
  const { get, set } = room.store;
  set({ examples: true, notices: [{ text: 'Ada Example has joined.', time: new Date() }], unreadNotices: 1 });
  set({ messages: [...get().messages, { name: me.name, mine: true, time: new Date(), text: 'Thank you, I see it.' }] });
  return room;
}

function roomScreen(screen) {
  const { element, store } = room ?? newRoom();
  const panel = screen === 'chat' ? 'chat' : narrow.matches ? null : 'participants';
  store.set({ panel });
  store.set({ unread: screen === 'chat' ? 0 : 2 });
  for (const box of element.querySelectorAll('.header-end > .menu-holder:last-child > .menu, .menu.wide')) {
    box.hidden = screen !== 'menus';
    box.parentElement.querySelector('button').setAttribute('aria-expanded', String(screen === 'menus'));
  }
  return element;
}

const SCREENS = {
  landing: () => landingPage({ user: me, room: info, locks }, nothing),
  room: () => roomScreen('room'),
  chat: () => roomScreen('chat'),
  menus: () => roomScreen('menus'),
  waiting: () => waitingPage(info, me),
  buttons: buttonsPage,
  ended: () => endedPage('notifications.room-disconnected-room-ended', ''),
};

function show(screen) {
  shown = screen in SCREENS ? screen : 'room';
  refill(app, SCREENS[shown]());
  putLogo();
  putFrames();
}

function rebuild() {
  room?.close();
  room = null;
  show(shown);
}

// --- the design --------------------------------------------------------------------------------------------------

const style = document.createElement('style');
style.id = 'plugNmeetCustomization';
document.head.append(style);
let sheet = null;

const PLACEHOLDER =
  'body:not(.dark) #main-area { background: repeating-linear-gradient(45deg, #8aa0b4 0 2px, #dfe7ee 2px 14px) !important }';

function putDesign() {
  const { background_image: picture, ...colours } = design;
  style.textContent = allowed || !picture ? designCss(design) : designCss(colours) + PLACEHOLDER;
  putSheet(allowed ? design.custom_css_url : null);
  putLogo();
}

/** As in the real client, the style sheet comes before the rules. */
function putSheet(address) {
  if ((sheet?.getAttribute('href') ?? null) === (address || null)) return;
  sheet?.remove();
  sheet = null;
  if (!address) return;
  sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address, onload: putFrames });
  style.before(sheet);
}

function putLogo() {
  const place = app.querySelector('.header-logo');
  const address = logoAddress(design);
  const wanted = !address ? 'own' : allowed ? address : 'not loaded';
  if (!place || place.dataset.shown === wanted) return;
  const fresh = logo(allowed ? address : null);
  fresh.dataset.shown = wanted;
  if (wanted === 'not loaded') fresh.replaceChildren('Logo');
  place.replaceWith(fresh);
}

// --- the frames and the pointer ----------------------------------------------------------------------------------

function putFrames() {
  const { parameter, selector } = outlined;
  const elements = selector ? visible(selector) : parameter ? paintedBy(parameter, design) : [];
  framePainted(elements);
  framePointed(null);
  return elements.length;
}

function pointedAt(event) {
  const { element, parameters } = regionOf(event.target, design);
  framePointed(element, names[parameters[0] ?? 'none']);
}

/** A second click on the same place picks the next of the parameters that paint it. */
function pick(event) {
  const { element, parameters } = regionOf(event.target, design);
  last = { element, turn: element && element === last.element ? last.turn + 1 : 0 };
  const parameter = parameters.length ? parameters[last.turn % parameters.length] : 'none';
  picks += 1;
  location.replace(`#pick=${parameter}&n=${picks}`);
}

function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

for (const kind of ['pointerdown', 'mousedown', 'click', 'keydown', 'submit', 'input', 'dragstart'])
  addEventListener(kind, swallow, true);
addEventListener('pointerup', pick, true); // not `click`, which disabled buttons do not get
addEventListener('pointermove', pointedAt);
document.addEventListener('pointerleave', () => framePointed(null));
addEventListener('resize', putFrames);
narrow.addEventListener('change', () => show(shown));

/**
 * What the launcher calls. Nothing is loaded from a design's addresses before `allow(true)` or `design(…, true)`.
 * `outline` frames what a parameter paints, or what a selector finds, and gives the number of these places.
 */
window.preview = {
  show,
  design(wanted, loads = allowed) {
    design = { ...wanted };
    window.preview.allow(loads);
    if (outlined.parameter || outlined.selector) putFrames();
  },
  allow(yes) {
    allowed = yes === true;
    putDesign();
  },
  theme(name) {
    setDark(name === 'dark');
    putFrames();
  },
  direction(way) {
    setLanguage(way === 'rtl' ? 'ar-SA' : 'en');
    rebuild();
  },
  title(text) {
    info.room_title = text || 'Maths 9b';
    rebuild();
  },
  vision: (lens) => seeThrough(app, lens),
  names: (words) => (names = { ...words }),
  outline(parameter, selector = '') {
    outlined = { parameter, selector };
    return putFrames();
  },
};

for (const rules of document.styleSheets) copyHoverRules(rules);
show('room');
