/** Pan and zoom by hand: d3-zoom on a stage. */

import { select } from "d3-selection";
import { zoom as createZoom, zoomIdentity } from "d3-zoom";

/** @typedef {{x: number, y: number, k: number}} Transform from the drawing to the stage: x and y in pixels, k the scale */

/**
 * @typedef {object} Hand
 * @property {[number, number]} limits of the scale
 * @property {boolean} held whether the wheel zooms only with Ctrl
 * @property {(to: Transform) => void} moved the hand panned or zoomed
 */

/**
 * @param {SVGSVGElement} svg
 * @param {Hand} hand
 * @returns {(to: Transform) => void} to be told where the window was moved without a hand
 */
export function bindGestures(svg, { limits, held, moved }) {
  const zoom = createZoom()
    .scaleExtent(limits)
    .filter((/** @type {any} */ event) => {
      if (event.target instanceof Element && event.target.classList.contains("grip")) return false;
      if (event.type === "wheel") return !held || event.ctrlKey || event.metaKey;
      return !event.ctrlKey && !event.button;
    })
    .on("zoom", ({ sourceEvent, transform }) => sourceEvent && moved(transform));
  const selection = select(/** @type {Element} */ (svg));
  selection.call(zoom).on("dblclick.zoom", null);
  return ({ x, y, k }) => selection.call(zoom.transform, zoomIdentity.translate(x, y).scale(k));
}
