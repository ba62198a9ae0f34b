/** While the text does not make sense: what still has a value, and what can be written. */
import { boundTo } from "../calls.js";
import { fill, h } from "../dom.js";
import { OPS } from "../kernel.js";
import { exactNumber, shortNumber } from "../numbers.js";
import { nameElement } from "../said.js";
import { lineAt, linesOf, sameLines } from "../text.js";

/**
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick" | "text" | "settled" | "spans" | "problem">} Slice
 */

const MOST = 30;

/** @param {HTMLElement} root @param {Slice} slice */
export function names(root, slice) {
  if (slice.problem === null) {
    fill(root);
    return;
  }
  const rows = known(slice);
  fill(
    root,
    h("h2", {}, "Names with a value"),
    rows.length === 0
      ? h("p", { class: "block-note" }, none(slice))
      : h(
          "table",
          { class: "table" },
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              h("th", { scope: "col" }, "name"),
              h("th", { scope: "col" }, "from line"),
              h("th", { scope: "col" }, "value"),
            ),
          ),
          h(
            "tbody",
            {},
            ...rows.map(({ id, line }) =>
              h(
                "tr",
                {},
                h("td", {}, nameElement(boundTo(slice.graph, id) ?? "")),
                h("td", { class: "quiet" }, String(line + 1)),
                h("td", { title: exactNumber(slice.tape.data[id]) }, shortNumber(slice.tape.data[id], 9)),
              ),
            ),
          ),
        ),
    h("h2", { class: "spaced" }, "You can write"),
    h("p", { class: "sample" }, `${signs()}  ( )\n${functions()}\n# a comment`),
  );
}

/** Why there are none. @param {Slice} slice */
function none({ problem }) {
  return problem?.line === 1
    ? "None before the problem."
    : "None known: the graph shown has none of the lines before the problem.";
}

/**
 * The named nodes of the lines before the problem that are as they were.
 * @param {Slice} slice
 */
function known({ graph, text, settled, spans, problem }) {
  const before = new Map(sameLines(text, settled).flatMap((old, line) => (old < 0 ? [] : [[old, line]])));
  const last = problem?.line ?? linesOf(text).length + 1;
  /** @type {Map<string, {id: number, line: number}>} */
  const rows = new Map();
  for (const { id } of graph.nodes) {
    const name = boundTo(graph, id);
    const span = spans[id];
    if (name === null || !span) continue;
    const line = before.get(lineAt(settled, span[0]));
    if (line !== undefined && line < last - 1) rows.set(name, { id, line });
  }
  return [...rows.values()].sort((a, b) => a.line - b.line || a.id - b.id).slice(0, MOST);
}

function signs() {
  return OPS.flatMap(({ infix }) => (infix !== null && infix !== "-x" ? [infix] : [])).join("  ");
}

function functions() {
  return OPS.filter(({ infix, name }) => infix === null && name !== "leaf")
    .map(({ name }) => name)
    .join("  ");
}
