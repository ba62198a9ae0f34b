/** Places in the program: the node an offset belongs to, the numbers that can be dragged, what two texts differ in. */
import { isLiteral } from "../text.js";

/**
 * @typedef {import("../text.js").Span} Span
 * @typedef {{op: string, operands: readonly number[]}} Node
 */

/**
 * The node with the smallest expression around an offset. Outside of every expression, on the name a statement binds,
 * it is the node of the statement's largest expression. Where several nodes come from one expression (a list built
 * from it, a call of a network) the selected one stays, else it is the last: the expression's value.
 * @param {string} text
 * @param {readonly Span[]} spans by node
 * @param {number} offset
 * @param {number | null} selected
 * @returns {number | null}
 */
export function nodeAt(text, spans, offset, selected) {
  const around = best(spans, selected, ([start, end]) =>
    start <= offset && offset <= end ? start - end : null,
  );
  if (around !== null) return around;
  const before = text.slice(0, offset);
  const start = Math.max(before.lastIndexOf("\n"), before.lastIndexOf(";")) + 1;
  if (before.slice(start).includes("#")) return null;
  const length = text.slice(offset).search(/[\n;#]/);
  const end = length < 0 ? text.length : offset + length;
  return best(spans, selected, (span) => (start <= span[0] && span[1] <= end ? span[1] - span[0] : null));
}

/**
 * The node whose span scores highest; null is out of the question.
 * @param {readonly Span[]} spans
 * @param {number | null} selected preferred among equals
 * @param {(span: [number, number]) => number | null} score
 */
function best(spans, selected, score) {
  /** @type {number | null} */
  let found = null;
  let most = Number.NEGATIVE_INFINITY;
  spans.forEach((span, id) => {
    const points = span === null ? null : score(span);
    if (points === null || points < most || (points === most && found === selected)) return;
    most = points;
    found = id;
  });
  return found;
}

/**
 * Numbers in the text that stand for leaves, in order of the text: one per place, with the first of its nodes.
 * @param {string} text
 * @param {readonly Node[]} nodes
 * @param {readonly Span[]} spans
 * @returns {{start: number, end: number, id: number}[]}
 */
export function numbersIn(text, nodes, spans) {
  /** @type {Map<number, {start: number, end: number, id: number}>} */
  const found = new Map();
  spans.forEach((span, id) => {
    if (span === null || nodes[id].operands.length > 0 || found.has(span[0])) return;
    if (isLiteral(text, span)) found.set(span[0], { start: span[0], end: span[1], id });
  });
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/**
 * The one change that makes `before` into `after`, or null: everything but their common beginning and end.
 * @param {string} before
 * @param {string} after
 * @returns {{from: number, to: number, insert: string} | null}
 */
export function difference(before, after) {
  if (before === after) return null;
  const shortest = Math.min(before.length, after.length);
  let from = 0;
  while (from < shortest && before[from] === after[from]) from++;
  let same = 0;
  while (same < shortest - from && before[before.length - 1 - same] === after[after.length - 1 - same])
    same++;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}
