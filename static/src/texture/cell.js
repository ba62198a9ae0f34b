/**
 * One value of the texture opened: it and what it reads as a small graph, with the numbers of the large one, so that the
 * cards show what every example together sent. Pure.
 */
import { LEAF, OPS } from "../kernel.js";

/** @typedef {import("../replay.js").Graph} Graph */
/** @typedef {import("../replay.js").Tape} Tape */
/** @typedef {import("./map.js").TextureMap} TextureMap */

/**
 * @typedef {object} Opened
 * @property {{output: number, nodes: (import("../replay.js").GraphNode & {key: string})[]}} graph
 * @property {Tape} tape
 * @property {number[]} of by node shown: the node of the whole graph
 */

/** @param {Graph} graph @param {Tape} tape @param {TextureMap} map @param {number} id @returns {Opened} */
export function openedCell(graph, tape, map, id) {
  const read = Array.from(graph.nodes[id].operands);
  const of = [...new Set(read), id];
  const at = new Map(of.map((node, k) => [node, k]));
  const last = of.length - 1;
  const nodes = of.map((node, k) => {
    const whole = graph.nodes[node];
    const operands = k === last ? read.map((from) => at.get(from) ?? 0) : [];
    return {
      ...whole,
      id: k,
      key: `cell ${k}`,
      operands,
      partials: operands.map(() => null),
      name: nameIn(graph, tape, map, node),
      role: whole.role === "output" ? "intermediate" : whole.role,
    };
  });
  const pick = (/** @type {Float64Array} */ column) => Float64Array.from(of, (node) => column[node]);
  const edge = tape.first[id];
  const first = new Int32Array(of.length + 1);
  first[of.length] = read.length;
  /** @type {Tape} */
  const made = {
    size: of.length,
    output: last,
    code: Uint8Array.from(of, (node, k) => (k === last ? tape.code[node] : LEAF)),
    first,
    operand: Int32Array.from(read, (from) => at.get(from) ?? 0),
    owner: new Int32Array(read.length).fill(last),
    live: tape.live.slice(edge, edge + read.length),
    constant: Uint8Array.from(of, (node) => tape.constant[node]),
    reaches: Uint8Array.from(of, (node) => tape.reaches[node]),
    start: pick(tape.start),
    data: pick(tape.data),
    grad: pick(tape.grad),
    partial: tape.partial.slice(edge, edge + read.length),
  };
  return { graph: { output: last, nodes }, tape: made, of };
}

/** What a value is called here: its own name, its neuron's, or what it does. @param {Graph} graph @param {Tape} tape @param {TextureMap} map @param {number} id */
function nameIn({ nodes }, tape, map, id) {
  const { name, role } = nodes[id];
  if (name !== null || role === "constant") return name;
  const column = map.column[id];
  if (column < 0) return OPS[tape.code[id]].name;
  const unit = map.units[map.unitOf[column]];
  const part = unit.parts.find(({ from, to }) => column >= from && column < to);
  if (part?.sort === "products") return "p";
  // A neuron's last value is the neuron's: h with its number.
  if (unit.title !== "" && column === unit.to - 1) return `h[${unit.title}]`;
  return part?.sort === "additions" ? "s" : OPS[tape.code[id]].name;
}

/** Weights add up over all examples; that is said where one is shown. @param {Opened} opened @param {number} examples */
export function noteOn({ graph }, examples) {
  const weight = graph.nodes.find(({ role, op }) => role === "parameter" && op === OPS[LEAF].name);
  if (weight === undefined || examples < 2) return "";
  return `${weight.name ?? "The weight"} adds up all ${examples.toLocaleString("en")} examples`;
}
