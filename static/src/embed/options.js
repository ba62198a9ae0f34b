/**
 * The options of an embedded graph, read from an address or from an element's attributes and written back. Both spell
 * them alike, and the one table says what there is. Pure.
 */
import { OPTIONS } from "./table.js";

/**
 * @typedef {object} Options
 * @property {"auto" | "light" | "dark"} theme
 * @property {number | null} step events that have happened at first; null: as `start` says
 * @property {string | null} selected a name, an id, or "none"
 * @property {"full" | "steps" | "none"} controls
 * @property {number | null} height in pixels; null: as the width asks
 * @property {"end" | "begin" | "forward" | "play"} start
 * @property {"none" | "values" | "all"} lock
 * @property {("equation" | "sentence" | "chips" | "open")[]} hide
 * @property {string} lang
 */

/** Longer than any name that a program may have. */
const LONGEST = 80;

/**
 * What the words mean; nonsense is as if it were absent.
 * @param {(name: string) => string | null} word an option's text, null where it is absent
 * @returns {Options}
 */
export function readOptions(word) {
  return /** @type {Options} */ (
    Object.fromEntries(OPTIONS.map((row) => [row.name, readOption(row, word(row.name))]))
  );
}

/** @param {import("./table.js").Row} row @param {string | null} given */
function readOption(row, given) {
  const text = (given?.trim() || (given === null ? row.default : row.bare || row.default)).slice(0, LONGEST);
  const word = text.toLowerCase();
  switch (row.kind) {
    case "choice":
      return row.values.includes(word) ? word : row.default;
    case "list":
      return row.values.filter((value) => word.split(/[\s,]+/).includes(value));
    case "number":
      return /^\d{1,9}(\.\d*)?(px)?$/.test(word) ? within(row, Math.round(Number.parseFloat(word))) : null;
    case "text":
      return text === "" ? null : text;
  }
}

/** @param {import("./table.js").Row} row @param {number} number */
function within({ least, most }, number) {
  return Math.min(most, Math.max(least, number));
}

/**
 * Those that are not as usual, as names and texts.
 * @param {Partial<Options>} options
 * @returns {[string, string][]}
 */
export function writeOptions(options) {
  return OPTIONS.flatMap(({ name, default: usual }) => {
    const text = String(options[/** @type {keyof Options} */ (name)] ?? "");
    return text === "" || text === usual ? [] : [/** @type {[string, string]} */ ([name, text])];
  });
}
