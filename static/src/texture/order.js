/**
 * The order of the texture's rows: as the examples come, or the worst first. Silent examples are always the last. Pure.
 */
import { worstFirst } from "../train/measures.js";

/**
 * @typedef {"worst" | "given"} Sorting
 * @typedef {{rows: Int32Array, at: Int32Array, pushing: number}} RowOrder
 *   rows: the example by row; at: the row by example; the first `pushing` rows still push
 */

/**
 * @param {import("./map.js").TextureMap} map
 * @param {import("../replay.js").Tape} tape
 * @param {Uint8Array} silent by example
 * @param {Sorting} sorting
 * @returns {RowOrder}
 */
export function rowOrder({ examples, term }, tape, silent, sorting) {
  const order = sorting === "worst" ? worstFirst(tape, { terms: term }) : Int32Array.from(term.keys());
  const rows = Int32Array.from([...order.filter((e) => !silent[e]), ...order.filter((e) => silent[e])]);
  const at = new Int32Array(examples.length);
  rows.forEach((example, row) => {
    at[example] = row;
  });
  return { rows, at, pushing: examples.length - silent.reduce((sum, is) => sum + is, 0) };
}
