/** The buttons over the network: fit and keys. */
import { h, once } from "../../dom.js";
import { FIT, icon } from "../../icons.js";

/** @typedef {{fit: () => void, help: () => void}} Slice */

/** @type {WeakMap<Element, object>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function tools(root, { fit, help }) {
  once(known, root, () => {
    const whole = { "aria-label": "Fit the network", title: "The whole network (0)", onclick: fit };
    const keys = { "aria-label": "Keys", title: "Keys (?)", onclick: help };
    root.append(
      h("button", { type: "button", class: "button icon", ...whole }, icon(FIT)),
      h("button", { type: "button", class: "button icon", ...keys }, "?"),
    );
    return {};
  });
}
