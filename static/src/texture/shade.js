/**
 * A number as a shade: zero and four steps each way, each step four times the one before. Pure.
 */

/** Shades: ZERO, then rising 1 to 4, falling 5 to 8. NONE: no value or no gradient. UNKNOWN: not a number. */
export const ZERO = 0;
export const STEPS = 4;
export const NONE = 9;
export const UNKNOWN = 10;
export const SHADES = 11;
const RATIO = 4;

/** @typedef {"grad" | "data"} Quantity */

/** @param {number} x @param {number} full from here on a shade is the deepest */
export function shadeOf(x, full) {
  if (x === 0) return ZERO;
  const size = Math.abs(x);
  if (Number.isNaN(size)) return UNKNOWN;
  const step = size >= full ? 4 : size >= full / RATIO ? 3 : size >= full / RATIO ** 2 ? 2 : 1;
  return x > 0 ? step : step + STEPS;
}

/** How deep a shade is; what is not a number outweighs everything. @param {number} shade */
export function depthOf(shade) {
  return shade === NONE ? -1 : shade === UNKNOWN ? STEPS + 1 : shade > STEPS ? shade - STEPS : shade;
}

/** Whether a shade stands for a negative number. @param {number} shade */
export function falls(shade) {
  return shade > STEPS && shade <= 2 * STEPS;
}

/**
 * Where the deepest step begins: a quarter of the largest magnitude among the layers' values. The loss adds up all
 * examples and would drown them; it is shown on the same steps.
 * @param {import("./map.js").TextureMap} map @param {import("../replay.js").Tape} tape @param {Quantity} quantity
 */
export function fullScale({ cell, columns, blocks, examples }, tape, quantity) {
  const numbers = tape[quantity];
  let most = 0;
  let all = 0;
  for (const { kind, from, to } of blocks)
    for (let e = 0; e < examples.length; e++)
      for (let k = e * columns + from; k < e * columns + to; k++) {
        const size = cell[k] < 0 ? 0 : Math.abs(numbers[cell[k]]);
        if (size > all && size < Number.POSITIVE_INFINITY) all = size;
        if (kind === "layer" && size > most && size < Number.POSITIVE_INFINITY) most = size;
      }
  return (most || all) / RATIO;
}

/**
 * Every cell's shade.
 * @param {import("./map.js").TextureMap} map @param {import("../replay.js").Tape} tape @param {Quantity} quantity
 * @param {number} full
 * @param {Uint8Array} [shades] written to, where it is given
 * @returns {Uint8Array} by example × columns + column
 */
export function shadesOf({ cell }, tape, quantity, full, shades = new Uint8Array(cell.length)) {
  const numbers = tape[quantity];
  for (let k = 0; k < cell.length; k++) {
    const node = cell[k];
    if (node < 0 || (quantity === "grad" && tape.constant[node] === 1)) shades[k] = NONE;
    else shades[k] = shadeOf(numbers[node], full);
  }
  return shades;
}
