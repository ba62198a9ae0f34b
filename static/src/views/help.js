/** The key map, over a corner of the page and never in the way of the graph: it closes with Esc, ? or its button. */
import { h } from "../dom.js";
import { CLOSE, icon } from "../icons.js";
import { KEY_MAP } from "../keys.js";

/**
 * @param {HTMLElement} root
 * @param {{open: boolean, rows?: import("../keys.js").KeyRow[], send: (action: {type: "set", fields: {help: boolean}}) => void}} slice
 */
export function help(root, { open, rows = KEY_MAP, send }) {
  root.hidden = !open;
  if (!open || root.hasChildNodes()) return;
  const close = () => send({ type: "set", fields: { help: false } });
  root.append(
    h(
      "div",
      { class: "block-head" },
      h("h2", { id: "help-title" }, "Keys"),
      h(
        "button",
        { type: "button", class: "button icon bare", "aria-label": "Close", onclick: close },
        icon(CLOSE),
      ),
    ),
    h(
      "dl",
      { class: "key-map" },
      ...rows.flatMap(({ keys, does }) => [
        h("dt", {}, ...keys.flatMap((key, k) => [k === 0 ? "" : " ", h("kbd", {}, key)])),
        h("dd", {}, does),
      ]),
    ),
    h(
      "p",
      { class: "block-note" },
      "Single keys act while the graph has the focus. Numbers: Shift ×10, Alt ÷10.",
    ),
  );
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
}
