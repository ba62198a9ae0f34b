/** The data: built-in sets, and what is typed. */
import { h, once } from "../../dom.js";
import { list } from "../../form.js";

/**
 * @typedef {{data: import("../../network/state.js").Data, presets: import("../../network/state.js").Preset[],
 *   pick: (id: string) => void, send: (action: import("../../network/state.js").Action) => void}} Slice
 * @typedef {{choice: HTMLSelectElement, note: HTMLElement, slice: Slice}} Parts
 */

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();
const OWN = "own";

/** @param {HTMLElement} root @param {Slice} slice */
export function data(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const preset = slice.presets.find(({ data }) => data === slice.data.name);
  parts.choice.value = preset?.id ?? OWN;
  parts.note.textContent = preset?.note ?? `${slice.data.inputs.length} examples of your own.`;
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  /** @type {Parts} */
  const parts = {
    choice: list(
      "dataset",
      [...first.presets.map(({ id, title }) => ({ value: id, title })), { value: OWN, title: "your own" }],
      (id) => id !== OWN && parts.slice.pick(id),
    ),
    note: h("p", { class: "note" }),
    slice: first,
  };
  root.append(
    h("h2", { id: "data-title" }, h("label", { for: "dataset" }, "Data and network")),
    parts.choice,
    parts.note,
  );
  return parts;
}
