/** The buttons over the graph: local derivatives, the table, fit; and which column a narrower page shows. */
import { h, once, set } from "../dom.js";
import { FIT, icon, TABLE } from "../icons.js";

/**
 * @typedef {Pick<import("../state.js").State, "local" | "pane" | "view"> & {fit: () => void,
 *   send: (action: import("../state.js").Action) => void}} Slice
 * @typedef {{local: HTMLElement, word: HTMLElement, table: HTMLElement, pane: HTMLElement, slice: Slice}} Parts
 */

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function tools(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  set(parts.local, { "aria-pressed": slice.local });
  parts.word.textContent = slice.local ? "on" : "off";
  set(parts.table, { "aria-pressed": slice.view === "table" });
  parts.pane.textContent = slice.pane === "editor" ? "Explain" : "Editor";
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const word = h("b", {});
  const local = h(
    "button",
    {
      type: "button",
      class: "button local",
      onclick: () => parts.slice.send({ type: "set", fields: { local: !parts.slice.local } }),
    },
    h("span", {}, "Local derivatives"),
    word,
  );
  const table = h(
    "button",
    {
      type: "button",
      class: "button icon",
      "aria-label": "As a table",
      title: "The same numbers as a table",
      onclick: () =>
        parts.slice.send({ type: "set", fields: { view: parts.slice.view === "table" ? "graph" : "table" } }),
    },
    icon(TABLE),
  );
  const fit = h(
    "button",
    {
      type: "button",
      class: "button icon",
      "aria-label": "Fit the graph",
      title: "The whole graph (0)",
      onclick: () => parts.slice.fit(),
    },
    icon(FIT),
  );
  const pane = h("button", {
    type: "button",
    class: "button only-medium",
    onclick: () =>
      parts.slice.send({
        type: "set",
        fields: { pane: parts.slice.pane === "editor" ? "inspector" : "editor" },
      }),
  });
  // The search and the picture menu, views of their own, stand between.
  root.prepend(local);
  root.append(table, fit, pane);
  const parts = { local, word, table, pane, slice: first };
  return parts;
}
