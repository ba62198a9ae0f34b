/** What stands about a neuron's scalars: its title, what the numbers add up, what Σ and the activation do. */
import { fill, h, once } from "../../dom.js";
import { CLOSE, icon } from "../../icons.js";

/**
 * @typedef {{title: string, note: string, foot: string[], close: () => void}} Slice
 * @typedef {{words: HTMLElement, foot: HTMLElement, heads: HTMLElement}} Parts
 */

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice | null} slice null: closed */
export function inset(root, slice) {
  root.hidden = slice === null;
  if (slice === null) return;
  const parts = once(known, root, () => {
    const words = h("div", { class: "inset-words" });
    const foot = h("div", { class: "inset-foot" });
    const heads = h("span", {});
    const close = h(
      "button",
      { type: "button", class: "button bare", onclick: slice.close },
      "Close",
      icon(CLOSE),
    );
    root.append(
      h("div", { class: "inset-head" }, heads, words, close),
      h("div", { class: "inset-stage", id: "inset-stage" }),
      h("div", { class: "inset-list", id: "inset-list" }),
      foot,
    );
    return { words, foot, heads };
  });
  fill(parts.words, h("h2", { id: "inset-title" }, slice.title), h("p", {}, slice.note));
  fill(parts.foot, ...slice.foot.map((line) => h("p", {}, line)));
}
