/**
 * A store's graph on a stage: drawn anew for a new graph, its numbers written for a new tick, and what the reader does
 * there sent back. On the stage groups may be closed; nodes there go by other numbers than in the state.
 */
import { drawingOf } from "./drawing.js";
import { grain, loadGrain } from "./grain.js";
import { placeOf } from "./shown.js";
import { staging } from "./slices.js";

/**
 * @param {import("./stage.js").Stage} stage
 * @param {import("./effects.js").Store} store
 */
export function drawOn(stage, { dispatch, state, subscribe }) {
  /** @type {import("./shown.js").Shown | null} */
  let drawn = null;
  /** @type {import("./state.js").Graph | null} */
  let folded = null;
  /** @type {number | null} */
  let chosen = null;
  let dim = false;
  let step = 0;

  subscribe(staging, (slice) => {
    const { graph, shown, selected, walk, dimmed } = slice;
    const { tape: seen, selected: place, view } = drawingOf(slice);
    if (drawn !== shown) {
      const within = stage.holdsFocus();
      const refolded = drawn !== null && folded === graph;
      stage.show(shown.graph, seen, { animate: drawn !== null });
      [drawn, folded, chosen] = [shown, graph, null];
      // What was opened or closed stays in sight, and under the keys.
      if (refolded && place !== null) {
        if (within) stage.focus(place);
        else stage.reveal(place, true);
        chosen = within ? selected : null;
      }
    }
    // Each call paints, so a call is made only for what is news.
    if (chosen !== selected) stage.select(place);
    if (dim !== dimmed) stage.setView({ dimmed });
    [chosen, dim] = [selected, dimmed];
    stage.update(seen, view);
    // Stepping through a graph larger than the stage, what is at work comes into sight.
    const event = walk?.current ?? null;
    if (event !== null && walk !== null && walk.step !== step)
      for (const id of [event.node, event.target]) stage.reveal(placeOf(shown, graph, id));
    step = walk?.step ?? 0;
  });

  stage.on("select", ({ id }) => {
    chosen = drawn === null || id === null ? null : drawn.stands[id];
    dispatch({ type: "select", id: chosen });
  });
  stage.on("open", async ({ id: at }) => {
    const { graph, whole, origin } = state();
    const id = drawn?.stands[at] ?? at;
    const card = drawn?.graph.nodes[at].card;
    if (card) return dispatch({ type: "fold", group: card.group });
    await loadGrain();
    // Another graph may have come meanwhile, whose nodes go by the same numbers.
    if (state().graph === graph && grain()?.isCompound(whole.nodes[origin[id]].op))
      dispatch({ type: "apart", id });
  });
  stage.on("drag", ({ id, value, phase }) => {
    if (phase === "end") dispatch({ type: "release" });
    else dispatch({ type: "turn", id: drawn?.stands[id] ?? id, value });
  });
}
