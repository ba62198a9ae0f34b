/** What the network says beside what it should say, example by example. */
import { each, h, once, s, set, write } from "../../dom.js";
import { shortNumber } from "../../numbers.js";

/**
 * @typedef {{index: number, outputs: number[] | null, targets: number[], term: number | null}} Row term: its part of the loss;
 *   null: not there yet
 * @typedef {{rows: Row[], example: number, worst: boolean, loss: number | null, total: string, squared: boolean, tick: number,
 *   send: (action: import("../../network/state.js").Action) => void}} Slice
 *   total: what the last line adds up
 * @typedef {{body: HTMLElement, worst: HTMLInputElement, sum: HTMLElement, total: HTMLElement, term: HTMLElement,
 *   more: HTMLElement, all: boolean, slice: Slice}} Parts
 */

/** Rows shown before all are asked for. */
const FEW = 8;
const NOT_YET = "not yet";
const ROOM = { from: 6, width: 80 };

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function predictions(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const { rows, worst, example } = slice;
  const sorted = worst ? [...rows].sort((a, b) => (b.term ?? 0) - (a.term ?? 0)) : rows;
  const shown = parts.all ? sorted : sorted.slice(0, FEW);
  const numbers = rows
    .flatMap(({ outputs, targets }) => [...(outputs ?? []), ...targets])
    .filter(Number.isFinite);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const at = (/** @type {number} */ x) =>
    ROOM.from + (high > low ? Math.max(0, Math.min(1, (x - low) / (high - low))) : 0.5) * ROOM.width;
  parts.worst.checked = worst;
  each(
    parts.body,
    shown,
    ({ index }) => index,
    ({ index }) => row(parts, index),
    (element, each) => draw(element, each, at, example),
  );
  write(parts.total, slice.total);
  write(parts.sum, slice.loss === null ? NOT_YET : shortNumber(slice.loss, 7));
  write(parts.term, slice.squared ? "(ŷ − y)²" : "its loss");
  parts.more.hidden = rows.length <= FEW;
  write(parts.more, parts.all ? "Show fewer" : `Show all ${rows.length}`);
}

/** @param {Parts} parts @param {number} index */
function row(parts, index) {
  return h(
    "tr",
    { onclick: () => parts.slice.send({ type: "example", example: index }) },
    h(
      "td",
      {},
      h(
        "button",
        { type: "button", class: "link", "aria-label": `Example ${index + 1} on screen` },
        String(index + 1),
      ),
    ),
    h("td", {}),
    h("td", {}),
    h("td", { class: "dots", "aria-hidden": true }, s("svg", { viewBox: "0 0 92 16" })),
    h("td", {}),
  );
}

/** @param {HTMLElement} element @param {Row} row @param {(x: number) => number} at @param {number} example */
function draw(element, { index, outputs, targets, term }, at, example) {
  set(element, { class: index === example ? "chosen" : null });
  const [, said, wanted, dots, part] = /** @type {HTMLElement[]} */ (Array.from(element.children));
  write(said, outputs === null ? NOT_YET : outputs.map((x) => shortNumber(x, 6, 2)).join(", "));
  write(wanted, targets.map((x) => shortNumber(x, 6)).join(", "));
  write(part, term === null ? NOT_YET : shortNumber(term, 6, 3));
  const svg = /** @type {Element} */ (dots.firstElementChild);
  const [dot, mark] = [at(outputs?.[0] ?? 0), at(targets[0])];
  const finite = outputs !== null && Number.isFinite(outputs[0]);
  svg.replaceChildren(
    s("path", { class: "track", d: `M${ROOM.from} 8H${ROOM.from + ROOM.width}` }),
    finite ? s("path", { class: "gap", d: `M${dot.toFixed(1)} 8H${mark.toFixed(1)}` }) : "",
    s("path", { class: "target", d: `M${mark.toFixed(1)} 2.5v11` }),
    finite ? s("circle", { class: "dot", cx: dot.toFixed(1), cy: 8, r: 4 }) : "",
  );
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const body = h("tbody", {});
  /** @type {Parts} */
  const parts = {
    body,
    worst: h("input", {
      type: "checkbox",
      onchange: () => parts.slice.send({ type: "set", fields: { worst: parts.worst.checked } }),
    }),
    total: h("td", { colspan: "4" }),
    sum: h("td", {}),
    term: h("th", { scope: "col" }),
    more: h("button", {
      type: "button",
      class: "link",
      onclick: () => {
        parts.all = !parts.all;
        predictions(root, parts.slice);
      },
    }),
    all: false,
    slice: first,
  };
  const dot = s(
    "svg",
    { viewBox: "0 0 12 12", width: 11, height: 11, "aria-hidden": true },
    s("circle", { class: "dot", cx: 6, cy: 6, r: 5 }),
  );
  root.append(
    h(
      "div",
      { class: "block-head" },
      h("h2", { id: "predictions-title" }, "Predictions"),
      h("span", { class: "key-of-dots dots" }, h("span", {}, dot, " prediction"), h("span", {}, "| target")),
    ),
    h(
      "table",
      { class: "predictions" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, "example")),
          h("th", { scope: "col" }, "ŷ"),
          h("th", { scope: "col" }, "target"),
          h("td", { "aria-hidden": true }),
          parts.term,
        ),
      ),
      body,
      h("tfoot", {}, h("tr", {}, parts.total, parts.sum)),
    ),
    h("div", { class: "under-row" }, h("label", { class: "check" }, parts.worst, "worst first"), parts.more),
  );
  return parts;
}
