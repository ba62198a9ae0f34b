/** Over the network: that it is the last one that worked, and that the server does not answer. */
import { fill, h } from "../../dom.js";

/**
 * @typedef {{problem: import("../../api.js").Problem | null, away: number | null,
 *   send: (action: import("../../network/state.js").Action) => void}} Slice
 */

/** @param {HTMLElement} root @param {Slice} slice */
export function notice(root, { problem, away, send }) {
  fill(
    root,
    away !== null &&
      h(
        "div",
        { class: "notice-card" },
        "Not connected. Trying again in ",
        h("span", { "aria-hidden": true }, String(away)),
        " s.",
      ),
    away === null &&
      problem !== null &&
      h(
        "div",
        { class: "notice-card" },
        h("span", {}, `This is the last network that worked. ${problem.detail}`),
        h("button", { type: "button", class: "button", onclick: () => send({ type: "revert" }) }, "Undo"),
      ),
  );
}
