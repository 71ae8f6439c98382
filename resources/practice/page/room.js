// The room: what is known and what can be done in it, and its header, stage, side panels and footer.

import { confirm } from './dialog.js';
import { h } from './dom.js';
import { footer } from './footer.js';
import { header } from './header.js';
import { createNotices } from './notices.js';
import { sidePanels } from './panels.js';
import { sharing } from './sharing.js';
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
  chatWith: null, // {userId}, as soon as somebody was chosen
  examples: false,
});

/**
 * `{element, store, say, close, heardParticipants, setConnected}` of a room. `answer` is what the verified token
 * gave, with `locks`; `streams` come from the landing page; `actions` are `{leave, end, approve, remove}`.
 */
export function createRoom(answer, streams, actions) {
  const { user: me, room: info, locks, server_version: serverVersion } = answer;
  const features = info.room_features ?? {};
  const store = createStore(firstState(answer.participants));
  const notices = createNotices(store);
  const room = {
    ...store,
    me,
    info,
    features,
    locks,
    serverVersion,
    say: notices.say,
    approve: actions.approve,
    remove: actions.remove,
  };
  Object.assign(room, sharing(room), { askToLeave: () => ask(me, actions), leave: () => askLeave(actions) });

  room.takeMicrophone(streams.microphone);
  room.takeCamera(streams.camera);
  if (streams.microphone && features.mute_on_start) room.toggleMute();

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
    store,
    say: notices.say,
    heardParticipants(participants) {
      for (const { name } of newlyWaiting(room.get().participants, participants))
        room.say(`${name} is waiting to be let in.`);
      room.set({ participants });
    },
    setConnected: (connected) => room.set({ connected }),
    close() {
      stopShortcuts();
      room.stopSharing();
    },
  };
}

function newlyWaiting(before, now) {
  const known = new Set(before.map(({ user_id }) => user_id));
  return now.filter(({ user_id, wait_for_approval: waits }) => waits && !known.has(user_id));
}

const askLeave = (actions) => confirm('Are you sure?', 'You are about to leave the meeting.', actions.leave);

/** What the red button asks: a moderator ends the meeting for everyone, anybody else leaves it. */
function ask(me, actions) {
  if (!me.is_admin) return askLeave(actions);
  return confirm('Are you sure?', 'You are about to end the meeting for everyone.', actions.end);
}
