// The room: what is known and what can be done in it, and its header, stage, side panels and footer.

import { confirm } from './dialog.js';
import { deviceFault, openCamera, openMicrophone, openScreen, stop, watchVoice } from './devices.js';
import { h } from './dom.js';
import { footer } from './footer.js';
import { header } from './header.js';
import { createNotices } from './notices.js';
import { sidePanels } from './panels.js';
import { shortcuts } from './shortcuts.js';
import { stage } from './stage.js';
import { createStore } from './store.js';

const NARROW = matchMedia('(max-width: 767px)');

const firstState = (participants) => ({
  participants,
  panel: NARROW.matches ? null : 'participants',
  microphone: null, // a stream, while the microphone is shared
  muted: false,
  camera: null,
  screen: null,
  speaker: null, // the name in the pill at the top
  board: null, // 'whiteboard' or 'notepad'
  handRaised: false,
  reaction: null,
  messages: [],
  unread: 0,
  notices: [],
  unreadNotices: 0,
  connected: true,
  chatWith: '',
  examples: false,
});

/**
 * `{element, say, close, heardParticipants, setConnected}` of a room. `answer` is the verified token's answer with `locks`;
 * `streams` come from the landing page; `actions` are `{leave, end, approve}`.
 */
export function createRoom(answer, streams, actions) {
  const { user: me, room: info, locks, server_version: serverVersion } = answer;
  const features = info.room_features ?? {};
  const store = createStore(firstState(answer.participants));
  const notices = createNotices(store);
  const room = { ...store, me, info, features, locks, serverVersion, say: notices.say, approve: actions.approve };
  Object.assign(room, devicesOf(room), { askToLeave: () => ask(me, actions), leave: () => askLeave(actions) });

  room.takeMicrophone(streams.microphone);
  room.set({ camera: streams.camera, muted: Boolean(streams.microphone) && features.mute_on_start === true });
  room.applyMute();

  const element = h(
    'div',
    { class: 'room', 'data-page': 'room', 'data-role': me.is_admin ? 'moderator' : 'participant' },
    header(room),
    h('div', { class: 'room-middle' }, stage(room), sidePanels(room)),
    footer(room),
    notices.region,
  );
  const stopShortcuts = shortcuts(room);
  return {
    element,
    say: notices.say,
    heardParticipants: (participants) => room.set({ participants }),
    setConnected: (connected) => room.set({ connected }),
    close() {
      stopShortcuts();
      room.takeMicrophone(null);
      for (const kind of ['camera', 'screen']) stop(room.get()[kind]);
    },
  };
}

const askLeave = (actions) => confirm('Are you sure?', 'You are about to leave the meeting.', actions.leave);

/** What the red button asks: a moderator ends the meeting for everyone, anybody else leaves it. */
function ask(me, actions) {
  if (!me.is_admin) return askLeave(actions);
  return confirm('Are you sure?', 'You are about to end the meeting for everyone.', actions.end);
}

function devicesOf(room) {
  let stopVoice = () => {};

  async function start(opener, keep) {
    try {
      const stream = await opener();
      for (const track of stream.getTracks()) track.addEventListener('ended', () => keep(null));
      keep(stream);
    } catch (fault) {
      room.say(deviceFault(fault));
    }
  }

  const keeps = (kind) => (stream) => {
    if (!stream) stop(room.get()[kind]);
    room.set({ [kind]: stream });
  };

  function takeMicrophone(stream) {
    stopVoice();
    stopVoice = () => {};
    if (!stream) stop(room.get().microphone);
    room.set({ microphone: stream, muted: false });
    if (stream) stopVoice = watchVoice(stream, (speaking) => room.set({ speaker: speaking ? room.me.name : null }));
  }

  function applyMute() {
    const { microphone, muted } = room.get();
    for (const track of microphone?.getAudioTracks() ?? []) track.enabled = !muted;
  }

  const toggles = (kind, opener) => () => {
    if (room.get()[kind]) keeps(kind)(null);
    else start(opener, keeps(kind));
  };

  return {
    takeMicrophone,
    applyMute,
    startMicrophone: () => start(openMicrophone, takeMicrophone),
    toggleMute() {
      room.set({ muted: !room.get().muted });
      applyMute();
    },
    toggleCamera: toggles('camera', openCamera),
    toggleScreen: toggles('screen', openScreen),
  };
}
