/** The buttons over the network: one example's neurons or all values at once, fit, keys. */
import { h, once } from "../../dom.js";
import { segments } from "../../form.js";
import { icon } from "../../icons.js";

/**
 * @typedef {{view: "graph" | "texture", fit: () => void, help: () => void,
 *   send: (action: import("../../network/state.js").Action) => void}} Slice
 * @typedef {{view: ReturnType<typeof segments>, fit: HTMLButtonElement}} Parts
 */

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function tools(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.view.update(slice.view);
  parts.fit.hidden = slice.view === "texture";
}

/** @param {HTMLElement} root @param {Slice} slice @returns {Parts} */
function build(root, slice) {
  const view = segments(
    "View",
    [
      { value: "graph", title: "One example" },
      { value: "texture", title: "All values" },
    ],
    (value) => slice.send({ type: "set", fields: { view: /** @type {"graph" | "texture"} */ (value) } }),
  );
  const fit = h(
    "button",
    {
      type: "button",
      class: "button icon",
      "aria-label": "Fit the network",
      title: "The whole network (0)",
      onclick: slice.fit,
    },
    icon("fit"),
  );
  const keys = h(
    "button",
    { type: "button", class: "button icon", "aria-label": "Keys", title: "Keys (?)", onclick: slice.help },
    "?",
  );
  root.append(view.element, fit, keys);
  return { view, fit };
}
