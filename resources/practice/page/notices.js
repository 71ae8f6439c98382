// Notices: a short message in the corner, kept in the list below the bell.

import { h } from './dom.js';

const SHOWN_MS = 5000;

/** `{region, say}`: the corner where messages appear, and the function that shows one. */
export function createNotices(store) {
  const region = h('div', { class: 'notices', role: 'status', 'aria-live': 'polite' });

  function say(text) {
    const notice = h('p', { class: 'notice' }, text);
    region.append(notice);
    setTimeout(() => notice.remove(), SHOWN_MS);
    const { notices, unreadNotices } = store.get();
    store.set({ notices: [{ text, time: new Date() }, ...notices], unreadNotices: unreadNotices + 1 });
  }

  return { region, say };
}

export const clockTime = (date) => date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
