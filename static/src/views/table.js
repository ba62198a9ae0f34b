/** The same numbers as a table: every node with data, grad, its formula and its local slopes. */
import { each, h, once, set, write } from "../dom.js";
import { nameOf } from "../explain.js";
import { OPS } from "../kernel.js";
import { nodeName } from "../names.js";
import { exactNumber, shortNumber } from "../numbers.js";

/**
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick" | "selected"> & {open: boolean,
 *   walk: import("../trace.js").TraceState | null, send: (action: import("../state.js").Action) => void}} Slice
 * @typedef {{body: HTMLElement, graph: Slice["graph"] | null, slice: Slice, more: HTMLElement}} Parts
 */

/** Rows put into the page; the API gives all of a larger graph. */
const MOST = 1000;

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function table(root, slice) {
  root.hidden = !slice.open;
  if (!slice.open) return;
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const { graph } = slice;
  if (parts.graph !== graph) {
    parts.graph = graph;
    parts.body.replaceChildren();
  }
  each(
    parts.body,
    graph.nodes.slice(0, MOST),
    ({ id }) => id,
    ({ id }) => row(parts, id),
    (element, { id }) => draw(element, parts.slice, id),
  );
  write(parts.more, graph.nodes.length > MOST ? `and ${graph.nodes.length - MOST} more nodes` : "");
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const body = h("tbody", {});
  const more = h("p", { class: "block-note" });
  const heads = ["node", "role", "made by", "data", "grad", "local slopes"];
  root.append(
    h(
      "table",
      { class: "table numbers" },
      h("caption", { class: "visually-hidden" }, "Every node with its numbers"),
      h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
      body,
    ),
    more,
  );
  return { body, graph: null, slice: first, more };
}

/** @param {Parts} parts @param {number} id */
function row(parts, id) {
  const { graph, tape } = parts.slice;
  const { role, operands } = graph.nodes[id];
  const { name, infix, symbol } = OPS[tape.code[id]];
  const made =
    operands.length === 0
      ? [""]
      : [
          infix === null ? name : symbol,
          " of ",
          ...operands.flatMap((from, k) => [k === 0 ? "" : ", ", nodeName(graph, from)]),
        ];
  return h(
    "tr",
    {},
    h(
      "th",
      { scope: "row" },
      h(
        "button",
        {
          type: "button",
          class: "link",
          "aria-label": `Select ${nameOf(graph, id)}`,
          onclick: () => parts.slice.send({ type: "select", id }),
        },
        nodeName(graph, id),
      ),
    ),
    h("td", {}, role === "intermediate" ? "in between" : role),
    h("td", {}, ...made),
    h("td", {}),
    h("td", {}),
    h("td", {}),
  );
}

/** @param {HTMLElement} element @param {Slice} slice @param {number} id */
function draw(element, { graph, tape, walk, selected }, id) {
  set(element, { "data-selected": selected === id });
  const [, , , data, grad, slopes] = /** @type {HTMLElement[]} */ (Array.from(element.children));
  const computed = walk === null || walk.computed[id] === 1;
  number(data, computed ? tape.data[id] : null, "not yet");
  if (tape.constant[id]) number(grad, null, "none");
  else number(grad, walk === null ? tape.grad[id] : walk.written[id] ? walk.grad[id] : null, "not yet");
  const partials = graph.nodes[id].operands.map((_, slot) => tape.partial[tape.first[id] + slot]);
  write(
    slopes,
    partials.map((x, slot) => (tape.live[tape.first[id] + slot] ? shortNumber(x, 8) : "none")).join(", "),
  );
}

/** @param {HTMLElement} cell @param {number | null} x @param {string} otherwise */
function number(cell, x, otherwise) {
  write(cell, x === null ? otherwise : shortNumber(x));
  set(cell, { title: x === null ? null : exactNumber(x), class: x === null ? "quiet" : null });
}
