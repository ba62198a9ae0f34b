/** Every path from the selected node to the output, the product along each, and their sum. */
import { fill, h, mend } from "../dom.js";
import { glyph, nodeName } from "../names.js";
import { exactNumber, factorNumber, shortNumber, signedNumber } from "../numbers.js";
import { pathsFrom } from "../paths.js";

/**
 * @typedef {import("../paths.js").Path} Path
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick"> & {id: number | null,
 *   send: (action: import("../state.js").Action) => void}} Slice id null: nothing to explain
 */

/** What a root shows. @type {WeakMap<Element, {graph: Slice["graph"], ways: string}>} */
const shown = new WeakMap();

/** Links of a path written out at either end; what lies between is one link with their product. */
const ENDS = 3;

/** @param {HTMLElement} root @param {Slice} slice */
export function paths(root, slice) {
  const { graph, tape, id } = slice;
  if (id === null || tape.constant[id] || id === tape.output || !tape.reaches[id]) {
    fill(root);
    return;
  }
  const { paths: listed, count, rest } = pathsFrom(tape, id);
  const total = tape.grad[id];
  const ways = listed.map(({ edges }) => edges.join()).join(" ");
  const same = shown.get(root)?.graph === graph && shown.get(root)?.ways === `${id} ${ways}`;
  shown.set(root, { graph, ways: `${id} ${ways}` });
  // While a number is dragged the same paths stay, and only what is multiplied along them changes.
  (same && root.hasChildNodes() ? mend : fill)(
    root,
    h(
      "div",
      { class: "block-head" },
      h("h2", {}, "Every path from ", nodeName(graph, id), " to ", nodeName(graph, tape.output)),
      h("span", {}, `${count.toLocaleString("en")} path${count === 1 ? "" : "s"}`),
    ),
    h("ul", { class: "paths" }, ...listed.map((path) => row(slice, path))),
    rest.count > 0 &&
      h(
        "p",
        { class: "total quiet" },
        h("span", {}, `${rest.count.toLocaleString("en")} weaker paths together`),
        number(rest.sum),
      ),
    count > 1 &&
      h("p", { class: "total" }, h("span", {}, "paths add"), h("span", {}, ...sum(listed, rest, total))),
    h(
      "p",
      { class: "block-note" },
      count === 1
        ? `Multiply along a path, add over paths. Here there is one path, so the sum is ${shortNumber(total)}.`
        : `Multiply along a path, add over paths.`,
    ),
  );
}

/** @param {Slice} slice @param {Path} path */
function row({ graph, send }, { nodes, partials, product }) {
  const node = (/** @type {number} */ id) =>
    glyph(graph, id, { onclick: () => send({ type: "select", id }) });
  const links = [node(nodes[0])];
  const long = partials.length > 2 * ENDS + 1;
  for (let k = 0; k < partials.length; k++) {
    let factor;
    if (long && k === ENDS) {
      const skipped = partials.slice(ENDS, -ENDS);
      const together = skipped.reduce((a, b) => a * b, 1);
      k = partials.length - ENDS - 1;
      factor = h(
        "span",
        { class: "path-factor" },
        `× ${factorNumber(together, 7)} over ${skipped.length} steps`,
      );
    } else {
      factor = h(
        "span",
        { class: "path-factor", title: exactNumber(partials[k]) },
        `× ${factorNumber(partials[k], 7)}`,
      );
    }
    // Together, so that no node comes alone into a line.
    links.push(h("span", { class: "path-link" }, factor, node(nodes[k + 1])));
  }
  return h("li", { class: "path" }, h("div", { class: "path-links" }, ...links), number(product));
}

/** @param {number} x */
function number(x) {
  const sign = x > 0 ? "pos" : x < 0 ? "neg" : "quiet";
  return h("span", { class: `path-product ${sign}`, title: exactNumber(x) }, signedNumber(x, 8));
}

/** @param {Path[]} listed @param {{count: number, sum: number}} rest @param {number} total @returns {string[]} */
function sum(listed, rest, total) {
  const terms = [...listed.map(({ product }) => product), ...(rest.count > 0 ? [rest.sum] : [])];
  if (terms.length > 4) return [`= ${shortNumber(total)}`];
  return [
    terms.map((x, k) => (k === 0 ? shortNumber(x, 7) : factorNumber(x, 7))).join(" + "),
    ` = ${shortNumber(total)}`,
  ];
}
