/**
 * Why a gradient is what it is: 0, tiny, huge, infinite or NaN. Walks from the node towards the output along
 * contributions of that kind to the op where it began, and on through the data where the data is to blame.
 * Every step goes to a younger node (or, through data, to an older one), so the walk ends; no recursion.
 */
import { ANSWERS } from "./answers.js";
import { inNumbers } from "./code.js";
import { nameField, valueField } from "./explain.js";
import { outputOver } from "./gradcheck.js";
import { LEAF, OPS } from "./kernel.js";
import { factorNumber, shortNumber } from "./numbers.js";
import { PARTIALS } from "./partials.js";
import { pathsFrom } from "./paths.js";
import { SIZES } from "./phrases.js";
import { contributionOf, isClosed } from "./replay.js";
import { fill, numberField, say } from "./sentence.js";

/**
 * @typedef {import("./replay.js").Graph} Graph
 * @typedef {import("./replay.js").Tape} Tape
 * @typedef {import("./sentence.js").Piece} Piece
 * @typedef {{nodes: number[], edges: number[]}} Trail from the node asked about to where it began
 * @typedef {{sentence: Piece[], path: Trail}} Why
 */

const [[, TINY], HUGE] = [SIZES.slice(0, 2).map(([below]) => below), SIZES[2][0]];

/**
 * @param {Graph} graph
 * @param {Tape} tape
 * @param {number} node
 * @returns {Why}
 */
export function why(graph, tape, node) {
  const trail = { nodes: [node], edges: [] };
  const name = nameField(graph, node);
  if (tape.constant[node]) return { sentence: say("constant", { name }), path: trail };
  if (!tape.reaches[node]) {
    return {
      sentence: fill(ANSWERS.why_unconnected, { name, output: nameField(graph, tape.output) }),
      path: trail,
    };
  }
  const walk = { graph, tape, users: usersOf(tape), trail };
  const size = Math.abs(tape.grad[node]);
  if (Number.isNaN(size)) return notANumber(walk, node);
  if (size === 0) return zero(walk, node);
  if (!Number.isFinite(size)) return infinite(walk, node);
  return ordinary(walk, node, size);
}

/** @typedef {{graph: Graph, tape: Tape, users: (node: number) => number[], trail: Trail}} Walk */

/** @param {Walk} walk @param {number} at @returns {Why} */
function zero(walk, at) {
  const { tape, users } = walk;
  for (let node = at; ; ) {
    const edges = users(node);
    const terms = edges.map((e) => contributionOf(tape, e)).filter((term) => term !== 0);
    if (terms.length > 0) return told(walk, "why_cancel", { terms: numberField(sumText(terms)) });
    const [edge] = edges;
    const owner = step(walk, edge);
    if (tape.partial[edge] === 0 || isClosed(tape, edge))
      return told(walk, whyFlat(tape, edge), edgeFields(walk, edge));
    if (tape.grad[owner] !== 0) return told(walk, "why_underflow", {});
    node = owner;
  }
}

/** `−1 + 1`, at most four terms of it. @param {number[]} terms */
function sumText(terms) {
  const listed = terms.slice(0, 4).map((term, k) => (k === 0 ? shortNumber(term) : factorNumber(term)));
  return [...listed, ...(terms.length > 4 ? ["…"] : [])].join(" + ");
}

/**
 * Which sentence fits a slope of exactly 0: the table's own text says what the slope depends on.
 * @param {Tape} tape
 * @param {number} edge
 */
function whyFlat(tape, edge) {
  const code = tape.code[tape.owner[edge]];
  const slot = edge - tape.first[tape.owner[edge]];
  if (isClosed(tape, edge) && OPS[code].fixed[slot] !== 0) return "why_closed";
  const partial = PARTIALS[code][slot] ?? "";
  if (OPS[code].operands.includes(partial)) return "why_factor";
  return /\bout\b/.test(partial) ? "why_saturated" : "why_flat";
}

/** @param {Walk} walk @param {number} at @returns {Why} */
function notANumber(walk, at) {
  const { graph, tape, users } = walk;
  for (let node = at; ; ) {
    const edge = users(node).find((e) => Number.isNaN(contributionOf(tape, e)));
    if (edge === undefined) return told(walk, "why_opposed", { name: nameField(graph, node) });
    const owner = step(walk, edge);
    if (!Number.isNaN(tape.grad[owner])) {
      if (!Number.isNaN(tape.partial[edge])) return told(walk, "why_indefinite", edgeFields(walk, edge));
      return (
        blamed(walk, owner, Number.isNaN, "why_domain") ?? told(walk, "why_slope_nan", edgeFields(walk, edge))
      );
    }
    node = owner;
  }
}

/** @param {Walk} walk @param {number} at @returns {Why} */
function infinite(walk, at) {
  const { tape, users } = walk;
  for (let node = at; ; ) {
    const edge = users(node).find((e) => isInfinite(contributionOf(tape, e)));
    if (edge === undefined) return ordinary(walk, node, Math.abs(tape.grad[node]));
    const owner = step(walk, edge);
    if (!isInfinite(tape.grad[owner])) {
      if (!isInfinite(tape.partial[edge])) return told(walk, "why_overflow_back", edgeFields(walk, edge));
      return (
        blamed(walk, owner, isInfinite, "why_overflow") ?? told(walk, "why_steep", edgeFields(walk, edge))
      );
    }
    node = owner;
  }
}

/**
 * Follows bad data to where it began: a leaf given so, or an op that made it of good operands. Null when the node's own
 * data and operands are good.
 * @param {Walk} walk
 * @param {number} start
 * @param {(x: number) => boolean} isBad
 * @param {"why_domain" | "why_overflow"} phrase
 * @returns {Why | null}
 */
function blamed(walk, start, isBad, phrase) {
  const { graph, tape, trail } = walk;
  /** @param {number} i */
  const badEdge = (i) => {
    for (let e = tape.first[i]; e < tape.first[i + 1]; e++) if (isBad(tape.data[tape.operand[e]])) return e;
    return null;
  };
  if (!isBad(tape.data[start]) && badEdge(start) === null) return null;
  let node = start;
  for (let e = badEdge(node); e !== null; e = badEdge(node)) {
    node = tape.operand[e];
    trail.edges.push(e);
    trail.nodes.push(node);
  }
  const fields = { node: nameField(graph, node), value: valueField(tape.data[node]) };
  if (tape.code[node] === LEAF) return told(walk, "why_given", fields);
  const made = { ...fields, numbers: numberField(inNumbers(tape, node)), out: valueField(tape.data[node]) };
  return told(walk, phrase === "why_overflow" && isPole(tape, node) ? "why_pole" : phrase, made);
}

/**
 * Whether an infinity made of finite operands is a pole (1 / 0, log 0), finite right beside, and not a value too large
 * to write down.
 * @param {Tape} tape
 * @param {number} node
 */
function isPole(tape, node) {
  const local = { ...tape, output: node, size: node + 1 };
  return Array.from(tape.operand.subarray(tape.first[node], tape.first[node + 1])).some((operand) => {
    const over = outputOver(local, operand);
    const x = tape.data[operand];
    const h = 1e-6 * Math.max(1, Math.abs(x));
    return Number.isFinite(over(x + h)) || Number.isFinite(over(x - h));
  });
}

/**
 * A gradient that is a number: the slope along the strongest path that shrinks or stretches it most, or the sum over
 * many paths where none does.
 * @param {Walk} walk
 * @param {number} node
 * @param {number} size
 * @returns {Why}
 */
function ordinary(walk, node, size) {
  const { graph, tape } = walk;
  const {
    paths: [path],
    count: paths,
  } = pathsFrom(tape, node, 1);
  const slopes = path.partials.map(Math.abs);
  const extreme = size < TINY ? Math.min(...slopes) : Math.max(...slopes);
  const edge = path.edges[slopes.indexOf(extreme)];
  walk.trail.nodes.push(...path.nodes.slice(1));
  walk.trail.edges.push(...path.edges);
  if (edge === undefined || (size >= TINY && size < HUGE)) {
    return told(walk, "why_ordinary", { name: nameField(graph, node), grad: valueField(tape.grad[node]) });
  }
  if (size < TINY ? extreme >= 1 : extreme <= 1) {
    const phrase = size < TINY ? "why_balanced" : "why_many";
    return told(walk, phrase, { paths: numberField(paths.toLocaleString("en")) });
  }
  const count = numberField(String(slopes.filter((slope) => slope < 1).length));
  return told(walk, size < TINY ? "why_tiny" : "why_huge", { ...edgeFields(walk, edge), count });
}

/** Walk along an edge to the node it belongs to. @param {Walk} walk @param {number} edge @returns {number} */
function step({ tape, trail }, edge) {
  const owner = tape.owner[edge];
  trail.edges.push(edge);
  trail.nodes.push(owner);
  return owner;
}

/** What can be said of an edge. @param {Walk} walk @param {number} edge */
function edgeFields({ graph, tape }, edge) {
  const node = tape.owner[edge];
  const row = OPS[tape.code[node]];
  const slot = edge - tape.first[node];
  const other = row.operands.indexOf(PARTIALS[tape.code[node]][slot] ?? "");
  const on = tape.operand[edge];
  return {
    node: nameField(graph, node),
    op: row.symbol,
    on: nameField(graph, on),
    other: nameField(graph, other < 0 ? on : tape.operand[tape.first[node] + other]),
    value: valueField(tape.data[on]),
    out: valueField(tape.data[node]),
    partial: valueField(tape.partial[edge]),
    factor: numberField(factorNumber(tape.partial[edge])),
    upstream: valueField(tape.grad[node]),
  };
}

/** @param {Walk} walk @param {keyof typeof ANSWERS} phrase @param {Record<string, import("./sentence.js").Field>} fields @returns {Why} */
function told({ trail }, phrase, fields) {
  return { sentence: fill(ANSWERS[phrase], fields), path: trail };
}

/** The live edges that read a node, in the order of the trace. @param {Tape} tape @returns {(node: number) => number[]} */
function usersOf({ size, operand, live }) {
  const head = new Int32Array(size).fill(-1);
  const next = new Int32Array(operand.length);
  operand.forEach((node, e) => {
    if (live[e] !== 2) return;
    next[e] = head[node];
    head[node] = e;
  });
  return (node) => {
    const edges = [];
    for (let e = head[node]; e >= 0; e = next[e]) edges.push(e);
    return edges;
  };
}

/** @param {number} x */
function isInfinite(x) {
  return Math.abs(x) === Number.POSITIVE_INFINITY;
}
