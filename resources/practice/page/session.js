// Talks to the practice server: is the token good, enter, what happens in the room, leave.

const RETRY_MS = 2000;
const GIVE_UP_AFTER = 5;
const NO_ANSWER = { status: false, msg: 'ERR_NETWORK: Network Error' };

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

  async function listen() {
    let after = 0;
    let failures = 0;
    while (!stopper.signal.aborted) {
      try {
        const answer = await fetch(call('events', { after }), { signal: stopper.signal });
        if (!answer.ok) throw new Error(`status ${answer.status}`);
        const { events } = await answer.json();
        failures = 0;
        quality(true);
        for (const event of events) {
          after = Math.max(after, event.number);
          if (!stopper.signal.aborted) heard(event);
        }
      } catch {
        if (stopper.signal.aborted) return;
        failures += 1;
        quality(false);
        if (failures === GIVE_UP_AFTER) heard({ type: 'ended', reason: 'practice.connection-lost' });
        else await new Promise((resume) => setTimeout(resume, RETRY_MS));
      }
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
  };
}
