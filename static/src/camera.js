/**
 * Pan and zoom of a stage: d3-zoom, fitting a layout, bringing a node into sight.
 */

import { select } from "d3-selection";
import { zoom as createZoom, zoomIdentity } from "d3-zoom";

/** @typedef {import("./layout/index.js").Layout} Layout */

const INSET = { top: 24, right: 22, bottom: 24, left: 22 };
const LARGEST_FIT = 1.25;
/** A graph whose numbers could not be read in full view opens larger, at its output. Fit (key 0) shows all of it. */
const LEGIBLE = { cards: 0.495, compact: 0.91 };
const OPENING = { cards: 0.8, compact: 0.92 };
/** The output's second outline reaches past its box. */
const OUTLINE = 4;
/** Kept between a revealed node and the edge of the window. */
const MARGIN = 4;
const ZOOM_LIMITS = /** @type {[number, number]} */ ([0.02, 4]);

/**
 * @param {HTMLElement} element the stage, whose size is the window
 * @param {SVGSVGElement} svg
 * @param {import("./stage.js").StageOptions} options
 * @param {(transform: import("d3-zoom").ZoomTransform) => void} changed
 */
export function createCamera(element, svg, options, changed) {
  let transform = zoomIdentity;
  let moved = false;
  let fittedLegibly = true;
  const zoom = createZoom()
    .scaleExtent(ZOOM_LIMITS)
    .filter((/** @type {any} */ event) => {
      if (event.target instanceof Element && event.target.classList.contains("grip")) return false;
      if (event.type === "wheel") return options.wheel !== "ctrl" || event.ctrlKey || event.metaKey;
      return !event.ctrlKey && !event.button;
    })
    .on("zoom", (event) => {
      if (event.sourceEvent) moved = true;
      transform = event.transform;
      changed(transform);
    });
  const selection = select(/** @type {Element} */ (svg));
  selection.call(zoom).on("dblclick.zoom", null);

  return {
    /** From the drawing to the stage: x and y in pixels, k the scale. */
    transform: () => ({ x: transform.x, y: transform.y, k: transform.k }),
    /** Whether the reader panned or zoomed since the last fit. */
    moved: () => moved,
    /** How the last fit was meant. */
    legible: () => fittedLegibly,
    /**
     * @param {Layout} layout
     * @param {number} output where a layout too large to be read opens
     * @param {boolean} legible rather a part that can be read than the whole
     */
    fit(layout, output, legible) {
      fittedLegibly = legible;
      const { clientWidth, clientHeight } = element;
      if (clientWidth === 0 || clientHeight === 0) return;
      const inset = options.inset?.() ?? INSET;
      const width = Math.max(1, clientWidth - inset.left - inset.right);
      const height = Math.max(1, clientHeight - inset.top - inset.bottom);
      const [wide, high] = [layout.width + 2 * OUTLINE, layout.height + 2 * OUTLINE];
      const whole = Math.min(LARGEST_FIT, width / wide, height / high);
      const k =
        legible && whole < (options.legible ?? LEGIBLE[layout.density]) ? OPENING[layout.density] : whole;
      const right = layout.direction === "right";
      const first = options.opensAt === "start";
      const x = inset.left + placed(width, wide * k, first ? 0 : (layout.x[output] + (right ? wide : 0)) * k);
      const y = inset.top + placed(height, high * k, first ? 0 : (layout.y[output] + (right ? 0 : high)) * k);
      moved = false;
      selection.call(zoom.transform, zoomIdentity.translate(x + OUTLINE * k, y + OUTLINE * k).scale(k));
    },
    /** @param {Layout} layout @param {number} id @param {boolean} middle brings it there, where it was out of sight */
    reveal(layout, id, middle = false) {
      const [x, y] = transform.apply([layout.x[id], layout.y[id]]);
      const dx = inwards(x, element.clientWidth, (layout.boxWidth[id] * transform.k) / 2 + MARGIN);
      const dy = inwards(y, element.clientHeight, (layout.boxHeight[id] * transform.k) / 2 + MARGIN);
      if (dx === 0 && dy === 0) return;
      if (middle) selection.call(zoom.translateTo, layout.x[id], layout.y[id]);
      else selection.call(zoom.translateBy, dx / transform.k, dy / transform.k);
    },
    /** @param {number} x of the drawing @param {number} y */
    centre(x, y) {
      moved = true;
      selection.call(zoom.translateTo, x, y);
    },
    /** @param {number} factor */
    zoomBy(factor) {
      moved = true;
      selection.call(zoom.scaleBy, factor);
    },
  };
}

/** Where a length begins in a window: centred when it fits, else so that `anchor` is as near the middle as can be. @param {number} room @param {number} size @param {number} anchor */
function placed(room, size, anchor) {
  if (size <= room) return (room - size) / 2;
  return Math.min(0, Math.max(room - size, room / 2 - anchor));
}

/** How far a point must move to keep its distance from both ends. @param {number} at @param {number} end @param {number} margin */
function inwards(at, end, margin) {
  if (at < margin) return margin - at;
  return at > end - margin ? end - margin - at : 0;
}
