/**
 * A graph's shape in columns, and back: what a worker needs for a layout, at the price of a few arrays. Values and names
 * stay behind. Pure.
 */

import { COMPOUND_FROM, MOST_CARDS } from "./boxes.js";
import { layoutCompound } from "./compound.js";
import { layoutGraph } from "./index.js";

/** @typedef {import("./nest.js").NestedNode} NestedNode */
/** @typedef {{output: number, nodes: ArrayLike<NestedNode>, groups?: readonly import("./nest.js").NestedGroup[]}} LaidGraph */
/** @typedef {NonNullable<Parameters<typeof layoutGraph>[1]> & {compound?: boolean}} LayoutOptions */

/**
 * @typedef {object} Packed
 * @property {number} output
 * @property {Int32Array} first size + 1 offsets into `operand`
 * @property {Int32Array} operand
 * @property {string[]} sorts what the boxes look like: op, role and card, each once
 * @property {Int32Array} sort by node
 * @property {string[]} homes the groups nodes lie in
 * @property {Int32Array} home by node, -1 for none
 * @property {readonly import("./nest.js").NestedGroup[]} groups
 */

/** @param {LaidGraph} graph @param {LayoutOptions} [options] compound: whether groups may be */
export function layoutOf(
  graph,
  { compound = false, ...options } = {},
  progress = (/** @type {number} */ _) => {},
) {
  const { nodes, groups } = graph;
  if (!compound || !groups || nodes.length < COMPOUND_FROM) return layoutGraph(graph, options);
  const density = options.density ?? (nodes.length <= MOST_CARDS ? "cards" : "compact");
  return layoutCompound({ ...graph, groups }, { ...options, density, progress });
}

/** @param {LaidGraph} graph @returns {Packed} */
export function packGraph({ output, nodes, groups = [] }) {
  const size = nodes.length;
  const first = new Int32Array(size + 1);
  for (let i = 0; i < size; i++) first[i + 1] = first[i] + nodes[i].operands.length;
  const operand = new Int32Array(first[size]);
  const sorts = new Places();
  const homes = new Places();
  const sort = new Int32Array(size);
  const home = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    const { op, role, group, card, operands } = nodes[i];
    for (let s = 0; s < operands.length; s++) operand[first[i] + s] = operands[s];
    sort[i] = sorts.at(JSON.stringify([op, role, card ? { kind: card.kind, group: card.group } : null]));
    home[i] = group === null || group === undefined ? -1 : homes.at(group);
  }
  const plain = groups.map(({ id, kind, label, parent }) => ({ id, kind, label, parent }));
  return { output, first, operand, sorts: sorts.texts, sort, homes: homes.texts, home, groups: plain };
}

/** @param {Packed} packed @returns {LaidGraph} */
export function unpackGraph({ output, first, operand, sorts, sort, homes, home, groups }) {
  const looks = sorts.map((text) => JSON.parse(text));
  const nodes = Array.from(sort, (which, i) => {
    const [op, role, card] = looks[which];
    const group = home[i] < 0 ? null : homes[home[i]];
    return { op, role, card, group, operands: operand.subarray(first[i], first[i + 1]) };
  });
  return { output, nodes, groups };
}

/** Texts, each with its number. */
class Places {
  constructor() {
    /** @type {string[]} */
    this.texts = [];
    /** @type {Map<string, number>} */
    this.known = new Map();
  }

  /** @param {string} text */
  at(text) {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    this.known.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}
