/** The key map, once: what the keys do and how the help lists them. The stage's own keys (arrows, zoom) are its own. */

/** @typedef {{keys: string[], does: string}} KeyRow */

/** @type {KeyRow[]} */
export const KEY_MAP = [
  { keys: ["Tab", "Shift Tab"], does: "into the graph, out of it" },
  { keys: ["←", "→"], does: "to an operand, to a user" },
  { keys: ["↑", "↓"], does: "to a neighbour" },
  { keys: ["Enter", "Esc"], does: "open or close, deselect" },
  { keys: ["Space"], does: "play, pause" },
  { keys: [".", ","], does: "one step on, one step back" },
  { keys: ["F", "B"], does: "run forward, run backward" },
  { keys: ["[", "]"], does: "nudge the selected leaf by h" },
  { keys: ["+", "−", "0"], does: "zoom in, zoom out, fit" },
  { keys: ["S"], does: "find a name in the graph" },
  { keys: ["/", "Esc"], does: "into the editor, out of it" },
  { keys: ["Ctrl Space"], does: "in the editor: names and operations" },
  { keys: ["Tab"], does: "in the editor: the first fix, where one is offered" },
  { keys: ["F8"], does: "to the problem" },
  { keys: ["?"], does: "these keys" },
];

/**
 * Keys that walk through the trace and turn the selected leaf, while the stage has the focus.
 * @param {import("./effects.js").Store} store
 * @param {HTMLElement} stage
 * @param {Record<string, () => void>} [more] further keys of the same kind
 */
export function bindStageKeys({ dispatch, state }, stage, more = {}) {
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { step, trace, playing, graph, selected, tape, h } = state();
    /** @param {number} to */
    const walk = (to) => {
      dispatch({ type: "pause" });
      dispatch({ type: "step", step: to });
    };
    /** @param {number} way */
    const nudge = (way) => {
      if (selected !== null)
        dispatch({
          type: "turn",
          id: selected,
          value: Number((tape.data[selected] + way * h).toPrecision(15)),
        });
      dispatch({ type: "release" });
    };
    /** @type {Record<string, () => void>} */
    const keys = {
      " ": () => dispatch({ type: playing ? "pause" : "play" }),
      ".": () => walk(step + 1),
      ",": () => walk(step - 1),
      f: () => walk(graph.nodes.length),
      b: () => walk(trace.length),
      "[": () => nudge(-1),
      "]": () => nudge(1),
      ...more,
    };
    const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (run === undefined) return;
    event.preventDefault();
    run();
  });
}

/**
 * F8, / and ? act wherever nothing is being typed.
 * @param {{edit: () => void, problem: () => void, help: () => void}} go
 */
export function bindPageKeys(go) {
  addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const typing =
      event.target instanceof HTMLElement &&
      (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
    if (event.ctrlKey || event.metaKey || event.altKey || (typing && event.key !== "F8")) return;
    const run = new Map([
      ["F8", go.problem],
      ["/", go.edit],
      ["?", go.help],
    ]).get(event.key);
    if (run === undefined) return;
    event.preventDefault();
    run();
  });
}
