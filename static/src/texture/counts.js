/**
 * What a texture shows, counted from the numbers: which examples are silent, which neurons are dead, how many are
 * saturated. Pure.
 */
import { LEAF, OPS } from "../kernel.js";
import { isClosed } from "../replay.js";

/** @typedef {import("./map.js").TextureMap} TextureMap */
/** @typedef {import("../replay.js").Tape} Tape */

/** A slope below this lets so little through that its neuron hardly learns. */
export const FLAT = 0.01;

/**
 * @typedef {object} Counts
 * @property {Uint8Array} silent by example: 1 where no gradient reaches any value of its layers
 * @property {Set<number>} dead units whose activation is shut for every example
 * @property {Set<number>} saturated units whose activation is flat for every example, though not shut
 * @property {number} flat activations of smooth units that are flat, over all examples
 * @property {number} smooth activations of smooth units
 */

/** @param {TextureMap} map @param {Tape} tape @returns {Counts} */
export function countsOf(map, tape) {
  const { cell, columns, units, blocks } = map;
  const rows = map.examples.length;
  const silent = new Uint8Array(rows);
  const layers = blocks.filter(({ kind }) => kind === "layer");
  for (let e = 0; e < rows; e++) {
    silent[e] = 1;
    // From the last layer on: there the gradient arrives first.
    for (let b = layers.length - 1; b >= 0 && silent[e]; b--)
      for (let c = layers[b].to - 1; c >= layers[b].from; c--) {
        const node = cell[e * columns + c];
        if (node >= 0 && tape.grad[node] !== 0 && !tape.constant[node]) {
          silent[e] = 0;
          break;
        }
      }
  }
  const dead = new Set();
  const saturated = new Set();
  let [flat, smooth] = [0, 0];
  units.forEach(({ parts }, u) => {
    const last = parts.find(({ sort }) => sort === "activation");
    if (last === undefined) return;
    let [shut, level, seen] = [0, 0, 0];
    for (let e = 0; e < rows; e++) {
      const node = cell[e * columns + last.to - 1];
      if (node < 0 || tape.code[node] === LEAF) continue;
      const edge = tape.first[node];
      seen++;
      if (OPS[tape.code[node]].gate) shut += Number(isClosed(tape, edge));
      else {
        smooth++;
        level += Number(Math.abs(tape.partial[edge]) < FLAT);
      }
    }
    flat += level;
    if (seen > 0 && shut === seen) dead.add(u);
    if (seen > 0 && level === seen) saturated.add(u);
  });
  return { silent, dead, saturated, flat, smooth };
}
