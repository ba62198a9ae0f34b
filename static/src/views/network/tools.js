/** The buttons over the network: fit, keys, and which panel a narrower page shows. */
import { h, once } from "../../dom.js";
import { icon } from "../../icons.js";

/** @typedef {{fit: () => void, help: () => void}} Slice */

/** @type {WeakMap<Element, object>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function tools(root, slice) {
  once(known, root, () => {
    root.append(
      h(
        "button",
        {
          type: "button",
          class: "button icon",
          "aria-label": "Fit the network",
          title: "The whole network (0)",
          onclick: slice.fit,
        },
        icon("fit"),
      ),
      h(
        "button",
        {
          type: "button",
          class: "button icon",
          "aria-label": "Keys",
          title: "Keys (?)",
          onclick: slice.help,
        },
        "?",
      ),
    );
    return {};
  });
}
