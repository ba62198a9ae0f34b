/** The finite-difference check: a step of h on the real curve, the quotient beside the exact gradient. */

import { coded } from "../calls.js";
import { h, once, s, set } from "../dom.js";
import { nameOf } from "../explain.js";
import { nudge as nudged, nudgeSentence } from "../gradcheck.js";
import { mathml, numberTree, operator, plainMath } from "../math.js";
import { nodeName, nodeTree } from "../names.js";
import { exactNumber, shortNumber } from "../numbers.js";
import { drawErrors, drawPlot, HEIGHT, WIDTH } from "../plots.js";
import { said } from "../said.js";
import { plain } from "../sentence.js";
import { numberOf } from "../turner.js";

/**
 * @typedef {Pick<import("../state.js").State, "graph" | "tape" | "tick" | "h"> & {id: number | null,
 *   send: (action: import("../state.js").Action) => void}} Slice id null: nothing to nudge
 * @typedef {ReturnType<typeof build>} Parts
 */

/** h runs from 10⁻⁶ to 1 on a log scale. */
const LEAST = -6;

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function nudge(root, slice) {
  root.hidden = slice.id === null;
  if (slice.id === null) return;
  const parts = once(known, root, () => build(root));
  parts.slice = slice;
  const { graph, tape, id } = slice;
  const name = coded(nameOf(graph, id));
  const output = coded(nameOf(graph, tape.output));
  const result = nudged(tape, id, slice.h);
  const at = Math.log10(slice.h);
  parts.slider.valueAsNumber = at;
  parts.slider.style.setProperty("--from", "0");
  parts.slider.style.setProperty("--to", String((100 * (at - LEAST)) / -LEAST));
  set(parts.slider, { "aria-valuetext": shortNumber(slice.h) });
  if (document.activeElement !== parts.field || numberOf(parts.field.value) !== slice.h)
    parts.field.value = shortNumber(slice.h, 7);
  drawPlot(parts.plot, slice, id, result, name, output);
  drawFormula(parts, slice, id, result);
  drawVerdict(parts, slice, result);
  if (parts.details.open) drawErrors(parts.errors, slice, id);
}

/** @param {HTMLElement} root */
function build(root) {
  const slider = h("input", {
    type: "range",
    class: "slider",
    min: LEAST,
    max: 0,
    step: 0.05,
    "aria-label": "h, how far the nudge goes",
    oninput: () => choose(round(10 ** slider.valueAsNumber)),
  });
  const field = h("input", {
    type: "text",
    inputmode: "decimal",
    class: "field",
    "aria-label": "h, value",
    oninput: () => {
      const typed = numberOf(field.value);
      const good = typed !== null && typed >= 10 ** LEAST && typed <= 1;
      set(field, { "aria-invalid": !good || null });
      if (good) choose(typed);
    },
    onblur: () => {
      set(field, { "aria-invalid": null });
      field.value = shortNumber(parts.slice.h, 7);
    },
  });
  const plot = s("svg", { class: "plot", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
  const errors = s("svg", { class: "plot", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
  const formula = h("div", {
    class: "chain quotient",
    tabindex: "0",
    role: "group",
    "aria-label": "Difference quotient",
  });
  const verdict = h("p", { class: "verdict" });
  const words = h("p", { class: "block-note" });
  const predicted = h("p", { class: "block-note predicted" });
  const details = h(
    "details",
    {
      ontoggle: () =>
        details.open && parts.slice.id !== null && drawErrors(parts.errors, parts.slice, parts.slice.id),
    },
    h("summary", {}, "Error against h"),
    errors,
    h("p", { class: "block-note" }, "Solid: (f(x+h) − f(x)) / h. Dashed: central, (f(x+h) − f(x−h)) / 2h."),
  );
  root.append(
    h("div", { class: "block-head" }, h("h2", {}, "Nudge it"), h("span", {}, "how far?")),
    h("div", { class: "turn" }, h("span", { class: "name" }, "h"), slider, field),
    plot,
    formula,
    verdict,
    words,
    predicted,
    details,
  );
  const parts = {
    slider,
    field,
    plot,
    errors,
    formula,
    verdict,
    words,
    predicted,
    details,
    slice: /** @type {Slice} */ (/** @type {unknown} */ (null)),
  };

  /** @param {number} value */
  function choose(value) {
    parts.slice.send({ type: "set", fields: { h: value } });
  }
  return parts;
}

/** @param {Parts} parts @param {Slice} slice @param {number} id @param {ReturnType<typeof nudged>} result */
function drawFormula({ formula }, { graph, tape, h: step }, id, { before, after, forward }) {
  const f = nodeTree(graph, tape.output);
  const x = nodeTree(graph, id);
  /** A line may end before each equals sign. @type {import("../math.js").MathNode[]} */
  const trees = [
    [
      "mfrac",
      [
        "mrow",
        f,
        ["mo", "("],
        x,
        operator("+"),
        ["mi", "h"],
        ["mo", ")"],
        operator("−"),
        f,
        ["mo", "("],
        x,
        ["mo", ")"],
      ],
      ["mi", "h"],
    ],
    [
      "mrow",
      operator("="),
      ["mfrac", ["mrow", numberTree(after), operator("−"), numberTree(before, true)], numberTree(step)],
    ],
    ["mrow", operator("="), numberTree(forward)],
  ];
  formula.replaceChildren(...trees.flatMap((tree) => [mathml(tree, {}, { label: plainMath(tree) }), " "]));
}

/** @param {Parts} parts @param {Slice} slice @param {ReturnType<typeof nudged>} result */
function drawVerdict({ verdict, words, predicted }, { graph, tape }, result) {
  const { grad, forward, predicted: said_, actual } = result;
  const same = result.verdict === "same";
  const told = nudgeSentence(graph, tape, result);
  const sign = grad > 0 ? "pos" : grad < 0 ? "neg" : "";
  verdict.replaceChildren(
    h("span", {}, "exact "),
    h("b", { class: sign, title: exactNumber(grad) }, shortNumber(grad)),
    same
      ? h("b", { class: "good", title: plain(told) }, "✓ same")
      : Number.isNaN(forward - grad)
        ? "" // that there is no quotient is said below
        : h(
            "span",
            { class: "quiet", title: exactNumber(forward - grad) },
            `off by ${shortNumber(Math.abs(forward - grad), 8)}`,
          ),
  );
  words.replaceChildren(...(same ? [] : said(told)));
  predicted.replaceChildren(
    "The gradient predicts a change of ",
    h("b", { title: exactNumber(said_) }, shortNumber(said_)),
    ", ",
    nodeName(graph, tape.output),
    " changes by ",
    h("b", { title: exactNumber(actual) }, shortNumber(actual)),
    ".",
  );
}

/** Two significant digits. @param {number} value */
function round(value) {
  return Number(value.toPrecision(2));
}
