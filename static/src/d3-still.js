/**
 * Stands in for d3-transition and d3-interpolate in the bundle (tools/bundle.py). d3-zoom imports them for zooming by
 * transition, which the camera never does; with them would come d3-color, d3-ease and d3-timer, 15 kB compressed.
 */
import { selection } from "d3-selection";

/** @type {any} */ (selection.prototype).interrupt = function () {
  return this;
};

export function interrupt() {}

export function interpolateZoom() {
  throw new Error("the camera does not zoom by transition");
}
