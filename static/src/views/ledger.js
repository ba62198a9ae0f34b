/** The ledger: one row per operand edge, what arrives × local slope = what is added, and the sum so far. */
import { fill, h } from "../dom.js";
import { OPS } from "../kernel.js";
import { nodeName } from "../names.js";
import { exactNumber, factorNumber, shortNumber } from "../numbers.js";
import { contributionOf } from "../replay.js";

/**
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick" | "trace" | "step"> & {id: number | null}} Slice
 *   id null: nothing to explain
 */

const MOST = 24;

/** @param {HTMLElement} root @param {Slice} slice */
export function ledger(root, { graph, tape, trace, step, id }) {
  const rows =
    id === null
      ? []
      : trace.flatMap((event, at) =>
          event.kind === "contribution" && event.target === id ? [{ event, at }] : [],
        );
  if (id === null || rows.length < 2) {
    fill(root);
    return;
  }
  let sum = 0;
  const lines = rows.map(({ event, at }) => {
    const { node, edge } = event;
    const added = contributionOf(tape, edge);
    sum += added;
    if (at >= step) {
      return h(
        "tr",
        { class: "quiet" },
        h("td", {}, nodeName(graph, node)),
        h("td", { colspan: 2 }, "not yet"),
      );
    }
    return h(
      "tr",
      {},
      h("td", {}, nodeName(graph, node), ` through ${OPS[tape.code[node]].symbol}`),
      h(
        "td",
        { title: `${exactNumber(tape.grad[node])} × ${exactNumber(tape.partial[edge])}` },
        `${shortNumber(tape.grad[node], 7)} × ${factorNumber(tape.partial[edge], 7)} = ${shortNumber(added, 7)}`,
      ),
      h("td", { title: exactNumber(sum) }, shortNumber(sum, 8)),
    );
  });
  const hidden = lines.length - MOST;
  fill(
    root,
    h(
      "div",
      { class: "block-head" },
      h("h2", {}, "What adds up in ", nodeName(graph, id)),
      h("span", {}, `${rows.length} uses`),
    ),
    h(
      "table",
      { class: "table" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, "comes from"),
          h("th", { scope: "col" }, "arrives × slope"),
          h("th", { scope: "col" }, "sum"),
        ),
      ),
      h("tbody", {}, ...lines.slice(0, MOST)),
    ),
    hidden > 0 && h("p", { class: "block-note" }, `and ${hidden} more`),
  );
}
