/**
 * A drawing from afar: every box in view as pixels in its gradient's shade, hatched where it falls, so that nothing is
 * left out. Pure.
 */

import { depthOf, falls, shadeOf } from "../texture/shade.js";

/**
 * @param {Uint32Array} pixels width × height, written over
 * @param {number} width @param {number} height
 * @param {import("../layout/index.js").Layout} layout
 * @param {Float64Array} grad by node
 * @param {Uint8Array} constant by node
 * @param {number[]} nodes those in view
 * @param {{x: number, y: number, k: number}} transform from the drawing to pixels
 * @param {number} full where the deepest shade begins
 * @param {import("../texture/pixels.js").Palette} palette
 * @param {Uint8Array} depth width × height, scratch: how deep what stands on a pixel is
 */
export function roughPixels(
  pixels,
  width,
  height,
  layout,
  grad,
  constant,
  nodes,
  { x, y, k },
  full,
  palette,
  depth,
) {
  pixels.fill(0);
  depth.fill(0);
  const { solid, hatch } = palette;
  for (const id of nodes) {
    const shade = constant[id] ? 0 : shadeOf(grad[id], full);
    const weight = depthOf(shade) + 1;
    const wide = layout.boxWidth[id] * k;
    const high = layout.boxHeight[id] * k;
    const left = Math.max(0, Math.round(layout.x[id] * k + x - wide / 2));
    const top = Math.max(0, Math.round(layout.y[id] * k + y - high / 2));
    const right = Math.min(width, Math.max(left + 1, Math.round(layout.x[id] * k + x + wide / 2)));
    const bottom = Math.min(height, Math.max(top + 1, Math.round(layout.y[id] * k + y + high / 2)));
    const hatched = falls(shade);
    for (let py = top; py < bottom; py++) {
      // Two lines solid, one pale: as in the texture.
      const colour = hatched && (py - top) % 3 === 2 ? hatch[shade] : solid[shade];
      for (let at = py * width + left, end = py * width + right; at < end; at++) {
        if (depth[at] > weight) continue;
        depth[at] = weight;
        pixels[at] = colour;
      }
    }
  }
}
