/** The head of the bottom sheet on a phone: the handle, the answer, and what the sheet shows. */
import { h, once, set } from "../dom.js";
import { glyph } from "../names.js";

/**
 * @typedef {Pick<import("../state.js").State, "graph" | "tab" | "sheet"> & {id: number | null, sentence: (Node | string)[],
 *   send: (action: import("../state.js").Action) => void}} Slice
 * @typedef {{said: HTMLElement, tabs: HTMLElement, handle: HTMLElement, slice: Slice}} Parts
 */

/** @type {["paths" | "nudge" | "code", string][]} */
const TABS = [
  ["paths", "Paths"],
  ["nudge", "Nudge"],
  ["code", "Code"],
];

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function sheet(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  parts.said.replaceChildren(
    ...(slice.id === null ? [] : [glyph(slice.graph, slice.id, { large: true })]),
    h("p", { class: "sentence" }, ...slice.sentence),
  );
  TABS.forEach(([tab], k) => {
    set(parts.tabs.children[k], { "aria-pressed": slice.tab === tab });
  });
  set(parts.handle, { "aria-expanded": slice.sheet === "tall" });
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const handle = h("button", {
    type: "button",
    class: "sheet-handle",
    "aria-label": "Taller sheet",
    onclick: () => resize(parts.slice.sheet === "tall" ? "half" : "tall"),
    onpointerdown: (/** @type {PointerEvent} */ event) => {
      const start = event.clientY;
      /** @param {PointerEvent} end */
      const stop = (end) => {
        const way = end.clientY - start;
        if (way < -24) resize(parts.slice.sheet === "low" ? "half" : "tall");
        if (way > 24) resize(parts.slice.sheet === "tall" ? "half" : "low");
      };
      addEventListener("pointerup", stop, { once: true });
    },
  });
  const said = h("div", { class: "sheet-said" });
  const tabs = h(
    "div",
    { class: "segments", role: "group", "aria-label": "Sheet" },
    ...TABS.map(([tab, label]) =>
      h(
        "button",
        { type: "button", onclick: () => parts.slice.send({ type: "set", fields: { tab, ...open() } }) },
        label,
      ),
    ),
  );
  root.append(handle, said, tabs);
  const parts = { said, tabs, handle, slice: first };

  /** @param {"low" | "half" | "tall"} size */
  function resize(size) {
    parts.slice.send({ type: "set", fields: { sheet: size } });
  }

  /** A tab pressed on a sheet that is down brings it up. */
  function open() {
    return parts.slice.sheet === "low" ? { sheet: /** @type {const} */ ("half") } : {};
  }
  return parts;
}
