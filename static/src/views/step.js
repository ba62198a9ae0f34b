/** The step just taken: in a sentence, as a rule with its numbers, and the same in code. */
import { eventCode } from "../code.js";
import { fill, h } from "../dom.js";
import { formula } from "../equation.js";
import { eventSentence } from "../explain.js";
import { derivative, mathml, numberTree, operator, plainMath } from "../math.js";
import { nodeName, nodeTree } from "../names.js";
import { contributionOf } from "../replay.js";
import { said } from "../said.js";

/**
 * @typedef {import("../math.js").MathTree} MathTree
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick" | "trace" | "step"> & {
 *   walk: import("../trace.js").TraceState | null}} Slice walk null: nothing to explain
 */

/** @param {HTMLElement} root @param {Slice} slice */
export function step(root, { graph, tape, trace, step, walk }) {
  if (walk === null) {
    fill(root);
    return;
  }
  const event = walk.current;
  const part = event === null ? "before the first" : event.kind === "forward" ? "forward" : "backward";
  fill(
    root,
    h("h2", {}, `Step ${step} of ${trace.length}, ${part}`),
    h("p", { class: "sentence" }, ...said(eventSentence(graph, tape, trace, walk))),
    event !== null && h("div", { class: "inner" }, h("h2", {}, "The rule"), rule(graph, tape, trace, event)),
    event !== null &&
      h("div", { class: "inner" }, h("h2", {}, "The same in code"), sample(graph, tape, trace, step)),
    event?.kind === "contribution" &&
      h(
        "p",
        { class: "block-note" },
        h("b", {}, "Why +=? "),
        "If ",
        nodeName(graph, event.target),
        " feeds two places, both hand it a gradient, and the two add.",
      ),
  );
}

/**
 * @param {Slice["graph"]} graph
 * @param {Slice["tape"]} tape
 * @param {Slice["trace"]} trace
 * @param {import("../trace.js").Event} event
 */
function rule(graph, tape, trace, { kind, node, target, edge }) {
  const out = nodeTree(graph, tape.output);
  const self = nodeTree(graph, node);
  /** @type {MathTree} */
  let tree;
  if (kind === "seed") {
    tree = ["mrow", derivative(out, out), operator("="), ["mn", "1"]];
  } else if (kind === "contribution") {
    const x = nodeTree(graph, target);
    // One of several contributions is not the gradient, so no equals sign leads to it.
    const only = trace.filter((event) => event.kind !== "forward" && event.target === target).length === 1;
    tree = [
      "mrow",
      ...(only ? [derivative(out, x), operator("=")] : []),
      captioned(derivative(out, self), ["mtext", "known:\u00a0"], numberTree(tape.grad[node])),
      operator("·"),
      captioned(derivative(self, x), ["mtext", "local:\u00a0"], numberTree(tape.partial[edge])),
      operator("="),
      numberTree(contributionOf(tape, edge)),
    ];
  } else if (graph.nodes[node].operands.length === 0) {
    tree = ["mrow", self, operator("="), numberTree(tape.data[node])];
  } else {
    const own = graph.nodes[node].name === null ? [] : [self, operator("=")];
    tree = ["mrow", ...own, formula(graph, node, () => false), operator("="), numberTree(tape.data[node])];
  }
  return h(
    "div",
    { class: "chain", tabindex: "0", role: "group", "aria-label": "The rule" },
    mathml(tree, {}, { label: plainMath(tree) }),
  );
}

/** @param {MathTree} tree @param {...MathTree} below @returns {MathTree} */
function captioned(tree, ...below) {
  return ["munder", tree, ["mrow", { class: "caption" }, ...below]];
}

/** @param {Slice["graph"]} graph @param {Slice["tape"]} tape @param {Slice["trace"]} trace @param {number} step */
function sample(graph, tape, trace, step) {
  const { code, mark, comment } = eventCode(graph, tape, trace, step);
  const at = mark === "" ? -1 : code.lastIndexOf(mark);
  return h(
    "p",
    { class: "sample" },
    at < 0 ? code : code.slice(0, at),
    at >= 0 && h("span", { class: "mark" }, mark),
    at >= 0 && code.slice(at + mark.length),
    comment !== "" && h("span", { class: "quiet" }, `\n${comment}`),
  );
}
