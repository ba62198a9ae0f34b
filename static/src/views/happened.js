/** Beside the tape: what just happened, or where the walk back stands. */
import { fill, h } from "../dom.js";
import { effectOf, nameOf } from "../explain.js";
import { nodeName } from "../names.js";
import { said } from "../said.js";
import { say } from "../sentence.js";
import { progress } from "../trace.js";

/**
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick" | "trace" | "step" | "problem"> & {
 *   walk: import("../trace.js").TraceState | null}} Slice
 */

/** Names written out before they are counted. */
const FEW = 6;

/** @param {HTMLElement} root @param {Slice} slice */
export function happened(root, { graph, tape, trace, problem, walk }) {
  if (problem !== null) {
    fill(root, h("p", {}, "Nothing is lost. The graph redraws as soon as the text makes sense again."));
    return;
  }
  if (walk === null) {
    const output = {
      text: nameOf(graph, tape.output),
      kind: /** @type {const} */ ("name"),
      node: tape.output,
    };
    const back = trace.length - tape.size;
    fill(
      root,
      h("h2", {}, "What just happened"),
      h(
        "p",
        {},
        ...(trace.length === tape.size
          ? said(effectOf(graph, tape, tape.output))
          : said(say("end", { output }))),
        ` ${tape.size} ${tape.size === 1 ? "number" : "numbers"} forward, ${back} back, one pass each.`,
      ),
    );
    return;
  }
  if (walk.current === null || walk.current.kind === "forward") {
    const left = tape.size - walk.step;
    fill(
      root,
      h("h2", {}, "Where we are"),
      h(
        "p",
        {},
        left > 0
          ? `Forward: every value is computed from those before it. ${left} to go, then the gradients walk back.`
          : "Every value is there. Now the gradients walk back, from the output.",
      ),
    );
    return;
  }
  const { settled, writing, waiting } = progress(tape, walk);
  fill(
    root,
    h("h2", {}, "Where we are"),
    h(
      "p",
      {},
      ...listed(graph, settled, "is settled. ", "are settled. "),
      ...listed(graph, writing, "is being written. ", "are being written. "),
      ...listed(
        graph,
        waiting,
        "must wait for its gradient.",
        "must wait: their gradients come through those before them.",
      ),
    ),
  );
}

/**
 * @param {Slice["graph"]} graph
 * @param {number[]} ids
 * @param {string} one
 * @param {string} many
 * @returns {(Node | string)[]}
 */
function listed(graph, ids, one, many) {
  if (ids.length === 0) return [];
  if (ids.length > FEW) return [`${ids.length} nodes ${many}`];
  const names = ids.flatMap((id, k) => [
    ...(k === 0 ? [] : [k === ids.length - 1 ? " and " : ", "]),
    nodeName(graph, id),
  ]);
  return [...names, ` ${ids.length === 1 ? one : many}`];
}
