/**
 * A state's picture as text, from what a page would start with: the studio without a page. A server without a document
 * runs this and draws what the browser draws.
 */

import { captionOf } from "./caption.js";
import { drawingOf, MARGIN, wholePicture } from "./drawing.js";
import { leastAt } from "./glyphs.js";
import { directionIn, sizesOf } from "./layout/direction.js";
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
  const { graph } = slice.shown;
  const frame = width && height ? { width, height } : null;
  const layout = layoutGraph(graph, frame === null ? {} : inRoom(graph, frame));
  const scale = frame === null ? 1 : scaleOf(layout, frame);
  const whole = { ...view, selected, hoveredEdge: null, least: leastAt(Math.min(1, scale)) };
  const { scene, ...picture } = wholePicture(graph, layout, tape, whole);
  const box = frame === null ? picture : fitted(picture.box, frame, scale);
  return standalone(scene, { ...box, ...captionOf(state), theme });
}

/** The largest that a graph is drawn, so that a small one does not shout. */
const LARGEST = 1.8;

/** @typedef {import("./layout/index.js").Size} Size */

/** How a graph is laid out in a frame: the way in which it is the larger, its rows as close as that takes. @param {Parameters<typeof layoutGraph>[0]} graph @param {Size} frame */
function inRoom(graph, { width, height }) {
  const room = { width: width - 2 * MARGIN, height: height - 2 * MARGIN };
  const direction = directionIn(sizesOf(graph, room), room);
  return { direction: direction === "auto" ? undefined : direction, room };
}

/** @param {Size} layout @param {Size} frame */
function scaleOf({ width, height }, frame) {
  return Math.min(frame.width / (width + 2 * MARGIN), frame.height / (height + 2 * MARGIN), LARGEST);
}

/** The part of the drawing that a frame shows, with the graph in the middle. @param {ReturnType<typeof wholePicture>["box"]} box @param {Size} frame @param {number} scale */
function fitted(box, { width, height }, scale) {
  const [wide, high] = [width / scale, height / scale];
  const [x, y] = [box.x - (wide - box.width) / 2, box.y - (high - box.height) / 2];
  return { box: { x, y, width: wide, height: high }, width, height };
}
