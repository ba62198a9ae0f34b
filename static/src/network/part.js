/**
 * One example of a network as a graph of its own: the weights, the example's nodes and the loss. All examples are
 * stamped copies, so whatever is drawn of a network is made of one of them. Pure.
 */
import { LEAF } from "../kernel.js";
import { firstEdges } from "../shown.js";
import { rowOf } from "./columns.js";

/**
 * @typedef {import("../replay.js").Graph} Graph
 * @typedef {import("../replay.js").GraphNode} GraphNode
 * @typedef {import("../replay.js").Tape} Tape
 * @typedef {import("../trace.js").TraceState} TraceState
 *
 * @typedef {object} Part
 * @property {Graph} graph
 * @property {Int32Array} ids by node: the node of the whole graph
 * @property {Int32Array} edges by edge: the edge of the whole graph
 * @property {Map<number, number>} at by node of the whole graph: the node here
 * @property {Omit<Tape, "data" | "grad" | "partial">} shape what of its tape stays
 */

/**
 * @param {GraphNode[]} rows of the whole graph; what they read is among them
 * @param {Part["shape"]} tape of the whole graph
 * @param {Omit<Graph, "nodes">} about the whole graph
 * @returns {Part}
 */
export function partOf(rows, tape, about) {
  const at = new Map(rows.map(({ id }, place) => [id, place]));
  const nodes = rows.map((row, id) => ({
    ...row,
    id,
    operands: row.operands.map((from) => at.get(from) ?? 0),
  }));
  const output = at.get(about.output) ?? nodes.length - 1;
  const ids = Int32Array.from(rows, ({ id }) => id);
  const edges = rows.flatMap(({ id, operands }) => operands.map((_, slot) => tape.first[id] + slot));
  const shape = {
    size: nodes.length,
    output,
    code: Uint8Array.from(nodes, ({ operands }, place) =>
      operands.length > 0 ? tape.code[ids[place]] : LEAF,
    ),
    first: firstEdges({ nodes }),
    operand: Int32Array.from(nodes.flatMap(({ operands }) => operands)),
    owner: Int32Array.from(nodes.flatMap(({ id, operands }) => operands.map(() => id))),
    live: Uint8Array.from(edges, (e) => tape.live[e]),
    constant: picked(tape.constant, ids, new Uint8Array(ids.length)),
    reaches: picked(tape.reaches, ids, new Uint8Array(ids.length)),
    start: picked(tape.start, ids, new Float64Array(ids.length)),
  };
  return { graph: { ...about, output, nodes }, ids, edges: Int32Array.from(edges), at, shape };
}

/** @template {Float64Array | Uint8Array | Int32Array} A @param {ArrayLike<number>} from @param {Int32Array} which @param {A} to is filled */
function picked(from, which, to) {
  for (let k = 0; k < which.length; k++) to[k] = from[which[k]];
  return to;
}

/**
 * Example k, from 0. What the loss reads of the other examples, their outputs, stands as leaves inside the loss.
 * @param {import("./columns.js").Columns} whole
 * @param {number} k
 * @param {Pick<import("../train/structure.js").Structure, "parameters" | "stride" | "examples" | "width" | "outputs" | "loss">} structure
 */
export function exampleOf(whole, k, { parameters, stride, examples, width, outputs, loss }) {
  const { tape, groups, version, output } = whole;
  const rows = (/** @type {number} */ from, /** @type {number} */ to) =>
    Array.from({ length: to - from }, (_, i) => rowOf(whole, from + i));
  const others = (/** @type {number} */ from, /** @type {number} */ to) =>
    Array.from(outputs.slice(from * width, to * width), (id, i) => {
      const example = from + Math.floor(i / width) + 1;
      const name = width === 1 ? `ŷ[${example}]` : `ŷ[${example}][${(i % width) + 1}]`;
      return { ...rowOf(whole, id), op: "leaf", operands: [], partials: [], name, group: "loss" };
    });
  const start = parameters + k * stride;
  const kept = [
    ...rows(0, parameters),
    ...others(0, k),
    ...rows(start, start + stride),
    ...others(k + 1, examples),
    ...rows(loss, tape.size),
  ];
  return partOf(kept, tape, { version, output, groups: around(groups, kept) });
}

/** Groups that hold one of the nodes. @param {Graph["groups"]} groups @param {GraphNode[]} nodes */
function around(groups, nodes) {
  const table = new Map(groups.map((group) => [group.id, group]));
  const held = new Set();
  for (const { group } of nodes)
    for (let at = table.get(group ?? ""); at && !held.has(at); at = table.get(at.parent ?? "")) held.add(at);
  return groups.filter((group) => held.has(group));
}

/** The part's numbers, from the whole tape's. @param {Part} part @param {Tape} tape @returns {Tape} */
export function partTape({ ids, edges, shape }, { data, grad, partial }) {
  return {
    ...shape,
    data: picked(data, ids, new Float64Array(ids.length)),
    grad: picked(grad, ids, new Float64Array(ids.length)),
    partial: picked(partial, edges, new Float64Array(edges.length)),
  };
}

/** A walk through the whole graph, as the part sees it. @param {Part} part @param {TraceState} walk @returns {TraceState} */
export function partWalk({ ids, edges }, walk) {
  return {
    step: walk.step,
    current: null,
    computed: picked(walk.computed, ids, new Uint8Array(ids.length)),
    written: picked(walk.written, ids, new Uint8Array(ids.length)),
    grad: picked(walk.grad, ids, new Float64Array(ids.length)),
    waiting: picked(walk.waiting, ids, new Int32Array(ids.length)),
    crossed: picked(walk.crossed, edges, new Uint8Array(edges.length)),
  };
}
