/** A neuron's scalars as a list, where there is no room for their graph: what each is made of, data, grad, next value. */
import { each, h, once, set, write } from "../../dom.js";
import { nameOf } from "../../explain.js";
import { CODE, OPS } from "../../kernel.js";
import { glyph, nodeName } from "../../names.js";
import { exactNumber, shortNumber } from "../../numbers.js";

/**
 * @typedef {{graph: import("../../replay.js").Graph, tape: import("../../replay.js").Tape,
 *   walk: import("../../trace.js").TraceState | null, next: ReadonlyMap<number, import("../../scene-next.js").Next> | null,
 *   selected: number | null, select: (id: number) => void}} Slice
 * @typedef {{body: HTMLElement, graph: Slice["graph"] | null, slice: Slice}} Parts
 */

const NOT_YET = "not yet";

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function scalars(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  if (parts.graph !== slice.graph) {
    parts.graph = slice.graph;
    parts.body.replaceChildren();
  }
  each(
    parts.body,
    inTurn(slice.graph),
    (id) => id,
    (id) => row(parts, id),
    (element, id) => draw(element, parts.slice, id),
  );
}

/** Every node after what it reads, which stands right before it. @param {Slice["graph"]} graph @returns {number[]} */
function inTurn({ nodes, output }) {
  /** @type {Set<number>} */
  const order = new Set();
  const visit = (/** @type {number} */ id) => {
    for (const from of nodes[id].operands) if (!order.has(from)) visit(from);
    order.add(id);
  };
  visit(output);
  return [...order];
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const body = h("tbody", {});
  const heads = ["scalar", "data", "grad", "next value"].map((head) => h("th", { scope: "col" }, head));
  root.append(h("table", { class: "scalars" }, h("thead", {}, h("tr", {}, ...heads)), body));
  return { body, graph: null, slice: first };
}

/** @param {Parts} parts @param {number} id */
function row(parts, id) {
  const { graph } = parts.slice;
  const { op, operands } = graph.nodes[id];
  const code = CODE.get(op);
  const row = code === undefined ? null : OPS[code];
  const sign = row?.infix ? ` ${row.symbol} ` : ", ";
  const read = operands.flatMap((from, k) => [k === 0 ? "" : sign, nodeName(graph, from)]);
  const made = row?.infix ? read : [row?.symbol ?? op, "(", ...read, ")"];
  return h(
    "tr",
    { onclick: () => parts.slice.select(id) },
    h(
      "th",
      { scope: "row" },
      h("button", { type: "button", title: `Select ${nameOf(graph, id)}` }, glyph(graph, id)),
      operands.length > 0 && h("span", { class: "made-of" }, ...made),
    ),
    h("td", {}),
    h("td", {}),
    h("td", {}),
  );
}

/** @param {HTMLElement} element @param {Slice} slice @param {number} id */
function draw(element, { tape, walk, next, selected }, id) {
  set(element, { class: selected === id ? "chosen" : null });
  const [, data, grad, after] = /** @type {HTMLElement[]} */ (Array.from(element.children));
  number(data, walk === null || walk.computed[id] ? tape.data[id] : null);
  const arrives = walk === null ? tape.grad[id] : walk.written[id] ? walk.grad[id] : null;
  number(grad, tape.constant[id] ? null : arrives);
  if (tape.constant[id]) write(grad, "–");
  set(grad, { class: tape.constant[id] || !arrives ? null : arrives > 0 ? "pos" : "neg" });
  const change = next?.get(id);
  write(after, change === undefined ? "" : change === "fixed" ? "fixed" : turned(change));
}

/** Which way a weight goes, and where to: against its gradient. @param {{value: number, change: number}} next */
function turned({ value, change }) {
  return `${change > 0 ? "↑" : change < 0 ? "↓" : "="} ${shortNumber(value, 7)}`;
}

/** @param {HTMLElement} cell @param {number | null} x */
function number(cell, x) {
  write(cell, x === null ? NOT_YET : shortNumber(x, 7));
  set(cell, { title: x === null ? null : exactNumber(x) });
}
