/** What is drawn of a state, without drawing it: which numbers, what is marked, how large a picture is. Pure. */

import { grain } from "./grain.js";
import { pathsFrom } from "./paths.js";
import { buildScene } from "./scene.js";
import { isWhole, placeOf } from "./shown.js";

/** Paper around a picture of the whole graph; the selected wire's path and the names over boxes reach into it. */
export const MARGIN = 28;

/**
 * The drawn graph's numbers, the selected node's place in it, and what of the view a state decides.
 * @param {ReturnType<typeof import("./slices.js").staging>} slice
 */
export function drawingOf({ graph, shown, tape, selected, walk, why, local }) {
  const ways = selected === null || walk !== null ? [] : pathsFrom(tape, selected).paths;
  const path = why !== null && walk === null ? why.path.edges : ways.flatMap(({ edges }) => edges);
  const closed = isWhole(shown) ? null : grain();
  return {
    tape: closed?.shownTape(shown, tape, walk) ?? tape,
    selected: selected === null ? null : placeOf(shown, graph, selected),
    view: {
      trace: (walk && closed?.shownWalk(shown, walk)) ?? walk,
      path: path.map((edge) => shown.edgeOf[edge]),
      showLocalDerivatives: local,
    },
  };
}

/**
 * A picture of the whole graph at scale 1.
 * @param {import("./scene.js").SceneGraph} graph
 * @param {import("./layout/index.js").Layout} layout
 * @param {import("./replay.js").Tape} tape
 * @param {import("./scene.js").View} view
 */
export function wholePicture(graph, layout, tape, view) {
  const [width, height] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN];
  const scene = buildScene(graph, layout, tape, { ...view, hoveredEdge: null });
  return { scene, box: { x: -MARGIN, y: -MARGIN, width, height }, width, height };
}
