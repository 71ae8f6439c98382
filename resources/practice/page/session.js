// Talks to the practice server: is the token good, enter, what happens in the room, leave.

const RETRY_MS = 2000;
const QUIET_MS = 100;
const GIVE_UP_AFTER = 5;
const NO_ANSWER = { status: false, msg: 'ERR_NETWORK: Network Error' };

const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));

async function post(path, token) {
  try {
    const answer = await fetch(path, { method: 'POST', headers: token ? { Authorization: token } : {} });
    return await answer.json();
  } catch {
    return NO_ANSWER;
  }
}

/** What the server says of the token: `{status, msg, room, user, participants, server_version}`. */
export const verify = (token) => post('/practice/verify', token);

/** Go in: `{status, session}`, or `{status: false, msg}`. */
export const enter = (token) => post('/practice/enter', token);

/**
 * Follow the room until it is left. `heard(event)` gets each event of the server; `quality(good)` says whether the
 * server still answers; after five failures in a row an event "ended" of our own is heard.
 */
export function follow(session, { heard, quality }) {
  const stopper = new AbortController();
  const call = (name, more = {}) => `/practice/${name}?${new URLSearchParams({ session, ...more })}`;
  let left = false;

  /** The events after that number; null when the server did not answer. */
  async function poll(after) {
    try {
      const answer = await fetch(call('events', { after }), { signal: stopper.signal });
      if (answer.status === 404) return [{ number: after, type: 'ended', reason: 'practice.session-over' }];
      return answer.ok ? (await answer.json()).events : null;
    } catch {
      return null;
    }
  }

  async function listen() {
    let after = 0;
    let failures = 0;
    while (!stopper.signal.aborted) {
      const events = await poll(after);
      if (stopper.signal.aborted) return;
      failures = events ? 0 : failures + 1;
      quality(failures === 0);
      for (const event of events ?? []) {
        after = event.number;
        heard(event);
      }
      if (failures === GIVE_UP_AFTER) heard({ type: 'ended', reason: 'practice.connection-lost' });
      else if (!events?.length) await pause(events ? QUIET_MS : RETRY_MS);
    }
  }

  function leave() {
    if (left) return;
    left = true;
    stopper.abort();
    navigator.sendBeacon(call('leave'));
  }

  addEventListener('pagehide', leave);
  listen();
  return {
    leave,
    stop: () => {
      left = true;
      stopper.abort();
    },
    end: () => post(call('end')),
    approve: (userId) => post(call('approve', { user_id: userId })),
    remove: (userId, block) => post(call('remove', { user_id: userId, block: block ? 1 : 0 })),
  };
}
