/** The output as a formula over the leaves, the longest form that fits beside the buttons. */
import { equations } from "../equation.js";
import { mathml, plainMath } from "../math.js";
import { nameElement } from "../said.js";

/** @typedef {{graph: import("../state.js").Graph, width: number}} Slice width: of the page, since room decides the form */

/** @param {HTMLElement} root @param {Slice} slice */
export function equation(root, { graph }) {
  for (const tree of equations(graph)) {
    root.replaceChildren(mathml(tree, {}, { label: plainMath(tree) }));
    if (root.scrollWidth <= root.clientWidth) return;
  }
  // As text, which can end in an ellipsis.
  root.replaceChildren(nameElement(graph.nodes[graph.output].name ?? "output"));
}
