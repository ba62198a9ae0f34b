/**
 * Granularity: an op swapped, in place, for the ops it is written by (the column `apart` of the table), and back.
 * tanh becomes (e²ˣ − 1) / (e²ˣ + 1): other nodes inside, the same value and the same gradients at the boundary.
 */
import { FORMULAS } from "./formulas.js";
import { CODE } from "./kernel.js";

/**
 * @typedef {import("./state.js").Graph} Graph
 * @typedef {import("./state.js").GraphNode} GraphNode
 * @typedef {object} Opened
 * @property {Graph} graph numbers of inner nodes are 0 until replayed
 * @property {number[]} origin by node of `graph`: the node of the whole graph that it is, or is part of
 * @property {number[]} image by node of the whole graph: the node of `graph` that has its value
 */

/** Whether an op is written by others. @param {string} op */
export function isCompound(op) {
  return FORMULAS[CODE.get(op) ?? 0].apart.length > 0;
}

/**
 * The graph with some of its nodes taken apart. The last of the steps keeps the node's name, role and span.
 * @param {Graph} whole
 * @param {ReadonlySet<number>} opened ids of nodes; those whose op is not written by others stay as they are
 * @returns {Opened}
 */
export function takeApart(whole, opened) {
  /** @type {GraphNode[]} */
  const nodes = [];
  /** @type {number[]} */
  const origin = [];
  /** @type {number[]} */
  const image = [];
  const groups = [...whole.groups];

  /** @param {number} from @param {Omit<GraphNode, "id">} fields */
  function add(from, fields) {
    nodes.push({ ...fields, id: nodes.length });
    origin.push(from);
    return nodes.length - 1;
  }

  for (const node of whole.nodes) {
    const operands = node.operands.map((from) => image[from]);
    const { apart, title } = FORMULAS[CODE.get(node.op) ?? 0];
    if (!opened.has(node.id) || apart.length === 0) {
      image.push(add(node.id, { ...node, operands }));
      continue;
    }
    const group = `apart${node.id}`;
    groups.push({ id: group, kind: "op", label: title, parent: node.group });
    const known = [...operands];
    apart.forEach(([op, references, number], k) => {
      const last = k === apart.length - 1;
      const leaf = number !== null;
      known.push(
        add(node.id, {
          op,
          operands: references.map((reference) => known[reference]),
          partials: references.map(() => null),
          role: leaf ? "constant" : last ? node.role : "intermediate",
          name: last ? node.name : null,
          group,
          data: number ?? 0,
          grad: leaf ? null : 0,
          span: last ? node.span : null,
          unused: node.unused,
        }),
      );
    });
    image.push(known[known.length - 1]);
  }
  return { graph: { ...whole, nodes, groups, output: image[whole.output] }, origin, image };
}
