// The page's life: design, token, verification, landing, waiting room, room, end.

import { applyDesign, readDesign } from './design.js';
import { stop } from './devices.js';
import { refill } from './dom.js';
import { endedPage, loadingPage, messagePage, waitingPage } from './extra-pages.js';
import { landingPage } from './landing.js';
import { setFirstLanguage, setLanguage } from './language.js';
import { readLocks } from './locks.js';
import { createRoom } from './room.js';
import { enter, follow, verify } from './session.js';
import { t } from './texts.js';
import { followSystem } from './theme.js';
import { isSecurePlace, readToken } from './token.js';

const app = document.getElementById('plugNmeet-app');
const show = (page) => refill(app, page);

const refused = (msg) => show(messagePage(t('verification-failed'), t(msg), 'refused'));

async function start() {
  const token = readToken();
  if (!token) return show(messagePage(t('token-missing'), t('token-missing-text'), 'token-missing'));
  if (!isSecurePlace()) return show(messagePage(t('insecure'), t('insecure-text'), 'insecure'));

  show(loadingPage(t('checking')));
  const answer = await verify(token);
  if (!answer.status) return refused(answer.msg);
  document.title = answer.room.room_title;
  const meeting = { ...answer, locks: readLocks(answer.user.lock_settings) };
  return show(landingPage(meeting, (streams) => join(token, meeting, streams)));
}

async function join(token, meeting, streams) {
  show(loadingPage(t('connecting')));
  const { status, session, msg } = await enter(token);
  if (!status) return refused(msg);
  setLanguage(meeting.user.preferred_lang);
  return live(session, meeting, streams);
}

function live(session, meeting, streams) {
  let room = null;
  let people = meeting.participants;
  const line = follow(session, { heard, quality: (good) => room?.setConnected(good) });

  function over(reason, logoutUrl = meeting.room.logout_url) {
    line.stop();
    room?.close();
    Object.values(streams).forEach(stop);
    show(endedPage(reason, logoutUrl));
  }
  const actions = {
    approve: line.approve,
    remove: line.remove,
    leave() {
      line.leave();
      over('notifications.user-logged-out');
    },
    async end() {
      const { status, msg } = await line.end();
      if (!status) room.say(t(msg));
    },
  };
  function goIn() {
    room = createRoom({ ...meeting, participants: people }, streams, actions);
    show(room.element);
  }
  function heard(event) {
    if (event.type === 'participants') {
      people = event.participants;
      room?.heardParticipants(people);
    } else if (event.type === 'approved' && !room) goIn();
    else if (event.type === 'kicked' || event.type === 'ended') over(event.reason, event.logout_url);
  }

  if (meeting.user.wait_for_approval) show(waitingPage(meeting.room, meeting.user));
  else goIn();
}

// A page that the browser kept and brings back has left its meeting: begin again.
addEventListener('pageshow', (event) => event.persisted && location.reload());

followSystem();
setFirstLanguage();
applyDesign(readDesign()); // throws for `null`: the real client's page stays blank then, and so does this one
start();
