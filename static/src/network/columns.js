/**
 * A network's graph as the page holds it: in columns, which a worker reads off an answer and hands over; a row is made
 * of the node that is asked for, and all of them only for who goes through all. Pure.
 */
import { OPS } from "../kernel.js";
import { fromJson } from "../numbers.js";
import { backward, columnsOf, compile, fork } from "../replay.js";

/**
 * @typedef {import("../replay.js").Graph} Graph
 * @typedef {import("../replay.js").GraphNode} GraphNode
 * @typedef {import("../replay.js").Tape} Tape
 * @typedef {{version: number, output: number, groups: Graph["groups"], nodes: GraphNode[] | {[F in keyof GraphNode]:
 *   GraphNode[F][]}}} Answer of the API, in rows or in columns
 *
 * @typedef {object} Columns
 * @property {number} version
 * @property {number} output
 * @property {Graph["groups"]} groups
 * @property {Tape} tape with the answer's own numbers: whoever runs it takes a fork
 * @property {string[]} roles there are
 * @property {Uint8Array} role by node, an index into roles
 * @property {Int32Array} group by node, an index into groups; -1 for none
 * @property {Map<number, string>} names
 *
 * @typedef {Columns & Graph} NetworkGraph
 */

/**
 * A neuron's output is n[1], n[2], …, the graph's the loss: the graph of the API leaves what has no name in a program
 * without one.
 * @param {Answer} answer @returns {Columns}
 */
export function inColumns(answer) {
  const { version, output, groups, nodes } = answer;
  const column = (/** @type {"name" | "group"} */ field) =>
    Array.isArray(nodes) ? nodes.map((node) => node[field]) : nodes[field];
  const tape = compile({ output, nodes });
  const { role } = columnsOf(nodes);
  const roles = [...new Set(role)];
  const places = new Map(groups.map(({ id }, k) => [id, k]));
  const group = Int32Array.from(column("group"), (id) => places.get(id ?? "") ?? -1);
  /** @type {Map<number, string>} */
  const names = new Map();
  column("name").forEach((name, id) => void (name !== null && names.set(id, name)));
  const neurons = groups.map(({ id }) => /^.*neuron\d+(?=(?:\.sum)?$)/.exec(id)?.[0] ?? null);
  /** @type {Map<string, number>} by neuron: its last node */
  const last = new Map();
  group.forEach((place, id) => {
    const neuron = place < 0 || tape.first[id] === tape.first[id + 1] ? null : neurons[place];
    if (neuron !== null) last.set(neuron, id);
  });
  for (const [neuron, id] of last) names.set(id, `n[${/\d+$/.exec(neuron)?.[0]}]`);
  names.set(output, "loss");
  return {
    version,
    output,
    groups,
    tape,
    roles,
    role: Uint8Array.from(role, (each) => roles.indexOf(each)),
    group,
    names,
  };
}

/** What of the columns a worker hands over instead of copying it. @param {Columns} columns @returns {ArrayBuffer[]} */
export function buffersOf({ tape, role, group }) {
  return [...Object.values(tape), role, group].flatMap((each) =>
    ArrayBuffer.isView(each) ? [/** @type {ArrayBuffer} */ (each.buffer)] : [],
  );
}

/** @param {Columns} columns @param {number} id @returns {GraphNode} */
export function rowOf({ tape, roles, role, groups, group, names }, id) {
  const [from, to] = [tape.first[id], tape.first[id + 1]];
  const number = (/** @type {number} */ x) => (Number.isNaN(x) ? null : x);
  return {
    id,
    op: OPS[tape.code[id]].name,
    operands: Array.from(tape.operand.subarray(from, to)),
    partials: Array.from(tape.partial.subarray(from, to), number),
    role: roles[role[id]],
    name: names.get(id) ?? null,
    group: groups[group[id]]?.id ?? null,
    data: tape.data[id],
    grad: tape.constant[id] ? null : tape.grad[id],
    span: null,
    unused: tape.reaches[id] === 0,
  };
}

/**
 * The same graph with other numbers: data as the server computed them, grads and partials by replay.
 * @param {Columns} graph @param {import("../replay.js").JsonNumber[]} data @returns {NetworkGraph}
 */
export function withData({ version, output, groups, tape, roles, role, group, names }, data) {
  const other = fork(tape);
  other.data.set(data.map(fromJson));
  backward(other);
  return withRows({ version, output, groups, tape: other, roles, role, group, names });
}

/** The columns as a graph; all its rows are made when they are first read. @param {Columns} columns @returns {NetworkGraph} */
export function withRows(columns) {
  /** @type {GraphNode[] | null} */
  let rows = null;
  return {
    ...columns,
    get nodes() {
      rows ??= Array.from(columns.role, (_, id) => rowOf(columns, id));
      return rows;
    },
  };
}
