/** Which example is on screen, and its row. */
import { fill, h, once, set } from "../../dom.js";
import { field, segments, show } from "../../form.js";
import { shortNumber } from "../../numbers.js";

/**
 * @typedef {{example: number, inputs: number[][], targets: (number | number[])[],
 *   send: (action: import("../../network/state.js").Action) => void}} Slice
 * @typedef {{choice: HTMLElement, row: HTMLElement, few: {count: number, update: (value: string) => void} | null,
 *   field: HTMLInputElement, of: HTMLElement, slice: Slice}} Parts
 */

/** More examples than this are chosen by number. */
const FEW = 6;

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function example(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const { inputs, targets, example: at, send } = slice;
  const count = inputs.length;
  if ((parts.few?.count ?? 0) !== count && count <= FEW) {
    const made = segments(
      "Example on screen",
      inputs.map((_, k) => ({ value: String(k), title: String(k + 1) })),
      (value) => send({ type: "example", example: Number(value) }),
    );
    parts.few = { count, update: made.update };
    fill(parts.choice, made.element);
  } else if (count > FEW) {
    if (parts.few !== null || !parts.choice.hasChildNodes()) fill(parts.choice, parts.field, parts.of);
    parts.few = null;
    show(parts.field, String(at + 1));
    set(parts.field, { max: count });
    parts.of.textContent = `of ${count}`;
  }
  parts.few?.update(String(at));
  const row = inputs[at] ?? [];
  const target = targets[at];
  fill(
    parts.row,
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ...row.slice(0, 5).map((_, k) => h("th", { scope: "col" }, "x", h("sub", {}, String(k)))),
        h("th", { scope: "col" }, "target"),
      ),
    ),
    h(
      "tbody",
      {},
      h(
        "tr",
        {},
        ...row.slice(0, 5).map((x) => h("td", { title: String(x) }, shortNumber(x, 6, 3))),
        h(
          "td",
          {},
          h(
            "b",
            {},
            Array.isArray(target) ? target.map((x) => shortNumber(x, 6)).join(", ") : shortNumber(target, 6),
          ),
        ),
      ),
    ),
  );
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const choice = h("div", { class: "example-choice" });
  const row = h("table", { class: "row-table" });
  const input = field(
    "example-number",
    (text) => {
      const number = Number(text);
      if (Number.isInteger(number)) parts.slice.send({ type: "example", example: number - 1 });
    },
    { type: "number", min: 1, "aria-label": "Example on screen" },
  );
  /** @type {Parts} */
  const parts = { choice, row, few: null, field: input, of: h("span", { class: "quiet" }), slice: first };
  root.append(h("h2", { id: "example-title" }, "Example on screen"), choice, row);
  return parts;
}
