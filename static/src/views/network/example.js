/** Which example is on screen, and its row: every number of it can be typed over. */
import { each, fill, h, once, set } from "../../dom.js";
import { field, segments, show } from "../../form.js";
import { numberOf } from "../../turner.js";

/**
 * @typedef {{example: number, inputs: number[][], targets: (number | number[])[],
 *   edit: (at: number, input: number[], target: number | number[]) => void, add: () => void,
 *   remove: (at: number) => void, send: (action: import("../../network/state.js").Action) => void}} Slice
 * @typedef {{choice: HTMLElement, few: {count: number, update: (value: string) => void} | null, field: HTMLInputElement,
 *   of: HTMLElement, cells: HTMLElement, wrong: HTMLElement, remove: HTMLButtonElement, slice: Slice}} Parts
 * @typedef {{key: string, label: HTMLElement | string, name: string, value: number, put: (value: number) => void}} Cell
 */

/** More examples than this are chosen by number. */
const FEW = 6;

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();
/** @type {WeakMap<Element, Cell>} */
const held = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function example(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const { inputs, example: at, send } = slice;
  const count = inputs.length;
  if (count <= FEW && parts.few?.count !== count) {
    const choices = inputs.map((_, k) => ({ value: String(k), title: String(k + 1) }));
    const made = segments("Example on screen", choices, (value) =>
      send({ type: "example", example: Number(value) }),
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
  parts.remove.disabled = count < 2;
  each(parts.cells, cellsOf(slice), ({ key }) => key, makeCell, updateCell);

  /** @param {Cell} cell */
  function makeCell({ name, label }) {
    const input = field(
      "",
      (text) => {
        const value = numberOf(text);
        const wrong = value === null;
        fill(parts.wrong, wrong && `“${text.slice(0, 20)}” is not a number; the row keeps what it had.`);
        parts.wrong.hidden = !wrong;
        set(input, { "aria-invalid": wrong || null });
        if (value !== null) held.get(element)?.put(value);
      },
      { inputmode: "decimal", "aria-label": name, id: null },
    );
    const element = h("label", { class: "cell" }, h("span", { "aria-hidden": true }, label), input);
    return element;
  }
}

/** @param {HTMLElement} element @param {Cell} cell */
function updateCell(element, cell) {
  held.set(element, cell);
  const input = /** @type {HTMLInputElement} */ (element.lastElementChild);
  show(input, String(cell.value), input.getAttribute("aria-invalid") === "true");
  set(input, { title: String(cell.value), size: String(cell.value).length + 1 });
}

/** @param {Slice} slice @returns {Cell[]} */
function cellsOf({ example: at, inputs, targets, edit }) {
  const row = inputs[at];
  const target = targets[at];
  const answers = [target].flat();
  return [
    ...row.map((value, k) => ({
      key: `x${k}`,
      label: h("span", {}, "x", h("sub", {}, String(k))),
      name: `x ${k} of example ${at + 1}`,
      value,
      put: (/** @type {number} */ typed) => edit(at, row.with(k, typed), target),
    })),
    ...answers.map((value, k) => ({
      key: `y${k}`,
      label: answers.length > 1 ? h("span", {}, "target", h("sub", {}, String(k))) : "target",
      name: `target ${answers.length > 1 ? `${k} ` : ""}of example ${at + 1}`,
      value,
      put: (/** @type {number} */ typed) =>
        edit(at, row, Array.isArray(target) ? target.with(k, typed) : typed),
    })),
  ];
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const choice = h("div", { class: "example-choice" });
  const cells = h("div", { class: "cells" });
  const input = field(
    "example-number",
    (text) => {
      const number = Number(text);
      if (Number.isInteger(number)) parts.slice.send({ type: "example", example: number - 1 });
    },
    { type: "number", min: 1, "aria-label": "Example on screen" },
  );
  const remove = h(
    "button",
    {
      type: "button",
      class: "link",
      id: "remove-row",
      onclick: () => parts.slice.remove(parts.slice.example),
    },
    "Remove",
  );
  /** @type {Parts} */
  const parts = {
    choice,
    few: null,
    field: input,
    of: h("span", { class: "quiet" }),
    cells,
    wrong: h("div", { class: "wrong", role: "alert", hidden: true }),
    remove,
    slice: first,
  };
  root.append(
    h("h2", { id: "example-title" }, "Example on screen"),
    choice,
    cells,
    parts.wrong,
    h(
      "div",
      { class: "under-row" },
      h(
        "button",
        { type: "button", class: "link", id: "add-row", onclick: () => parts.slice.add() },
        "Add one like it",
      ),
      remove,
    ),
  );
  return parts;
}
