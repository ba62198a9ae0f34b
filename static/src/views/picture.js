/** Save picture: what is in view or the whole graph, as SVG or PNG. A small menu under its button. */
import { h, once, set } from "../dom.js";
import { icon, SAVE } from "../icons.js";

/**
 * @typedef {"seen" | "whole"} What
 * @typedef {{save: (what: What, format: "svg" | "png") => void}} Slice
 */

/** @type {{what: What, label: string}[]} */
const CHOICES = [
  { what: "seen", label: "What is in view" },
  { what: "whole", label: "The whole graph" },
];

/** @type {WeakMap<Element, {slice: Slice}>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function picture(root, slice) {
  once(known, root, () => build(root, slice)).slice = slice;
}

/** @param {HTMLElement} root @param {Slice} first */
function build(root, first) {
  const parts = { slice: first };
  const row = (/** @type {(typeof CHOICES)[number]} */ { what, label }) =>
    h(
      "div",
      { class: "picture-row", role: "group", "aria-label": label },
      h("span", {}, label),
      .../** @type {const} */ (["svg", "png"]).map((format) =>
        h(
          "button",
          {
            type: "button",
            class: "button",
            "aria-label": `${label} as ${format.toUpperCase()}`,
            onclick: () => {
              show(false);
              parts.slice.save(what, format);
            },
          },
          format.toUpperCase(),
        ),
      ),
    );
  const panel = h("div", { class: "picture-menu", id: `${root.id}-menu`, hidden: true }, ...CHOICES.map(row));
  const button = h(
    "button",
    {
      type: "button",
      class: "button icon",
      "aria-label": "Save picture",
      title: "Save picture",
      "aria-expanded": false,
      "aria-controls": `${root.id}-menu`,
      onclick: () => show(panel.hidden !== false),
    },
    icon(SAVE),
  );
  const show = (/** @type {boolean} */ open) => {
    panel.hidden = !open;
    set(button, { "aria-expanded": open });
  };
  root.append(button, panel);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    show(false);
    button.focus();
  });
  root.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !root.contains(event.relatedTarget)) show(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !root.contains(event.target)) show(false);
  });
  return parts;
}
