/** What can be written here: names that have a value, the operations with their note, and the language's own words. */

import { boundTo } from "../calls.js";
import { FORMULAS } from "../formulas.js";
import { OPS } from "../kernel.js";
import { NOTES } from "../notes.js";
import { exactNumber, shortNumber } from "../numbers.js";
import { lineAt, linesOf, tokensOf } from "../text.js";

/**
 * @typedef {import("./index.js").Slice} Slice
 * @typedef {import("@codemirror/autocomplete").Completion} Completion
 * @typedef {import("@codemirror/autocomplete").CompletionContext} CompletionContext
 * @typedef {import("@codemirror/autocomplete").CompletionResult} CompletionResult
 */

/** Letters before names are offered unasked: a single one is more often a name than the beginning of one. */
const LEAST = 2;

/** The words that are no operation, in the order of `BUILT_IN` in engine/program/names.py. */
export const WORDS = [
  { name: "sum", note: "Adds what a list holds, from its first element on." },
  { name: "mean", note: "The sum of a list over its length." },
  { name: "len", note: "How many elements a list has." },
  { name: "zip", note: "Walks several lists side by side." },
  { name: "range", note: "Counts: range(3) is 0, 1, 2." },
  { name: "enumerate", note: "A list's elements with their numbers." },
  { name: "data", note: "data(2) is given, not learned: no step changes it." },
  { name: "Value", note: "A parameter with a label: Value(2.0, label='a')." },
  { name: "Neuron", note: "Neuron(3): tanh of three weighted inputs and a bias." },
  { name: "Layer", note: "Layer(3, 4): four neurons that read the same three inputs." },
  { name: "MLP", note: "MLP(3, [4, 4, 1]): layers one after another." },
];

/** @type {Completion[]} */
const CALLS = [
  ...OPS.flatMap(({ name, infix }, code) =>
    infix === null && name !== "leaf" ? [called(name, FORMULAS[code].title, NOTES[code])] : [],
  ),
  ...WORDS.map(({ name, note }) => called(name, "", note)),
];

/** What may follow a dot. @type {Completion[]} */
const METHODS = [
  ...OPS.flatMap(({ name, infix, operands }, code) =>
    infix === null && operands.length > 0 ? [called(name, FORMULAS[code].title, NOTES[code])] : [],
  ),
  called("backward", "", "Names the output: the number every gradient is of."),
];

/**
 * @param {() => Slice} read
 * @returns {(context: CompletionContext) => CompletionResult | null}
 */
export function completing(read) {
  return ({ state, pos, explicit }) => {
    const line = state.doc.lineAt(pos);
    const before = line.text.slice(0, pos - line.from);
    const word = /[\w\u0370-\u03ff]*$/u.exec(before)?.[0] ?? "";
    const from = pos - word.length;
    const lead = before.slice(0, before.length - word.length);
    const dotted = lead.endsWith(".");
    if (/^\d/.test(word) || /(?:^|[^\w\u0370-\u03ff])\d+\.$/u.test(lead) || inComment(before)) return null;
    if (word.length < (dotted ? 0 : LEAST) && !explicit) return null;
    const options = dotted ? METHODS : [...namesAt(read(), state.sliceDoc(), from), ...CALLS];
    // A word that is finished wants no help, and Enter after it is a new line.
    if (!explicit && options.some(({ label }) => label === word)) return null;
    return { from, options };
  };
}

/**
 * The names bound before an offset, with their values where they have one, the nearest first.
 * @param {Pick<Slice, "graph" | "tape">} slice
 * @param {string} text
 * @param {number} offset
 * @returns {Completion[]}
 */
export function namesAt({ graph, tape }, text, offset) {
  const last = lineAt(text, offset);
  /** @type {Map<string, number>} */
  const found = new Map();
  linesOf(text)
    .slice(0, last + 1)
    .forEach(({ text: line, start }, index) => {
      const code = line.replace(/#.*/, "");
      for (const { kind, text: name, start: at } of tokensOf(code)) {
        // What a statement binds has no value yet within it.
        const bound = index < last || code.slice(at, offset - start).includes(";");
        if (kind === "name" && bound) found.set(name, index);
      }
      for (const [, names] of code.matchAll(/\bfor\s+([\w\u0370-\u03ff\s,()]+?)\s+in\b/gu)) {
        if (index === last) for (const name of names.match(/[^\s,()]+/g) ?? []) found.set(name, index);
      }
    });
  /** @type {Map<string, number>} */
  const ids = new Map();
  for (const { id, operands } of graph.nodes) {
    const name = boundTo(graph, id);
    if (name === null) continue;
    ids.set(name, id);
    // A name that the text uses but never binds has its value from a slider.
    if (operands.length === 0 && /^[A-Za-z_\u0370-\u03ff][\w\u0370-\u03ff]*$/u.test(name) && !found.has(name))
      found.set(name, -1);
  }
  return [...found].map(([label, line]) => {
    const id = ids.get(label);
    return {
      label,
      type: "variable",
      boost: 50 - Math.min(last - line, 49),
      ...(id === undefined
        ? {}
        : { detail: `= ${shortNumber(tape.data[id], 8)}`, info: `${label} = ${exactNumber(tape.data[id])}` }),
    };
  });
}

/** @param {string} name @param {string} title @param {string} note @returns {Completion} */
function called(name, title, note) {
  return {
    label: name,
    type: "function",
    info: note,
    ...(title === "" ? {} : { detail: title }),
    apply: (view, _, from, to) => {
      const open = view.state.sliceDoc(to, to + 1) === "(";
      view.dispatch({
        changes: { from, to, insert: open ? name : `${name}()` },
        selection: { anchor: from + name.length + 1 },
        userEvent: "input.complete",
      });
    },
  };
}

/** @param {string} before the line up to here */
function inComment(before) {
  return tokensOf(before).at(-1)?.kind === "comment";
}
