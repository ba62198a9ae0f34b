/** Texts to go back to and forward to: one gesture (a drag, a run of typing) is one step. Pure parts of the reducer. */

/** @typedef {import("./state.js").State} State */

/**
 * @param {State} state
 * @param {string} text
 * @param {string} gesture
 * @param {number} [caret]
 * @returns {State}
 */
export function edited(state, text, gesture, caret) {
  if (text === state.text) return state;
  return {
    ...remembered(state, gesture),
    text,
    caret: caret ?? Math.min(state.caret, text.length),
    example: state.examples.find(({ request }) => request.program === text)?.id ?? null,
    ...(text === state.settled ? { problem: null, refused: null } : {}),
  };
}

/** @param {State} state @param {string} gesture @returns {State} */
export function remembered(state, gesture) {
  if (gesture === state.gesture && state.past.length > 0) return { ...state, future: [] };
  return { ...state, gesture, past: [...state.past.slice(-199), state.text], future: [] };
}

/**
 * @param {State} state
 * @param {string[]} from
 * @param {string[]} to
 * @param {"past" | "future"} direction
 * @returns {State}
 */
export function travelled(state, from, to, direction) {
  const text = from.at(-1);
  if (text === undefined) return state;
  const rest = from.slice(0, -1);
  const back = [...to, state.text];
  return {
    ...state,
    text,
    caret: Math.min(state.caret, text.length),
    gesture: null,
    ...(text === state.settled ? { problem: null, refused: null } : {}),
    ...(direction === "past" ? { past: rest, future: back } : { future: rest, past: back }),
  };
}
