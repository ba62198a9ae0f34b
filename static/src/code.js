/** An event of the trace as the line of Python that does it, with the numbers beside it. */
import { coded } from "./calls.js";
import { OPS } from "./kernel.js";
import { shortFormula } from "./labels.js";
import { codeNumber, factorNumber, fromJson, MINUS, shortNumber } from "./numbers.js";
import { PHRASES } from "./phrases.js";
import { contributionOf, isClosed } from "./replay.js";
import { sumBefore } from "./trace.js";

/**
 * @typedef {import("./replay.js").Graph} Graph
 * @typedef {import("./replay.js").Tape} Tape
 * @typedef {import("./trace.js").Event} Event
 */

/**
 * An event as a line of Python, what to mark in it, and the numbers as a comment.
 * @param {Graph} graph
 * @param {Tape} tape
 * @param {Event[]} trace
 * @param {number} step 1 to trace.length: the event just taken
 * @returns {{code: string, mark: string, comment: string}}
 */
export function eventCode(graph, tape, trace, step) {
  const { kind, node, target, edge } = trace[step - 1];
  const name = inCode(graph, node);
  if (kind === "seed") return { code: `${name}.grad = 1.0`, mark: "1.0", comment: "" };
  if (kind === "forward") {
    const value = codeNumber(tape.data[node]);
    if (graph.nodes[node].operands.length === 0)
      return { code: `${name} = ${value}`, mark: value, comment: "" };
    const formula = written(
      tape,
      node,
      Array.from(graph.nodes[node].operands, (from) => inCode(graph, from)),
      true,
    );
    const comment = `# ${inNumbers(tape, node)} = ${shortNumber(tape.data[node])}`;
    return { code: `${name} = ${formula}`, mark: formula, comment };
  }
  const partial = codeNumber(tape.partial[edge]);
  const before = sumBefore(tape, trace, step) ?? 0;
  const amount = contributionOf(tape, edge);
  const numbers = `${partial.replaceAll("-", MINUS)} × ${shortNumber(tape.grad[node])}`;
  const comment = isClosed(tape, edge)
    ? `# ${PHRASES.code_closed}`
    : `# ${shortNumber(before)} + ${numbers} = ${shortNumber(before + amount)}`;
  return { code: `${inCode(graph, target)}.grad += ${partial} * ${name}.grad`, mark: partial, comment };
}

/** A node's formula with its operands' numbers: `2 × (−3)`, `tanh(0.8814)`. @param {Tape} tape @param {number} node */
export function inNumbers(tape, node) {
  const operands = Array.from(tape.operand.subarray(tape.first[node], tape.first[node + 1]));
  return written(
    tape,
    node,
    operands.map((from, slot) =>
      OPS[tape.code[node]].infix !== null && slot === operands.length - 1
        ? factorNumber(tape.data[from])
        : shortNumber(tape.data[from]),
    ),
  );
}

/**
 * A node's op applied to written operands: in a line of text, or as code.
 * @param {Tape} tape
 * @param {number} node
 * @param {string[]} parts
 * @param {boolean} [code]
 */
function written(tape, node, parts, code = false) {
  const { infix, symbol, name, operands } = OPS[tape.code[node]];
  if (infix === null) return `${name}(${parts.join(", ")})`;
  if (operands.length === 1) return `${code ? "-" : symbol}${parts[0]}`;
  return parts.join(` ${code || [...symbol].length > 1 ? infix : symbol} `);
}

/** What a node is called where code stands: a formula in brackets, in signs of the language. @param {Graph} graph @param {number} id */
function inCode(graph, id) {
  const { name, operands, data } = graph.nodes[id];
  if (name !== null) return coded(name);
  if (operands.length === 0) return codeNumber(fromJson(data));
  const text = (shortFormula(graph.nodes, id) ?? `v${id}`)
    .replaceAll(" / ", "/")
    .replaceAll("·", "*")
    .replaceAll("^", "**")
    .replaceAll(MINUS, "-");
  return /^v\d+$/.test(text) ? text : `(${coded(text)})`;
}
