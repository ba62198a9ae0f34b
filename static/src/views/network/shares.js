/** What adds up in a weight's gradient: a line per example, and their sum. */
import { fill, h } from "../../dom.js";
import { exactNumber, shortNumber, signedNumber } from "../../numbers.js";

/** @typedef {{shares: {example: number, amount: number}[], name: Node, other: number, grad: number}} Slice other: what did not come from an example */

/** Lines shown, the largest first. */
const FEW = 6;

/** @param {HTMLElement} root @param {Slice | null} slice null: there is nothing that adds up */
export function shares(root, slice) {
  root.hidden = slice === null;
  if (slice === null) return fill(root);
  const largest = [...slice.shares].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const shown = slice.shares.length <= FEW ? slice.shares : largest.slice(0, FEW);
  const rest = slice.shares.length - shown.length;
  const left = largest.slice(FEW).reduce((sum, { amount }) => sum + amount, 0);
  fill(
    root,
    h(
      "div",
      { class: "block-head" },
      h("h2", {}, "What adds up in ", slice.name, ".grad"),
      h("span", {}, `${slice.shares.length} examples`),
    ),
    h(
      "table",
      { class: "shares" },
      h(
        "tbody",
        {},
        ...shown.map(({ example, amount }) => line(`example ${example + 1}`, amount)),
        rest > 0 && line(`the other ${rest}`, left),
        slice.other !== 0 && line("before, or the penalty", slice.other),
      ),
      h("tfoot", {}, line("sum", slice.grad)),
    ),
  );
}

/** @param {string} words @param {number} amount */
function line(words, amount) {
  const sign = amount > 0 ? "pos" : amount < 0 ? "neg" : "quiet";
  const text = amount === 0 ? "0" : signedNumber(amount, 8);
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, words),
    h("td", { class: sign, title: exactNumber(amount) }, words === "sum" ? shortNumber(amount, 8) : text),
  );
}
