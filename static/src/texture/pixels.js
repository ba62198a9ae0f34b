/**
 * The texture as pixels: written into one array of 32-bit colours, a line per row, copied down. Positive is solid;
 * negative is hatched (a paler line under each row, or every other pixel where rows are thin), so that it survives
 * without colour. Where several values share a pixel it shows the strongest: nothing disappears. Pure.
 */

import { depthOf, falls, NONE } from "./shade.js";

/**
 * @typedef {object} Palette 32-bit colours as in ImageData
 * @property {Uint32Array} solid by shade
 * @property {Uint32Array} hatch by shade
 */

/** Rows this high have room for a paler line. */
const HATCHED_FROM = 2;
const HATCH_SHARE = 3;

/**
 * @param {Uint32Array} pixels width × height, written
 * @param {import("./strips.js").Strips} strips
 * @param {number} height
 * @param {{from: number, to: number}} view rows in view
 * @param {Int32Array} rows example by row
 * @param {Uint8Array} shades by example × columns + column
 * @param {number} columns
 * @param {Palette} palette
 */
export function paintPixels(pixels, strips, height, view, rows, shades, columns, { solid, hatch }) {
  const { width, first, last } = strips;
  const count = view.to - view.from;
  const line = new Uint8Array(width);
  const full = new Uint32Array(width);
  const pale = new Uint32Array(width);
  const top = (/** @type {number} */ row) => Math.floor(((row - view.from) * height) / count);
  for (let row = view.from; row < view.to; ) {
    const y = top(row);
    let end = row + 1;
    while (end < view.to && top(end) === y) end++;
    const bottom = end >= view.to ? height : top(end);
    line.fill(NONE);
    for (let r = row; r < end; r++) {
      const base = rows[r] * columns;
      for (let x = 0; x < width; x++) {
        if (first[x] < 0) continue;
        for (let c = first[x]; c < last[x]; c++) {
          const shade = shades[base + c];
          if (shade !== line[x] && depthOf(shade) > depthOf(line[x])) line[x] = shade;
        }
      }
    }
    const high = bottom - y;
    const fine = high < HATCHED_FROM;
    for (let x = 0; x < width; x++) {
      const gap = first[x] < 0;
      full[x] = gap ? 0 : solid[line[x]];
      pale[x] = gap ? 0 : hatch[line[x]];
      if (fine && !gap && falls(line[x]) && x % 3 === row % 3) full[x] = pale[x];
    }
    const from = fine ? bottom : bottom - Math.max(1, Math.round(high / HATCH_SHARE));
    for (let py = y; py < bottom; py++) pixels.set(py < from ? full : pale, py * width);
    row = end;
  }
}
