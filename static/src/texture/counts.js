/**
 * What a texture shows, counted from the numbers by train/measures.js: which examples are silent, which neurons dead,
 * and the sentences that say so. Pure.
 */
import { OPS } from "../kernel.js";
import { measure, told } from "../train/measures.js";

/** @typedef {import("./map.js").TextureMap} TextureMap */
/** @typedef {import("../replay.js").Tape} Tape */
/** @typedef {import("../train/structure.js").Structure} Structure */

/** @typedef {{silent: Uint8Array, dead: Set<number>, says: string}} Counts silent by example; dead: units */

/** @type {WeakMap<TextureMap, Structure | null>} */
const known = new WeakMap();

/**
 * Where the layers' sums and outputs stand, read off the columns; null where examples differ or there is no layer.
 * @param {TextureMap} map @param {Tape} tape
 */
function structureIn(map, tape) {
  let made = known.get(map);
  if (made !== undefined) return made;
  const layers = map.blocks
    .filter(({ kind }) => kind === "layer")
    .map(({ units }) => layerIn(map, tape, units));
  const whole =
    layers.length > 0 && layers.every(({ outs, sums }) => !outs.includes(-1) && !sums.includes(-1));
  made = whole
    ? /** @type {Structure} */ ({
        examples: map.examples.length,
        width: layers[layers.length - 1].size,
        layers,
        terms: map.term,
      })
    : null;
  known.set(map, made);
  return made;
}

/** @param {TextureMap} map @param {Tape} tape @param {number[]} members units */
function layerIn({ units, cell, columns, examples }, tape, members) {
  const last = (/** @type {number} */ u, /** @type {"additions" | "activation"} */ sort) =>
    units[u].parts.find((part) => part.sort === sort)?.to;
  const column = (/** @type {(u: number) => number} */ of) =>
    Int32Array.from({ length: examples.length * members.length }, (_, k) => {
      const e = Math.floor(k / members.length);
      return cell[e * columns + of(members[k % members.length])];
    });
  const end = (/** @type {number} */ u) => units[u].to - 1;
  const sums = column((/** @type {number} */ u) => (last(u, "additions") ?? units[u].to) - 1);
  const linear = members.every((u) => last(u, "activation") === undefined);
  const outs = linear ? sums : column(end);
  return { first: 0, nin: 0, size: members.length, activation: OPS[tape.code[outs[0]]].name, sums, outs };
}

/** @param {TextureMap} map @param {Tape} tape @returns {Counts} */
export function countsOf(map, tape) {
  const structure = structureIn(map, tape);
  if (structure === null) return { silent: new Uint8Array(map.examples.length), dead: new Set(), says: "" };
  const measures = measure(tape, structure, map.penalty);
  const layers = map.blocks.filter(({ kind }) => kind === "layer");
  return {
    silent: measures.pushes.map((pushes) => 1 - pushes),
    dead: new Set(measures.dead.map(({ layer, neuron }) => layers[layer].units[neuron])),
    says: told(measures).join(" "),
  };
}
