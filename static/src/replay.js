/**
 * The graph JSON as a program: forward and backward over typed arrays, without the server and without the DOM.
 *
 * Edges lie one after another, node by node and slot by slot: slot s of node i is edge first[i] + s. Walking them from
 * the last to the first is the order of the trace (nodes by falling id, slots last to first) and the order in which
 * the engine adds, so both get the same sums.
 */
import { CODE, LEAF, OPS, runBackward, runForward } from "./kernel.js";
import { fromJson } from "./numbers.js";

/**
 * The answer of `POST /api/v1/graph` (docs/api.md). Numbers that JSON cannot write are strings; null is "there is none".
 * @typedef {number | string} JsonNumber
 * @typedef {{id: number, op: string, operands: number[], partials: (JsonNumber | null)[], role: string,
 *   name: string | null, group: string | null, data: JsonNumber, grad: JsonNumber | null,
 *   span: [number, number] | null, unused: boolean, bound?: string}} GraphNode bound: the name, where `name` is a call
 *   (calls.js)
 * @typedef {{id: string, kind: string, label: string, parent: string | null}} GraphGroup
 * @typedef {{version: number, output: number, nodes: GraphNode[], groups: GraphGroup[]}} Graph
 */

/**
 * A graph in columns. A constant has grad NaN and so has the partial towards it: there is none.
 * @typedef {object} Tape
 * @property {number} size nodes
 * @property {number} output id of the output
 * @property {Uint8Array} code op of node i, an index into OPS
 * @property {Int32Array} first edge of slot 0 of node i; first[size] is the number of edges
 * @property {Int32Array} operand node that edge e reads
 * @property {Int32Array} owner node that edge e belongs to
 * @property {Uint8Array} live 0 where edge e reads a constant, 2 where a gradient crosses, 1 where none does:
 *   no path leads on to the output, or only one through a condition
 * @property {Uint8Array} constant 1 where node i is a constant
 * @property {Uint8Array} reaches 1 where node i has a path to the output
 * @property {Float64Array} start grads before the walk back: NaN for a constant, 0 where no gradient comes, else -0,
 *   which keeps the sign of a first contribution of -0 as PyTorch does
 * @property {Float64Array} data value of node i
 * @property {Float64Array} grad d output / d node i
 * @property {Float64Array} partial local derivative along edge e
 * @property {Float64Array} [flow] where edge e stands for several: what they contribute together, see granularity.js
 * @property {Uint8Array} [bare] 1 where edge e is drawn without a gradient
 * @property {(Float64Array | null)[]} [inner] where node i stands for a group: the grads of its parameters
 */

/**
 * The columns of the nodes that a tape is made of. `?shape=columns` answers with them; rows are turned into them.
 * @typedef {{[Field in "op" | "operands" | "partials" | "role" | "data" | "grad"]: GraphNode[Field][]}} NodeColumns
 * @param {GraphNode[] | NodeColumns} nodes
 * @returns {NodeColumns}
 */
export function columnsOf(nodes) {
  if (!Array.isArray(nodes)) return nodes;
  return {
    op: nodes.map((node) => node.op),
    operands: nodes.map((node) => node.operands),
    partials: nodes.map((node) => node.partials),
    role: nodes.map((node) => node.role),
    data: nodes.map((node) => node.data),
    grad: nodes.map((node) => node.grad),
  };
}

/**
 * A tape with the answer's own numbers on it.
 * @param {{output: number, nodes: GraphNode[] | NodeColumns}} graph rows or columns
 * @returns {Tape}
 */
export function compile({ nodes, output }) {
  const columns = columnsOf(nodes);
  const size = columns.op.length;
  const edges = columns.operands.reduce((sum, operands) => sum + operands.length, 0);
  const tape = {
    size,
    output,
    code: new Uint8Array(size),
    first: new Int32Array(size + 1),
    operand: new Int32Array(edges),
    owner: new Int32Array(edges),
    live: new Uint8Array(edges),
    constant: new Uint8Array(size),
    reaches: new Uint8Array(size),
    start: new Float64Array(size),
    data: new Float64Array(size),
    grad: new Float64Array(size),
    partial: new Float64Array(edges).fill(Number.NaN),
  };
  for (let i = 0, e = 0; i < size; i++) {
    tape.code[i] = codeOf(columns.op[i]);
    tape.constant[i] = Number(columns.role[i] === "constant");
    tape.data[i] = fromJson(columns.data[i]);
    tape.grad[i] = fromJson(columns.grad[i]);
    const { fixed } = OPS[tape.code[i]];
    columns.operands[i].forEach((from, slot) => {
      tape.operand[e] = from;
      tape.owner[e] = i;
      tape.live[e] = tape.constant[from] ? 0 : 1;
      if (tape.live[e]) tape.partial[e] = fixed[slot] ?? fromJson(columns.partials[i][slot]);
      e++;
    });
    tape.first[i + 1] = e;
  }
  markReaching(tape);
  return tape;
}

/**
 * A tape of its own numbers over the same structure: for trying a value without disturbing what is shown.
 * @param {Tape} tape
 * @returns {Tape}
 */
export function fork(tape) {
  return { ...tape, data: tape.data.slice(), grad: tape.grad.slice(), partial: tape.partial.slice() };
}

/**
 * Turn a leaf. Nothing is recomputed: `forward(tape, id + 1)` does that.
 * @param {Tape} tape
 * @param {number} id
 * @param {number} value
 */
export function setLeaf(tape, id, value) {
  if (tape.code[id] !== LEAF) throw new RangeError(`node ${id} is computed, not a leaf`);
  tape.data[id] = value;
}

/**
 * Recompute data from node `from` on; what stands before it, and leaves, stay as they are.
 * @param {Tape} tape
 * @param {number} [from]
 */
export function forward(tape, from = 0) {
  runForward(tape, from);
}

/**
 * Recompute every partial and, starting from zero, every grad.
 * @param {Tape} tape
 */
export function backward(tape) {
  tape.grad.set(tape.start);
  if (!tape.constant[tape.output]) tape.grad[tape.output] = 1;
  runBackward(tape);
}

/**
 * What edge e adds to the grad of its operand, with the grads as they stand: grad × partial, and 0 where a gate is
 * closed. NaN towards a constant, which has no grad.
 * @param {Tape} tape
 * @param {number} e
 * @returns {number}
 */
export function contributionOf(tape, e) {
  if (tape.flow) return tape.flow[e];
  if (tape.live[e] === 0) return Number.NaN;
  if (tape.live[e] === 1 || isClosed(tape, e)) return 0;
  return tape.grad[tape.owner[e]] * tape.partial[e];
}

/** Whether edge e is one a gate did not read. @param {Tape} tape @param {number} e */
export function isClosed(tape, e) {
  return tape.partial[e] === 0 && OPS[tape.code[tape.owner[e]]].gate;
}

/** @param {string} op */
function codeOf(op) {
  const code = CODE.get(op);
  if (code === undefined) throw new RangeError(`unknown op: ${op.slice(0, 40)}`);
  return code;
}

/** @param {Tape} tape */
function markReaching({ reaches, output, code, first, operand, live, start, constant }) {
  reaches[output] = 1;
  start[output] = -0;
  for (let i = output; i >= 0; i--) {
    if (!reaches[i]) continue;
    const { decides } = OPS[code[i]];
    for (let e = first[i]; e < first[i + 1]; e++) {
      reaches[operand[e]] = 1;
      if (!live[e] || !Object.is(start[i], -0) || decides.includes(e - first[i])) continue;
      live[e] = 2;
      start[operand[e]] = -0;
    }
  }
  constant.forEach((is, i) => {
    if (is) start[i] = Number.NaN;
  });
}
