/** What to go back to and forward to: one gesture (a drag, a run of typing) is one step. Pure parts of the reducer. */

/** @typedef {import("./state.js").State} State */
/** @typedef {Pick<State, "text" | "values" | "example">} Moment what the reader made or chose */

/** Steps that are kept. */
const STEPS = 200;

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
  return { ...state, gesture, past: [...state.past.slice(1 - STEPS), momentOf(state)], future: [] };
}

/**
 * @param {State} state
 * @param {"past" | "future"} direction
 * @returns {State}
 */
export function travelled(state, direction) {
  const from = state[direction];
  const moment = from.at(-1);
  if (moment === undefined) return state;
  const opposite = direction === "past" ? "future" : "past";
  return {
    ...state,
    ...moment,
    caret: Math.min(state.caret, moment.text.length),
    gesture: null,
    ...(moment.text === state.settled ? { problem: null, refused: null } : {}),
    [direction]: from.slice(0, -1),
    [opposite]: [...state[opposite], momentOf(state)],
  };
}

/** @param {State} state @returns {Moment} */
function momentOf({ text, values, example }) {
  return { text, values, example };
}
