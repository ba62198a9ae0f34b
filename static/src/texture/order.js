/**
 * The order of the texture's rows: as the examples come, or the worst first. Silent examples are always the last. Pure.
 */

/**
 * @typedef {"worst" | "given"} Sorting
 * @typedef {{rows: Int32Array, at: Int32Array, pushing: number}} RowOrder
 *   rows: the example by row; at: the row by example; the first `pushing` rows still push
 */

/**
 * @param {import("./map.js").TextureMap} map
 * @param {import("../replay.js").Tape} tape
 * @param {Uint8Array} silent by example
 * @param {Sorting} sorting worst: by falling part of the loss; equal ones as they come, one that is no number first
 * @returns {RowOrder}
 */
export function rowOrder(map, tape, silent, sorting) {
  const count = map.examples.length;
  const badness = Float64Array.from(map.term, (node) => {
    const loss = tape.data[node];
    return Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss;
  });
  const rows = Int32Array.from({ length: count }, (_, e) => e).sort((a, b) => {
    if (silent[a] !== silent[b]) return silent[a] - silent[b];
    if (sorting === "worst" && badness[a] !== badness[b]) return badness[b] > badness[a] ? 1 : -1;
    return a - b;
  });
  const at = new Int32Array(count);
  rows.forEach((example, row) => {
    at[example] = row;
  });
  return { rows, at, pushing: count - silent.reduce((sum, is) => sum + is, 0) };
}
