/** An op and what it is written by: the switch between them, and the gradients at its boundary, which stay. */
import { fill, h } from "../dom.js";
import { nodeName } from "../names.js";
import { exactNumber, shortNumber } from "../numbers.js";

/**
 * @typedef {{node: number, whole: number, now: number}} Pinned a node at the boundary: its grad with the op whole, and now
 * @typedef {{graph: import("../state.js").Graph, tick: number, id: number | null, op: string | null, open: boolean,
 *   pinned: Pinned[], send: (action: import("../state.js").Action) => void}} Slice op null: it is written by no others
 */

/** Two ways of computing the same agree to this, relatively. */
const SAME = 1e-9;

/** @param {HTMLElement} root @param {Slice} slice */
export function apart(root, { graph, id, op, open, pinned, send }) {
  if (id === null || op === null) {
    fill(root);
    return;
  }
  fill(
    root,
    h(
      "button",
      { type: "button", class: "button", "aria-pressed": open, onclick: () => send({ type: "apart", id }) },
      open ? `Put ${op} back together` : `Take ${op} apart`,
    ),
    open &&
      h(
        "ul",
        { class: "pinned" },
        ...pinned.map(({ node, whole, now }) =>
          h(
            "li",
            { title: `${exactNumber(whole)}, ${exactNumber(now)}` },
            nodeName(graph, node),
            `.grad ${shortNumber(whole)} before, ${shortNumber(now)} now `,
            same(whole, now) ? h("b", { class: "good" }, "✓ same") : h("b", { class: "bad" }, "✗"),
          ),
        ),
      ),
  );
}

/** @param {number} a @param {number} b */
function same(a, b) {
  return Object.is(a, b) || Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b));
}
