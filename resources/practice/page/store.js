// What is going on in the room, in one frozen object; whoever shows a part of it watches it.

/** A store: `set` takes only what changes; a watcher is called at once, and then whenever one of its keys changed. */
export function createStore(initial) {
  let state = Object.freeze({ ...initial });
  const watchers = [];

  return {
    get: () => state,
    set(changes) {
      const before = state;
      state = Object.freeze({ ...before, ...changes });
      for (const { keys, show } of watchers) {
        if (keys.some((key) => before[key] !== state[key])) show(state);
      }
    },
    watch(keys, show) {
      watchers.push({ keys, show });
      show(state);
    },
  };
}
