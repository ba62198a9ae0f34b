/**
 * The texture as a table: a row per example, its part of the loss, and the strongest gradient (or value) in each block.
 * Pure.
 */

/**
 * @typedef {{example: string, loss: number, silent: boolean, strongest: number[]}} TableRow strongest: by block, signed
 */

/**
 * @param {import("./map.js").TextureMap} map @param {import("../replay.js").Tape} tape
 * @param {import("./order.js").RowOrder} order @param {Uint8Array} silent @param {import("./shade.js").Quantity} quantity
 * @returns {TableRow[]}
 */
export function tableRows(map, tape, { rows }, silent, quantity) {
  const numbers = tape[quantity];
  return Array.from(rows, (e) => ({
    example: map.examples[e],
    loss: tape.data[map.term[e]],
    silent: silent[e] === 1,
    strongest: map.blocks.map(({ from, to }) => {
      let best = 0;
      for (let c = from; c < to; c++) {
        const node = map.cell[e * map.columns + c];
        if (node < 0 || (quantity === "grad" && tape.constant[node])) continue;
        if (Math.abs(numbers[node]) > Math.abs(best) || Number.isNaN(numbers[node])) best = numbers[node];
      }
      return best;
    }),
  }));
}
