// The page before the room: a look at the camera, the two devices, and the way in.

import { h, refill, setName } from './dom.js';
import { deviceFault, openBoth, openCamera, openMicrophone, stop } from './devices.js';
import { crossed, icon } from './icons.js';
import { markLock } from './locks.js';
import { createStore } from './store.js';
import { t } from './texts.js';

/** The landing page; `join({microphone, camera})` is called once, with the streams that the person switched on. */
export function landingPage({ user, room, locks }, join) {
  const store = createStore({ microphone: null, camera: null, fault: '', busy: false });
  const canUse = {
    microphone: !locks.microphone,
    camera: !locks.webcam && room.room_features?.allow_webcams !== false,
  };

  async function open(opener) {
    store.set({ busy: true, fault: '' });
    try {
      store.set(await opener());
    } catch (fault) {
      store.set({ fault: deviceFault(fault) });
    }
    store.set({ busy: false });
  }

  const openers = {
    microphone: async () => ({ microphone: await openMicrophone() }),
    camera: async () => ({ camera: await openCamera() }),
  };
  const enable = canUse.microphone && canUse.camera ? openBoth : openers[canUse.microphone ? 'microphone' : 'camera'];

  function toggle(kind) {
    const { [kind]: stream } = store.get();
    if (!stream) return open(openers[kind]);
    stop(stream);
    return store.set({ [kind]: null });
  }

  function listen() {
    const { microphone, camera } = store.get();
    stop(microphone);
    stop(camera);
    join({ microphone: null, camera: null });
  }

  const card = h(
    'section',
    { class: 'landing-card', 'aria-label': t('device-title') },
    h(
      'header',
      {},
      h('h1', {}, t('device-title')),
      h('p', { class: 'landing-name' }, `${user.name} · ${t(user.is_admin ? 'moderator' : 'participant')}`),
    ),
    h(
      'div',
      { class: 'landing-body' },
      preview(store, canUse, toggle),
      entrance({ store, canUse, enable, open, join, listen }),
    ),
  );
  return h('main', { class: 'landing-page', 'data-page': 'landing' }, card);
}

function preview(store, canUse, toggle) {
  const video = h('video', { muted: true, autoplay: true, playsinline: true, 'aria-label': 'Your camera' });
  video.muted = true;
  const buttons = { microphone: h('span', {}), camera: h('span', {}) };

  store.watch(['microphone', 'camera', 'busy'], (state) => {
    if (video.srcObject !== state.camera) video.srcObject = state.camera;
    refill(buttons.microphone, deviceButton('microphone', state, canUse, toggle));
    refill(buttons.camera, deviceButton('camera', state, canUse, toggle));
  });
  return h(
    'div',
    { class: 'landing-preview' },
    h('div', { class: 'landing-video' }, video),
    h('div', { class: 'landing-devices' }, buttons.microphone, buttons.camera),
  );
}

function deviceButton(kind, state, canUse, toggle) {
  const on = Boolean(state[kind]);
  const glyph = kind === 'microphone' ? 'mic' : 'camera';
  const locked = !canUse[kind];
  const button = h(
    'button',
    {
      type: 'button',
      class: 'landing-device',
      disabled: state.busy || locked,
      onclick: () => toggle(kind),
      'aria-pressed': String(on),
    },
    locked ? crossed(glyph, 21) : icon(glyph, 21),
    !on && !locked && h('span', { class: 'plus-badge' }, icon('plus', 12)),
  );
  setName(button, `${on ? 'Switch off' : 'Switch on'} ${kind}`);
  if (locked) {
    setName(button, `${kind === 'microphone' ? 'Microphone' : 'Camera'} locked`);
    markLock(button, true);
  }
  return button;
}

function entrance({ store, canUse, enable, open, join, listen }) {
  const primary = h('button', { type: 'button', class: 'primary-button' });
  const secondary = h(
    'button',
    { type: 'button', class: 'secondary-button', onclick: listen },
    t('listener'),
    icon('volume', 20),
  );
  const fault = h('p', { class: 'landing-fault', role: 'alert' });
  const enableText =
    canUse.microphone && canUse.camera ? 'enable-both' : canUse.microphone ? 'enable-microphone' : 'enable-camera';

  primary.addEventListener('click', () => {
    const { microphone, camera } = store.get();
    if (microphone || camera) join({ microphone, camera });
    else open(enable);
  });
  store.watch(['microphone', 'camera', 'fault', 'busy'], (state) => {
    const ready = Boolean(state.microphone || state.camera);
    primary.textContent = t(ready ? 'join' : enableText);
    primary.hidden = !canUse.microphone && !canUse.camera;
    primary.disabled = state.busy;
    fault.textContent = state.fault;
  });
  return h(
    'div',
    { class: 'landing-entrance' },
    h('h2', {}, t('ready')),
    h('p', {}, t('ready-text')),
    fault,
    primary,
    secondary,
  );
}
