/** How weights and gradients are spread, layer by layer. */
import { each, h, once, s, set, write } from "../../dom.js";
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
      h("div", { class: "histogram" }, h("h3", {}, `Layer ${l + 1}`), plot("weights"), plot("gradients")),
    (element, l) => {
      const [, left, right] = Array.from(element.children);
      drawHistogram(left, weights[l], "weights");
      drawHistogram(right, waits ? null : grads[l], "gradients");
    },
  );
}

/** @param {string} what */
function plot(what) {
  const tick = `M0 ${PLOT.base}.5H${PLOT.width}M${PLOT.width / 2} ${PLOT.base}v4`;
  return s(
    "svg",
    { viewBox: `0 0 ${PLOT.width} 44`, role: "img" },
    s("path", { class: "column" }),
    s("path", { class: "pos-column" }),
    s("path", { class: "neg-column" }),
    s("path", { class: "tick", d: tick }),
    s("text", { x: 0, y: 43 }),
    s("text", { x: PLOT.width / 2, y: 43, "text-anchor": "middle" }, what),
    s("text", { x: PLOT.width, y: 43, "text-anchor": "end" }),
  );
}

/** @param {Element} svg from `plot` @param {ReturnType<typeof layerHistograms>[number] | null} found null: not there yet @param {string} what */
function drawHistogram(svg, found, what) {
  const [middle, above, below, , least, title, most] = Array.from(svg.children);
  const columns = { quiet: "", pos: "", neg: "" };
  const signed = what === "gradients";
  const high = found === null ? 1 : Math.max(...found.counts, 1);
  const step = PLOT.width / BINS;
  found?.counts.forEach((count, k) => {
    if (count === 0) return;
    const size = Math.max(1.5, (count / high) * (PLOT.base - 4));
    const side = !signed || k === BINS >> 1 ? "quiet" : k > BINS >> 1 ? "pos" : "neg";
    columns[side] +=
      `M${(k * step + 1).toFixed(1)} ${PLOT.base}v${(-size).toFixed(1)}h${(step - 2).toFixed(1)}v${size.toFixed(1)}z`;
  });
  set(middle, { d: columns.quiet });
  set(above, { d: columns.pos });
  set(below, { d: columns.neg });
  const edge = found === null ? "" : shortNumber(found.extent, 6, 2);
  write(least, edge && `−${edge}`);
  // Between the two numbers there is room for a short word.
  write(title, found === null ? `${what}: not yet` : signed ? "grads" : what);
  write(most, edge);
  const odd = found !== null && found.strange > 0 ? `, ${found.strange} not finite` : "";
  set(svg, {
    "aria-label":
      found === null ? `${what}: not yet` : `${what} of this layer, from −${edge} to ${edge}${odd}`,
  });
}
