/** The network page's key map, once: what the keys do and how the help lists them. */
import { BEATS, UPDATE } from "./progress.js";

/** @type {import("../keys.js").KeyRow[]} */
export const KEY_MAP = [
  { keys: ["Space"], does: "train, pause" },
  { keys: [".", ","], does: "one beat on, one beat back" },
  { keys: ["Shift .", "Shift ,"], does: "one step on, one step back" },
  { keys: ["F", "B"], does: "after the forward pass, after the backward pass" },
  { keys: ["R"], does: "back to the first weights" },
  { keys: ["Tab", "Shift Tab"], does: "into the network, out of it" },
  { keys: ["←", "→"], does: "to an operand, to a user" },
  { keys: ["↑", "↓"], does: "to a neighbour" },
  { keys: ["Enter", "Esc"], does: "open in place or close; close the inset" },
  { keys: ["I"], does: "the neuron down to its scalars" },
  { keys: ["+", "−", "0"], does: "zoom in, zoom out, fit" },
  { keys: ["/"], does: "to the model's line" },
  { keys: ["?"], does: "these keys" },
];

/**
 * Single keys act only while the network or a neuron's scalars have the focus; / and ? wherever nothing is being typed.
 * @param {import("./effects.js").Store} store
 * @param {HTMLElement} board
 * @param {{edit: () => void, help: () => void, reset: () => void, close: () => boolean, scalars: () => void,
 *   step: () => void}} go
 */
export function bindKeys({ dispatch, state }, board, go) {
  /** On from the beat on screen; past the last one the run takes a step. */
  const on = () => {
    const { step, beat, top } = state();
    if (beat < UPDATE) dispatch({ type: "go", step, beat: beat + 1 });
    else if (step < top) dispatch({ type: "go", step: step + 1, beat: 0 });
    else {
      go.step();
      if (state().step > step) dispatch({ type: "go", step: step + 1, beat: 0 });
    }
  };
  const back = () => {
    const { step, beat } = state();
    if (beat > 0) dispatch({ type: "go", step, beat: beat - 1 });
    else if (step > 0) dispatch({ type: "go", step: step - 1, beat: BEATS - 1 });
  };
  const stepOn = () => {
    const { step, top, beat } = state();
    if (step < top) dispatch({ type: "go", step: step + 1, beat });
    else go.step();
  };
  /** @type {Record<string, () => void>} */
  const keys = {
    " ": () => dispatch({ type: state().playing ? "pause" : "play" }),
    ".": on,
    ",": back,
    ">": stepOn,
    ":": stepOn,
    "<": () => dispatch({ type: "go", step: state().step - 1, beat: state().beat }),
    ";": () => dispatch({ type: "go", step: state().step - 1, beat: state().beat }),
    f: () => dispatch({ type: "go", step: state().step, beat: 1 }),
    b: () => dispatch({ type: "go", step: state().step, beat: UPDATE }),
    r: go.reset,
    i: go.scalars,
  };
  board.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !isStage(event.target)) return;
    if (event.key === "Escape") {
      go.close();
      return;
    }
    const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (run === undefined) return;
    event.preventDefault();
    run();
  });
  addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const run = new Map([
      ["/", go.edit],
      ["?", go.help],
    ]).get(event.key);
    if (run === undefined) return;
    event.preventDefault();
    run();
  });
}

/** @param {EventTarget | null} target */
function isStage(target) {
  return target instanceof Element && target.closest("svg[role=application]") !== null;
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
