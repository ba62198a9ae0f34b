/** Over the graph: that it is the last one that worked, and that the server does not answer. */
import { fill, h } from "../dom.js";

/**
 * @typedef {{problem: import("../api.js").Problem | null, away: number | null,
 *   send: (action: import("../state.js").Action) => void}} Slice
 */

/** @param {HTMLElement} root @param {Slice} slice */
export function problem(root, { problem, away, send }) {
  if (away !== null) {
    fill(
      root,
      h(
        "div",
        { class: "notice-card" },
        h(
          "span",
          {},
          "Not connected. Trying again in ",
          h("span", { "aria-hidden": true }, String(away)),
          " s.",
        ),
      ),
    );
  } else if (problem !== null) {
    const place = problem.line === null ? "The text needs" : `Line ${problem.line} needs`;
    fill(
      root,
      h(
        "div",
        { class: "notice-card" },
        h("span", {}, `This is the last graph that worked. ${place} a fix.`),
        h(
          "button",
          { type: "button", class: "button", onclick: () => send({ type: "revert" }) },
          "Undo the edit",
        ),
      ),
    );
  } else if (root.hasChildNodes()) {
    fill(root);
  }
}
