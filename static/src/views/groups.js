/** Where the selected node lies: the groups around it, the outermost first, each to be opened or closed. */
import { fill, h } from "../dom.js";
import { EVERY } from "../state.js";

/**
 * @typedef {{graph: import("../state.js").Graph, id: number | null, closed: ReadonlySet<string>,
 *   around: import("../state.js").Graph["groups"], whole: boolean, usual: number,
 *   send: (action: import("../state.js").Action) => void}} Slice
 */

/** @param {HTMLElement} root @param {Slice} slice */
export function groups(root, { graph, closed, around, whole, usual, send }) {
  if (around.length === 0 && usual === 0) {
    fill(root);
    return;
  }
  const kept = root.contains(document.activeElement)
    ? document.activeElement?.getAttribute("data-group")
    : null;
  const shut = around.find(({ id }) => closed.has(id));
  fill(
    root,
    h(
      "div",
      { class: "block-head" },
      h("h2", {}, "Where it lies"),
      shut && h("span", {}, `inside ${shut.label}, closed`),
    ),
    usual > 0 &&
      h(
        "p",
        { class: "groups-all" },
        h(
          "span",
          {},
          whole
            ? "Every value has a box."
            : `${usual === 1 ? "1 group is" : `${usual.toLocaleString("en")} groups are`} closed, so that it can be read.`,
        ),
        h(
          "button",
          {
            type: "button",
            class: "button",
            "data-group": EVERY,
            onclick: () => send({ type: "fold", group: EVERY }),
          },
          whole ? "As usual" : `Open all ${graph.nodes.length.toLocaleString("en")} values`,
        ),
      ),
    h(
      "ol",
      { class: "ladder" },
      ...around.map(({ id, label }) =>
        h(
          "li",
          {},
          h("span", {}, label),
          h(
            "button",
            {
              type: "button",
              class: "button",
              "data-group": id,
              "aria-label": `${closed.has(id) ? "Open" : "Close"} ${label}`,
              onclick: () => send({ type: "fold", group: id }),
            },
            closed.has(id) ? "Open" : "Close",
          ),
        ),
      ),
    ),
  );
  if (kept)
    for (const button of root.querySelectorAll("button")) if (button.dataset.group === kept) button.focus();
}
