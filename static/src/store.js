/**
 * One plain state object. An action goes in, the reducer answers with the next state, and those who subscribed to a
 * slice that changed are called: all of them once, in one go, in the next frame or at `flush`.
 */

/**
 * @template S, A
 * @typedef {object} Store
 * @property {() => S} state
 * @property {(action: A) => void} dispatch
 * @property {<T extends object>(slice: (state: S) => T, listener: (slice: T) => void) => void} subscribe
 *   calls the listener with the slice now, and whenever one of its fields is another than before
 * @property {() => void} flush call the listeners that wait, now
 */

/**
 * @template S, A
 * @param {(state: S, action: A) => S} reduce pure
 * @param {S} first
 * @param {(run: () => void) => void} [later] when listeners are called: by default in the next animation frame, which
 *   for a pointer or key event is the frame of the event itself
 * @returns {Store<S, A>}
 */
export function createStore(reduce, first, later = (run) => requestAnimationFrame(run)) {
  let state = first;
  let waiting = false;
  /** @type {(() => void)[]} */
  const checks = [];

  function flush() {
    waiting = false;
    for (const check of checks) check();
  }

  return {
    state: () => state,
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      if (waiting) return;
      waiting = true;
      later(() => waiting && flush());
    },
    subscribe(slice, listener) {
      let seen = slice(state);
      listener(seen);
      checks.push(() => {
        const now = slice(state);
        if (sameFields(seen, now)) return;
        seen = now;
        listener(now);
      });
    },
    flush,
  };
}

/** @param {object} a @param {object} b */
function sameFields(a, b) {
  const before = Object.entries(a);
  const after = /** @type {Record<string, unknown>} */ (b);
  return (
    before.length === Object.keys(after).length &&
    before.every(([name, value]) => Object.is(value, after[name]))
  );
}
