/**
 * A state's picture as text, from what a page would start with: the studio without a page. A server without a document
 * runs this and draws what the browser draws.
 */

import { captionOf } from "./caption.js";
import { drawingOf, wholePicture } from "./drawing.js";
import { leastAt } from "./glyphs.js";
import { layoutGraph } from "./layout/index.js";
import { standalone } from "./paint/standalone.js";
import { staging } from "./slices.js";
import { firstState, reduce } from "./state.js";

/**
 * @typedef {{theme: "light" | "dark", width?: number, height?: number}} Frame with `width` and `height`, in pixels: the
 *   graph as large as fits, in the middle
 */

/**
 * @param {Parameters<typeof firstState>[0] & {link?: import("./url.js").Link}} first
 * @param {Frame} frame
 * @returns {string} an SVG document
 */
export function still({ link, ...first }, { theme, width, height }) {
  const start = firstState(first);
  const state = link === undefined ? start : reduce(start, { type: "open", link });
  const slice = staging(state);
  const { tape, selected, view } = drawingOf(slice);
  const layout = layoutGraph(slice.shown.graph, { direction: "right" });
  const whole = { ...view, selected, hoveredEdge: null, least: leastAt(1) };
  const picture = wholePicture(slice.shown.graph, layout, tape, whole);
  const { scene, ...box } = width && height ? fitted(picture, width, height) : picture;
  return standalone(scene, { ...box, ...captionOf(state), theme });
}

/** The largest that a graph is drawn, so that a small one does not shout. */
const LARGEST = 1.8;

/**
 * @param {ReturnType<typeof wholePicture>} picture
 * @param {number} width
 * @param {number} height
 */
function fitted({ scene, box }, width, height) {
  const scale = Math.min(width / box.width, height / box.height, LARGEST);
  const [wide, high] = [width / scale, height / scale];
  const [x, y] = [box.x - (wide - box.width) / 2, box.y - (high - box.height) / 2];
  return { scene, box: { x, y, width: wide, height: high }, width, height };
}
