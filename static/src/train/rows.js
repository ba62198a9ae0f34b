/**
 * Rows of numbers from text: typed, pasted or from a file; comma, semicolon, tab or spaces between them. What cannot be
 * read is told by row and column, and nothing is dropped in silence: the text stays the reader's. Pure.
 */
import { grouped, problem } from "./definition.js";
import { LIMITS, LOSSES } from "./tables.js";

/**
 * `row` is the line in the text and `column` the cell in it, both from 1.
 * @typedef {{row: number, column: number, message: string}} BadCell
 *
 * @typedef {object} ReadRows
 * @property {number[][]} inputs of the rows without a problem
 * @property {(number | number[])[]} targets
 * @property {number[]} lines the line of each of them
 * @property {string[]} names of the columns: the header's, or x[0] … y
 * @property {number} nin numbers of an example
 * @property {string} separator "," ";" "\t" or " "
 * @property {BadCell[]} problems the first MOST_PROBLEMS
 * @property {number} more problems that are not listed
 *
 * @typedef {{line: number, cells: string[]}} Line
 */

export const MOST_PROBLEMS = 100;
const SEPARATORS = ["\t", ";", ",", " "];
const SAMPLE = 20;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const NO_NUMBER = /^[-+]?(?:nan|inf|infinity|∞|n\/a|null|none)$/i;

/**
 * Whether a file is small enough to be read at all.
 * @param {number} bytes
 * @param {string} name
 * @returns {import("./definition.js").Problem | null}
 */
export function checkFile(bytes, name) {
  const most = LIMITS.training_body_bytes;
  if (bytes <= most) return null;
  const message = `${name.slice(0, 40)} has ${grouped(Math.ceil(bytes / 1024))} kB; at most ${grouped(Math.floor(most / 1024))} kB can be read.`;
  return problem("file_too_large", message, "Take fewer rows.", ["data"]);
}

/**
 * @param {string} text
 * @param {{nin: number | null, width: number, loss: string}} wanted inputs of an example, or null to take all columns
 *   but the targets; outputs of the network; the loss, which says what a target is
 * @returns {ReadRows}
 */
export function readRows(text, { nin, width, loss }) {
  const classes = LOSSES[loss].targets === "class";
  const answers = classes ? 1 : width;
  /** @type {BadCell[]} */
  const problems = [];
  let more = 0;
  const tell = (/** @type {number} */ row, /** @type {number} */ column, /** @type {string} */ message) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ row, column, message });
    else more++;
  };
  if (text.length > LIMITS.training_body_bytes) {
    const found = checkFile(text.length, "The text");
    return emptyRows(nin ?? 0, answers, [{ row: 1, column: 1, message: found?.message ?? "" }]);
  }
  const clean = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const separator = separatorOf(clean, nin === null ? null : nin + answers);
  const records = split(clean, separator);
  const head = records.length && isHeader(records[0]) ? records.shift() : undefined;
  const inputsOf = nin ?? Math.max(1, usualWidth(records, head) - answers);
  const needed = inputsOf + answers;
  const found = emptyRows(inputsOf, answers, problems);
  found.separator = separator;
  if (head) found.names = found.names.map((name, at) => head.cells[at] || name);
  for (const { line, cells } of records) {
    while (cells.length > needed && cells[cells.length - 1] === "") cells.pop();
    if (cells.length !== needed) {
      tell(line, Math.min(cells.length, needed) + 1, countMessage(cells.length, inputsOf, answers));
      continue;
    }
    const numbers = cells.map((cell) => toNumber(cell, separator));
    const bad = cells.flatMap((cell, at) => {
      const message = Number.isFinite(numbers[at])
        ? at < inputsOf
          ? ""
          : targetMessage(numbers[at], cell, loss, width)
        : cellMessage(cell);
      return message ? [{ at, message }] : [];
    });
    for (const { at, message } of bad) tell(line, at + 1, message);
    if (bad.length) continue;
    found.inputs.push(numbers.slice(0, inputsOf));
    found.targets.push(answers === 1 ? numbers[inputsOf] : numbers.slice(inputsOf));
    found.lines.push(line);
  }
  if (records.length === 0) tell(1, 1, "There is no row here.");
  found.more = more;
  return found;
}

/**
 * Rows as CSV, with a line of names; `readRows` reads the same numbers back, to the last bit.
 * @param {import("./definition.js").Rows} rows
 * @param {string[]} [names]
 */
export function writeRows({ inputs, targets }, names) {
  const answers = typeof targets[0] === "object" ? targets[0].length : 1;
  const head = names ?? columnNames(inputs[0]?.length ?? 0, answers);
  const rows = inputs.map((input, k) => [...input, targets[k]].flat().map(numberText));
  return `${[head.map(quoted), ...rows].map((cells) => cells.join(",")).join("\n")}\n`;
}

/** @param {number} x */
function numberText(x) {
  return Object.is(x, -0) ? "-0" : String(x);
}

/** @param {string} name */
function quoted(name) {
  return /[",;\t\n\r]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** @param {number} nin @param {number} answers */
function columnNames(nin, answers) {
  const name = (/** @type {string} */ letter) => (/** @type {unknown} */ _, /** @type {number} */ at) =>
    `${letter}[${at}]`;
  return [
    ...Array.from({ length: nin }, name("x")),
    ...(answers === 1 ? ["y"] : Array.from({ length: answers }, name("y"))),
  ];
}

/** @param {number} nin @param {number} answers @param {BadCell[]} problems @returns {ReadRows} */
function emptyRows(nin, answers, problems) {
  const names = columnNames(nin, answers);
  return { inputs: [], targets: [], lines: [], names, nin, separator: ",", problems, more: 0 };
}

/**
 * The cells of every line that is not blank. Quotes hold a cell together, two of them are one in it.
 * @param {string} text
 * @param {string} separator
 * @param {number} [most] lines
 */
function split(text, separator, most = Number.POSITIVE_INFINITY) {
  const blank = separator === " " ? "[ \\t]" : separator === "\t" ? "[ ]" : "[ \\t]";
  const between = separator === " " ? "[ \\t]+" : separator;
  const outside = separator === " " ? "[^ \\t\\n]" : `[^${separator}\\n]`;
  const cell = new RegExp(
    `${blank}*(?:"((?:[^"]|"")*)"${blank}*|(${outside}*))(${between}(?=.)|${between}|\\n|$)`,
    "y",
  );
  /** @type {Line[]} */
  const rows = [];
  let line = 1;
  /** @type {Line} */
  let row = { line, cells: [] };
  while (cell.lastIndex < text.length && rows.length < most) {
    const found = /** @type {RegExpExecArray} */ (cell.exec(text));
    const [whole, inside, plain, end] = found;
    const words = inside === undefined ? plain.trim() : inside.replaceAll('""', '"');
    row.cells.push(words);
    line += whole.split("\n").length - 1;
    if (end !== "\n" && cell.lastIndex < text.length) continue;
    if (end !== "\n" && end !== "" && separator !== " ") row.cells.push("");
    finish(row, rows, separator);
    row = { line, cells: [] };
  }
  return rows;
}

/** @param {Line} row @param {Line[]} rows @param {string} separator */
function finish(row, rows, separator) {
  if (separator === " " && row.cells[row.cells.length - 1] === "") row.cells.pop();
  if (row.cells.some((cell) => cell !== "")) rows.push(row);
}

/**
 * What stands between the numbers: what splits most of the first lines into the numbers needed, or else into numbers.
 * @param {string} text
 * @param {number | null} needed
 */
function separatorOf(text, needed) {
  let best = { separator: ",", score: 0 };
  for (const separator of SEPARATORS) {
    let score = 0;
    for (const { cells } of split(text, separator, SAMPLE)) {
      if (cells.length < 2) continue;
      const numeric = cells.filter((cell) => Number.isFinite(toNumber(cell, separator))).length;
      score +=
        1 + numeric / cells.length + (numeric === cells.length ? 4 : 0) + (cells.length === needed ? 4 : 0);
    }
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}

/** A line of names: no cell that is a number, or begins like one. @param {Line} row */
function isHeader({ cells }) {
  return (
    cells.length > 1 &&
    cells.some((cell) => /\p{L}/u.test(cell)) &&
    cells.every((cell) => !/^\W*\d/.test(cell) && !NO_NUMBER.test(cell))
  );
}

/** @param {Line[]} rows @param {Line | undefined} head */
function usualWidth(rows, head) {
  return head?.cells.length ?? rows[0]?.cells.length ?? 0;
}

/**
 * NaN where the cell is no number. Where the comma is not between numbers it may stand for the point.
 * @param {string} cell
 * @param {string} separator
 */
function toNumber(cell, separator) {
  let text = cell.replace(/^−/, "-").replace(/(e)−/i, "$1-");
  if (separator !== "," && /^[^.,]*,[^.,]*$/.test(text)) text = text.replace(",", ".");
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}

/** @param {number} count @param {number} nin @param {number} answers */
function countMessage(count, nin, answers) {
  const needed = `${nin} ${nin === 1 ? "input" : "inputs"} and ${answers} ${answers === 1 ? "target" : "targets"}`;
  return `This row has ${count} ${count === 1 ? "number" : "numbers"}; ${nin + answers} are needed: ${needed}.`;
}

/** @param {string} cell */
function cellMessage(cell) {
  if (cell === "") return "A number is missing.";
  const shown = cell.length > 40 ? `${cell.slice(0, 39)}…` : cell;
  if (NO_NUMBER.test(cell)) return `${shown} is not a number that can be learned from.`;
  if (NUMBER.test(cell)) return `${shown} is larger than any float64.`;
  return `“${shown}” is not a number.`;
}

/** @param {number} y @param {string} cell @param {string} loss @param {number} width */
function targetMessage(y, cell, loss, width) {
  const kind = LOSSES[loss].targets;
  if (kind === "class" && (!Number.isInteger(y) || y < 0 || y >= width))
    return `${cell} is not a class from 0 to ${width - 1}.`;
  if (kind === "plus_minus" && Math.abs(y) !== 1) return `${cell} is not −1 or 1, as ${loss} needs.`;
  if (kind === "probability" && (y < 0 || y > 1)) return `${cell} is not from 0 to 1, as ${loss} needs.`;
  return "";
}
