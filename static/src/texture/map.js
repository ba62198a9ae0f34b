/**
 * Which value stands where in the texture: one row per example, one column per value, columns in blocks (the inputs,
 * the layers, the loss) and in units (neurons) within them. Equal examples have equal columns. It depends on the
 * graph's shape alone. Pure.
 */
import { LEAF, OPS } from "../kernel.js";

/**
 * @typedef {import("../replay.js").Graph} Graph
 * @typedef {Graph["groups"][number]} Group
 */

/**
 * Neighbouring columns of one sort. `products` and `activation` are named by what they do in a neuron.
 * @typedef {{sort: "products" | "additions" | "activation" | "values", from: number, to: number}} Part
 * @typedef {{title: string, block: number, from: number, to: number, parts: Part[]}} Unit a neuron, or all of a block
 *   without neurons; columns from ≤ c < to
 * @typedef {{kind: "inputs" | "layer" | "loss", title: string, from: number, to: number, units: number[]}} Block
 */

/**
 * @typedef {object} TextureMap
 * @property {number} size values of the whole graph
 * @property {string[]} examples names, in the order of the graph
 * @property {number} columns
 * @property {Int32Array} cell by example × columns + column: the node there, -1 for none
 * @property {Int32Array} row by node: its example, -1 for what comes once (weights, a penalty, the mean)
 * @property {Int32Array} column by node: its column, -1 likewise
 * @property {Block[]} blocks
 * @property {Unit[]} units in the order of their columns
 * @property {Int32Array} unitOf by column
 * @property {Int32Array} term by example: the node that is its part of the loss, its output where there is no loss
 * @property {number} once how many values come once
 * @property {boolean} penalty whether weights are read by what belongs to no example
 */

/** Owners that are no example. */
const NOBODY = -1;
const SEVERAL = -2;
/** Places of a neuron's parts, in the order of their columns. */
const PARTS = /** @type {const} */ (["products", "additions", "activation"]);

/** @param {Graph} graph @returns {TextureMap} */
export function textureMap(graph) {
  const { nodes } = graph;
  const known = lineage(graph.groups);
  const found = graph.groups.filter(({ kind }) => kind === "example");
  const examples = found.length > 0 ? found.map(({ label }) => label) : ["example 1"];
  const { row, term } = ownersOf(graph, known, found);

  /** @type {Map<string, number>} units by the place of their group, without the example's name */
  const unitAt = new Map();
  /** @type {{place: Place, counts: Int32Array, most: Int32Array}[]} */
  const units = [];
  const unit = new Int32Array(nodes.length).fill(-1);
  const part = new Uint8Array(nodes.length);
  const nth = new Int32Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    if (row[i] < 0) continue;
    const place = known.get(nodes[i].group ?? "") ?? LOOSE;
    let u = unitAt.get(place.name);
    if (u === undefined) {
      u = units.length;
      unitAt.set(place.name, u);
      units.push({ place, counts: new Int32Array(examples.length * 3), most: new Int32Array(3) });
    }
    const { counts, most } = units[u];
    const p = place.neuron ? partOf(graph, known, i) : 0;
    const k = counts[3 * row[i] + p]++;
    most[p] = Math.max(most[p], k + 1);
    [unit[i], part[i], nth[i]] = [u, p, k];
  }

  const order = inBlocks(units.map(({ place }) => place));
  const start = units.map(() => [0, 0, 0]);
  let columns = 0;
  /** @type {Unit[]} */
  const made = [];
  /** @type {Block[]} */
  const blocks = [];
  for (const { kind, title, members } of order) {
    /** @type {Block} */
    const block = { kind, title, from: columns, to: columns, units: [] };
    for (const u of members) {
      const { place, most } = units[u];
      const from = columns;
      /** @type {Part[]} */
      const parts = [];
      for (let p = 0; p < 3; p++) {
        start[u][p] = columns;
        columns += most[p];
        const sort = place.neuron ? PARTS[p] : "values";
        if (most[p] > 0) parts.push({ sort, from: start[u][p], to: columns });
      }
      block.units.push(made.length);
      made.push({ title: place.neuron ?? "", block: blocks.length, from, to: columns, parts });
    }
    block.to = columns;
    blocks.push(block);
  }

  const cell = new Int32Array(examples.length * columns).fill(-1);
  const column = new Int32Array(nodes.length).fill(-1);
  let placed = 0;
  for (let i = 0; i < nodes.length; i++) {
    if (unit[i] < 0) continue;
    column[i] = start[unit[i]][part[i]] + nth[i];
    cell[row[i] * columns + column[i]] = i;
    placed++;
  }
  const unitOf = new Int32Array(columns);
  made.forEach(({ from, to }, u) => void unitOf.fill(u, from, to));
  return {
    size: nodes.length,
    examples,
    columns,
    cell,
    row,
    column,
    blocks,
    units: made,
    unitOf,
    term,
    once: nodes.length - placed,
    penalty: nodes.some(
      ({ id, operands }) => row[id] < 0 && operands.some((from) => nodes[from].role === "parameter"),
    ),
  };
}

/**
 * Where a group lies. `name` is the same in every example; `neuron` its number where it is one or lies in one.
 * @typedef {{example: string | null, name: string, kind: Block["kind"], title: string, neuron: string | null, sum: boolean}} Place
 */

/** What lies in no group: the whole text's values, as one block. @type {Place} */
const LOOSE = { example: null, name: "", kind: "loss", title: "Loss", neuron: null, sum: false };

/** @param {Group[]} groups @returns {Map<string, Place>} */
function lineage(groups) {
  const table = new Map(groups.map((group) => [group.id, group]));
  /** @type {Map<string, Place>} */
  const places = new Map();
  for (const group of groups) {
    /** @type {Place} */
    const place = { ...LOOSE, sum: group.kind === "sum" };
    let name = "";
    for (let at = /** @type {Group | undefined} */ (group); at; at = table.get(at.parent ?? "")) {
      if (at.kind === "example") {
        place.example = at.id;
        if (at === group) [place.kind, place.title] = ["inputs", "x"];
      } else if (at.kind === "layer") {
        [place.kind, place.title] = ["layer", capital(at.label)];
        name = `${at.label}.${name}`;
      } else if (at.kind === "neuron") {
        place.neuron = at.label.replace(/^\D+/, "") || at.label;
        name = `${at.label}.${name}`;
      }
    }
    place.name = place.kind === "inputs" ? "inputs" : name;
    places.set(group.id, place);
  }
  return places;
}

/**
 * Whose value each node is. Operations belong to the example that they read from; one that reads several (the running
 * sum of the loss) to the one it reads last. A datum belongs to its reader; a weight, and what is made of weights alone,
 * to nobody.
 * @param {Graph} graph @param {Map<string, Place>} known @param {Group[]} found the groups of the examples
 */
function ownersOf({ nodes, output }, known, found) {
  const at = new Map(found.map(({ id }, k) => [id, k]));
  const owner = new Int32Array(nodes.length).fill(NOBODY);
  const row = new Int32Array(nodes.length).fill(NOBODY);
  const term = new Int32Array(Math.max(1, found.length)).fill(output);
  const leaf = OPS[LEAF].name;
  for (let i = 0; i < nodes.length; i++) {
    const { op, role, operands, group } = nodes[i];
    const example = at.get(known.get(group ?? "")?.example ?? "");
    if (example !== undefined) {
      owner[i] = row[i] = example;
    } else if (found.length === 0) {
      if (op !== leaf || role !== "parameter") owner[i] = row[i] = 0;
    } else if (op !== leaf) {
      for (const from of operands)
        if (owner[from] !== NOBODY)
          owner[i] = owner[i] === NOBODY || owner[i] === owner[from] ? owner[from] : SEVERAL;
      const last = owner[operands[operands.length - 1]];
      row[i] = owner[i] === SEVERAL && last >= 0 ? last : owner[i] === SEVERAL ? NOBODY : owner[i];
    }
    if (owner[i] >= 0 && op !== leaf && found.length > 0) term[owner[i]] = i;
  }
  for (let i = 0; i < nodes.length; i++) {
    for (const from of nodes[i].operands)
      if (row[from] === NOBODY && nodes[from].op === leaf && nodes[from].role !== "parameter")
        row[from] = row[i];
  }
  return { row, term };
}

/** Which of a neuron's parts a value is: what is summed, the sum, or what is made of it. @param {Graph} graph @param {Map<string, Place>} known @param {number} id */
function partOf({ nodes }, known, id) {
  if (known.get(nodes[id].group ?? "")?.sum) return 1;
  return nodes[id].operands.some((from) => known.get(nodes[from].group ?? "")?.sum) ? 2 : 0;
}

/**
 * Units by block: the inputs, the layers as they come, the loss.
 * @param {Place[]} places
 * @returns {{kind: Block["kind"], title: string, members: number[]}[]}
 */
function inBlocks(places) {
  /** @type {Map<string, {kind: Block["kind"], title: string, members: number[]}>} */
  const blocks = new Map();
  for (const [u, { kind, title }] of places.entries()) {
    const key = kind === "layer" ? title : kind;
    const block = blocks.get(key) ?? { kind, title, members: [] };
    blocks.set(key, block);
    block.members.push(u);
  }
  const rank = { inputs: 0, layer: 1, loss: 2 };
  return [...blocks.values()].sort((a, b) => rank[a.kind] - rank[b.kind]);
}

/** @param {string} text */
function capital(text) {
  return text.replace(/^./, (letter) => letter.toUpperCase());
}
