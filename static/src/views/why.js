/** Why a gradient is 0, tiny, huge, infinite or not a number: the cause in a sentence, and the walk to it. */
import { fill, h } from "../dom.js";
import { glyph } from "../names.js";
import { shortNumber } from "../numbers.js";
import { said } from "../said.js";

/**
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick"> & {id: number | null,
 *   why: import("../why.js").Why | null, send: (action: import("../state.js").Action) => void}} Slice
 */

/** Stations of the walk written out. */
const FEW = 6;

/** @param {HTMLElement} root @param {Slice} slice */
export function why(root, { graph, tape, id, why: cause, send }) {
  if (id === null || cause === null) {
    fill(root);
    return;
  }
  const { sentence, path } = cause;
  const stations =
    path.nodes.length > FEW ? [...path.nodes.slice(0, FEW - 2), -1, ...path.nodes.slice(-1)] : path.nodes;
  fill(
    root,
    h("h2", {}, `Where the ${shortNumber(tape.grad[id])} comes from`),
    h("p", { class: "why" }, ...said(sentence)),
    path.nodes.length > 1 &&
      h(
        "div",
        { class: "path-links", role: "group", "aria-label": "The way to the cause" },
        ...stations.map((node, k) => {
          const station =
            node === -1
              ? h("span", { class: "quiet" }, `${path.nodes.length - FEW + 1} more`)
              : glyph(graph, node, { onclick: () => send({ type: "select", id: node }) });
          return k === 0
            ? station
            : h("span", { class: "path-link" }, h("span", { class: "path-factor" }, "→"), station);
        }),
      ),
  );
}
