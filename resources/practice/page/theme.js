// Light and dark: follows the system while the page is open; the switch in the header overrules it until it changes.

const system = matchMedia('(prefers-color-scheme: dark)');
const watchers = [];

export const isDark = () => document.body.classList.contains('dark');

export function setDark(dark) {
  document.body.classList.toggle('dark', dark);
  for (const watcher of watchers) watcher(dark);
}

export function watchTheme(watcher) {
  watchers.push(watcher);
  watcher(isDark());
}

export function followSystem() {
  setDark(system.matches);
  system.addEventListener('change', () => setDark(system.matches));
}
