/** How weights and gradients are spread, layer by layer. */
import { each, h, once, s, set } from "../../dom.js";
import { shortNumber } from "../../numbers.js";
import { layerHistograms } from "../../train/measures.js";

/**
 * @typedef {{run: import("../../train/run.js").Run, tick: number, beat: number, told: string[], waits: boolean}} Slice
 *   told: what is worth a sentence; waits: the gradients are not there yet
 * @typedef {{list: HTMLElement, told: HTMLElement}} Parts
 */

const BINS = 15;
const PLOT = { width: 140, height: 34, base: 30 };

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function histograms(root, { run, told, waits }) {
  const parts = once(known, root, () => {
    const list = h("div", { class: "histograms" });
    const words = h("div", { class: "note" });
    root.append(h("h2", { id: "histograms-title" }, "Weights and gradients"), words, list);
    return { list, told: words };
  });
  const { layers, parameters } = run.structure;
  const weights = layerHistograms(run.tape.data.subarray(0, parameters), layers, BINS);
  const grads = layerHistograms(run.tape.grad.subarray(0, parameters), layers, BINS);
  parts.told.replaceChildren(...told.map((sentence) => h("p", {}, sentence)));
  each(
    parts.list,
    layers.keys(),
    (l) => l,
    (l) =>
      h(
        "div",
        { class: "histogram" },
        h("h3", {}, `Layer ${l + 1}`),
        s("svg", { viewBox: `0 0 ${PLOT.width} 44`, role: "img" }),
        s("svg", { viewBox: `0 0 ${PLOT.width} 44`, role: "img" }),
      ),
    (element, l) => {
      const [, left, right] = Array.from(element.children);
      drawHistogram(left, weights[l], "weights", false);
      if (waits)
        right.replaceChildren(
          s("text", { x: PLOT.width / 2, y: 24, "text-anchor": "middle" }, "gradients: not yet"),
        );
      else drawHistogram(right, grads[l], "gradients", true);
    },
  );
}

/** @param {Element} svg @param {ReturnType<typeof layerHistograms>[number]} found @param {string} what @param {boolean} signed */
function drawHistogram(svg, { extent, counts, strange }, what, signed) {
  const most = Math.max(...counts, 1);
  const step = PLOT.width / BINS;
  const edge = shortNumber(extent, 6, 2);
  const columns = { quiet: "", pos: "", neg: "" };
  counts.forEach((count, k) => {
    if (count === 0) return;
    const high = Math.max(1.5, (count / most) * (PLOT.base - 4));
    const side = !signed || k === BINS >> 1 ? "quiet" : k > BINS >> 1 ? "pos" : "neg";
    columns[side] +=
      `M${(k * step + 1).toFixed(1)} ${PLOT.base}v${(-high).toFixed(1)}h${(step - 2).toFixed(1)}v${high.toFixed(1)}z`;
  });
  svg.replaceChildren(
    s("path", { class: "column", d: columns.quiet }),
    s("path", { class: "pos-column", d: columns.pos }),
    s("path", { class: "neg-column", d: columns.neg }),
    s("path", { class: "tick", d: `M0 ${PLOT.base}.5H${PLOT.width}M${PLOT.width / 2} ${PLOT.base}v4` }),
    s("text", { x: 0, y: 43 }, `−${edge}`),
    s("text", { x: PLOT.width / 2, y: 43, "text-anchor": "middle" }, what),
    s("text", { x: PLOT.width, y: 43, "text-anchor": "end" }, edge),
  );
  const odd = strange > 0 ? `, ${strange} not finite` : "";
  set(svg, { "aria-label": `${what} of this layer, from −${edge} to ${edge}${odd}` });
}
