/** Who is selected: its shape, its role, data and grad; and the answer as a sentence. */
import { fill, h } from "../dom.js";
import { glyph } from "../names.js";
import { exactNumber, shortNumber } from "../numbers.js";

/**
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick" | "problem"> & {id: number | null,
 *   grads: Float64Array | null, sentence: (Node | string)[]}} Slice
 */

/** What a role is called, and what it means for the reader. @type {Record<string, [string, string]>} */
const ROLES = {
  parameter: ["Parameter", "yours to change"],
  data: ["Data", "given, fixed"],
  constant: ["Constant", "a literal in the text"],
  intermediate: ["In between", "computed"],
  output: ["Output", "what everything is about"],
};

/** @param {HTMLElement} root @param {Slice} slice */
export function who(root, { graph, tape, problem, id, grads, sentence }) {
  if (problem !== null) {
    const place = problem.line === null ? "the text" : `line ${problem.line}`;
    fill(
      root,
      h("h2", {}, "Nothing selected"),
      h(
        "p",
        { class: "sentence" },
        `Once ${place} is fixed, click any node and ask: if I change this slightly, how does the output change?`,
      ),
    );
    return;
  }
  if (id === null) {
    fill(
      root,
      h("h2", {}, "Nothing selected"),
      h(
        "p",
        { class: "sentence" },
        "Click any node and ask: if I change this slightly, how does the output change?",
      ),
    );
    return;
  }
  const [role, means] = ROLES[graph.nodes[id].role];
  const grad = grads === null ? tape.grad[id] : grads[id];
  const waits = grads !== null && Number.isNaN(grad) && !Number.isNaN(tape.grad[id]);
  fill(
    root,
    h(
      "div",
      { class: "who" },
      glyph(graph, id, { large: true }),
      h(
        "div",
        { class: "who-means" },
        h("p", { class: "who-role" }, role),
        h("p", { class: "quiet" }, means),
      ),
      h(
        "div",
        { class: "who-numbers" },
        number("data", shortNumber(tape.data[id], 9), exactNumber(tape.data[id]), ""),
        tape.constant[id] === 0
          ? number(
              "grad",
              waits ? "not yet" : shortNumber(grad, 9),
              waits ? "" : exactNumber(grad),
              waits ? "" : grad > 0 ? "pos" : grad < 0 ? "neg" : "",
            )
          : null,
      ),
    ),
    h("p", { class: "sentence" }, ...sentence),
  );
}

/** @param {string} caption @param {string} text @param {string} exact @param {string} sign */
function number(caption, text, exact, sign) {
  return h(
    "p",
    { class: "who-number" },
    h("span", { class: "quiet" }, caption),
    h("b", { class: sign || null, title: exact || null }, text),
  );
}
