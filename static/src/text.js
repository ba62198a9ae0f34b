/**
 * The program's text and the places in it: where each node's expression stands, what a slider writes there, which
 * value belongs at which line's end, and which edits would mend a problem. Offsets are UTF-16 units, as in a
 * textarea; the API counts code points, and only `unitsOf` and `placeOf` translate.
 */

/**
 * @typedef {[number, number] | null} Span [start, end)
 * @typedef {{start: number, end: number, insert: string}} Edit
 * @typedef {{label: string, code: string, rest: string, edit: Edit}} Fix a button: label, the code it writes, the rest
 * @typedef {{kind: "name" | "sign" | "comment" | "plain", text: string, start: number}} Token
 */

const NUMBER = /^[+-]?\s*(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** A name where a statement binds it. */
const BINDS = /(?:^|;)\s*([A-Za-z_\u0370-\u03ff][\w\u0370-\u03ff]*)\s*(?:\*\*|\/\/|[-+*/])?=(?!=)/gu;
/** A label given to a name: `x1w1.label = 'x1*w1'`. */
const LABELS = /([A-Za-z_\u0370-\u03ff][\w\u0370-\u03ff]*)\.label\s*=\s*(["'])(.*?)\2/gu;
const NAME = /[A-Za-z_\u0370-\u03ff][\w\u0370-\u03ff]*/u;

/**
 * Spans in code points to spans in UTF-16 units.
 * @param {string} text
 * @param {readonly (readonly number[] | null)[]} spans
 * @returns {Span[]}
 */
export function unitsOf(text, spans) {
  if (!/[\ud800-\udbff]/.test(text)) return spans.map((span) => span && [span[0], span[1]]);
  const units = [0];
  for (const character of text) units.push(units[units.length - 1] + character.length);
  return spans.map((span) => span && [units[span[0]], units[span[1]]]);
}

/**
 * Where a problem stands. Line and column count from 1 and in code points.
 * @param {string} text
 * @param {{line: number | null, column: number | null, length: number | null}} problem
 * @returns {Span}
 */
export function placeOf(text, { line, column, length }) {
  if (line === null || column === null) return null;
  const lines = linesOf(text);
  const row = lines[Math.min(line, lines.length) - 1];
  const letters = Array.from(row.text);
  const start = row.start + letters.slice(0, column - 1).join("").length;
  const end = start + letters.slice(column - 1, column - 1 + Math.max(1, length ?? 1)).join("").length;
  return [start, Math.max(start, end)];
}

/** @param {string} text @returns {{text: string, start: number}[]} */
export function linesOf(text) {
  let start = 0;
  return text.split("\n").map((line) => {
    const row = { text: line, start };
    start += line.length + 1;
    return row;
  });
}

/** Index of the line that holds an offset. @param {string} text @param {number} offset */
export function lineAt(text, offset) {
  let line = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** Whether a number stands there that a slider may rewrite. @param {string} text @param {Span} span */
export function isLiteral(text, span) {
  return span !== null && NUMBER.test(text.slice(span[0], span[1]));
}

/**
 * The text with a number replaced, and every span moved along.
 * @param {string} text
 * @param {readonly Span[]} spans
 * @param {[number, number]} span
 * @param {string} literal
 * @returns {{text: string, spans: Span[]}}
 */
export function rewrite(text, spans, [start, end], literal) {
  const shift = literal.length - (end - start);
  /** @param {number} offset */
  const moved = (offset) => (offset >= end ? offset + shift : offset);
  return {
    text: text.slice(0, start) + literal + text.slice(end),
    spans: shift === 0 ? [...spans] : spans.map((span) => span && [moved(span[0]), moved(span[1])]),
  };
}

/**
 * For each line the node whose value it ends in, or -1: the last node that the line binds to a name.
 * @param {string} text
 * @param {readonly {name: string | null, bound?: string, operands: readonly number[]}[]} nodes
 * @param {readonly Span[]} spans
 * @returns {number[]}
 */
export function lineNodes(text, nodes, spans) {
  const lines = linesOf(text);
  const starts = lines.map(({ start }) => start);
  const labels = new Map(Array.from(text.matchAll(LABELS), ([, name, , label]) => [name, label]));
  const bound = lines.map((line) => {
    const names = Array.from(line.text.matchAll(BINDS), (match) => match[1]);
    return new Set(names.flatMap((name) => [name, labels.get(name) ?? name]));
  });
  const found = lines.map(() => -1);
  nodes.forEach((node, id) => {
    const name = node.bound ?? node.name;
    const span = spans[id];
    if (!span || name === null || node.operands.length === 0) return;
    const line = lastAtMost(starts, span[0]);
    if (bound[line].has(name)) found[line] = id;
  });
  return found;
}

/** Index of the last number that is at most `x`, in a rising list that begins at 0. @param {number[]} rising @param {number} x */
function lastAtMost(rising, x) {
  let [low, high] = [0, rising.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (rising[middle] <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * For each line of `now`, the index of the same line in `before`, or -1: lines are matched from both ends.
 * @param {string} now
 * @param {string} before
 * @returns {number[]}
 */
export function sameLines(now, before) {
  const a = now.split("\n");
  const b = before.split("\n");
  const match = a.map(() => -1);
  let top = 0;
  while (top < a.length && top < b.length && a[top] === b[top]) match[top] = top++;
  for (let i = a.length - 1, j = b.length - 1; i >= top && j >= top && a[i] === b[j]; i--, j--) match[i] = j;
  return match;
}

/**
 * A line in pieces for colouring: names where they are bound, operators, comments, the rest.
 * @param {string} line
 * @returns {Token[]}
 */
export function tokensOf(line) {
  /** @type {Token[]} */
  const tokens = [];
  const pattern =
    /#.*|[A-Za-z_\u0370-\u03ff][\w\u0370-\u03ff]*(?=\s*(?:\*\*|[-+*/])?=(?!=))|[=+\-*/^%<>|&]+/gu;
  let at = 0;
  for (const match of line.matchAll(pattern)) {
    if (match.index > at) tokens.push({ kind: "plain", text: line.slice(at, match.index), start: at });
    const [text] = match;
    const kind = text.startsWith("#") ? "comment" : NAME.test(text[0]) ? "name" : "sign";
    tokens.push({ kind, text, start: match.index });
    at = match.index + text.length;
  }
  if (at < line.length) tokens.push({ kind: "plain", text: line.slice(at), start: at });
  return tokens;
}

/**
 * Edits that would mend a problem: what the hint names in place of what is marked, and a line that gives an unknown
 * name a value.
 * @param {string} text
 * @param {{code: string, hint: string | null, line: number | null, column: number | null, length: number | null}} problem
 * @returns {Fix[]}
 */
export function fixesOf(text, problem) {
  const place = placeOf(text, problem);
  if (place === null) return [];
  const [start, end] = place;
  const marked = text.slice(start, end);
  /** @type {Fix[]} */
  const fixes = [];
  const meant = /[Dd]id you mean (\S+?)\s?\?/.exec(problem.hint ?? "");
  const instead = /^Write (\S+) instead\.?$/.exec(problem.hint ?? "");
  if (meant)
    fixes.push({ label: "Did you mean", code: meant[1], rest: "?", edit: { start, end, insert: meant[1] } });
  if (instead)
    fixes.push({
      label: "Write",
      code: instead[1],
      rest: "instead",
      edit: { start, end, insert: instead[1] },
    });
  if (problem.code === "unknown_name" && new RegExp(`^${NAME.source}$`, "u").test(marked)) {
    const idle = meant ? undefined : idleName(text, start);
    if (idle !== undefined)
      fixes.push({ label: "Did you mean", code: idle, rest: "?", edit: { start, end, insert: idle } });
    const line = lineAfterLeaves(text, lineAt(text, start));
    const at = linesOf(text)[line].start;
    fixes.push({
      label: "Add",
      code: `${marked} = 1`,
      rest: `on line ${line + 1}`,
      edit: { start: at, end: at, insert: `${marked} = 1\n` },
    });
  }
  return fixes;
}

/**
 * The last name bound before an offset that nothing reads: what a name that means nothing was probably meant to be.
 * @param {string} text
 * @param {number} before
 */
function idleName(text, before) {
  const code = text.replace(/#.*/g, (comment) => " ".repeat(comment.length));
  const bound = Array.from(
    code.slice(0, before).matchAll(new RegExp(`(?:^|;)\\s*(${NAME.source})\\s*=(?!=)`, "gmu")),
  );
  const line = lineAt(text, before);
  return bound
    .filter((match) => lineAt(text, match.index + match[0].length) !== line)
    .map((match) => match[1])
    .findLast((name) => {
      const uses = code.match(
        new RegExp(`(?<![\\w\\u0370-\\u03ff])${escaped(name)}(?![\\w\\u0370-\\u03ff])`, "gu"),
      );
      return uses?.length === 1;
    });
}

/** @param {string} text @param {Edit} edit */
export function applied(text, { start, end, insert }) {
  return text.slice(0, start) + insert + text.slice(end);
}

/**
 * The first line, at most `before`, that does more than give names their numbers.
 * @param {string} text
 * @param {number} before
 */
function lineAfterLeaves(text, before) {
  const gives = new RegExp(
    `^\\s*(?:${NAME.source}\\s*=\\s*[-+]?\\s*[\\d.][\\w.]*(?:[-+]\\d+)?\\s*(?:;\\s*|$))*(?:#.*)?$`,
    "u",
  );
  const lines = text.split("\n");
  let line = 0;
  while (line < before && gives.test(lines[line])) line++;
  return line;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
