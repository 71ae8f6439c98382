// Keys that work everywhere in the room except where one writes.

export const KEYS = [
  ['Alt + M', 'Mute or unmute'],
  ['Alt + V', 'Start or stop the camera'],
  ['Alt + P', 'Show or hide participants'],
  ['Alt + C', 'Show or hide the chat'],
];

/** Listen for the keys; returns the function that stops it. */
export function shortcuts({ get, set, locks, startMicrophone, toggleMute, toggleCamera }) {
  const panel = (name) => set({ panel: get().panel === name ? null : name });
  const actions = {
    KeyM: () => !locks.microphone && (get().microphone ? toggleMute() : startMicrophone()),
    KeyV: () => !locks.webcam && toggleCamera(),
    KeyP: () => panel('participants'),
    KeyC: () => panel('chat'),
  };
  const pressed = (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !actions[event.code]) return;
    event.preventDefault();
    actions[event.code]();
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}
