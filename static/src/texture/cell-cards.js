/** One value opened: it and what it reads as cards, drawn as on the stage from the same draw list. */

import { s, set, write } from "../dom.js";
import { leastAt } from "../glyphs.js";
import { layoutGraph } from "../layout/index.js";
import { createPainter } from "../paint/svg.js";
import { buildScene } from "../scene.js";
import { noteOn } from "./cell.js";

/** Paper about the cards: room for names over boxes and for the yellow ring. */
const MARGIN = 16;
const LARGEST = 1.1;
/** Between cards, in a panel that is wider than it is high. */
const ROW = 22;

/** @param {HTMLElement} element */
export function createCellCards(element) {
  const root = s("g");
  const svg = s("svg", { role: "group", "aria-label": "The value and what it reads" }, root);
  element.append(svg);
  const painter = createPainter(root);
  /** @type {{shape: string, layout: import("../layout/index.js").Layout} | null} */
  let last = null;
  return {
    /** @param {import("./cell.js").Opened | null} opened @param {number} examples @param {HTMLElement} note */
    show(opened, examples, note) {
      svg.toggleAttribute("hidden", opened === null);
      write(
        note,
        opened === null
          ? "No value stands here: the first example begins the sum."
          : noteOn(opened, examples),
      );
      if (opened === null) return;
      const { graph, tape } = opened;
      const shape = graph.nodes.map(({ op, role, operands }) => `${op} ${role} ${operands}`).join();
      if (last?.shape !== shape) {
        const spread = layoutGraph(graph, { direction: "right", density: "cards" });
        last = { shape, layout: closer(spread, graph.output) };
      }
      const { layout } = last;
      const [width, height] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN];
      const k = Math.min(LARGEST, Math.max(0.75, (element.clientWidth || width) / width));
      const scene = buildScene({ ...graph, output: -1 }, layout, tape, {
        selected: graph.output,
        hoveredEdge: null,
        trace: null,
        path: [],
        showLocalDerivatives: true,
        least: leastAt(k),
      });
      painter.paint(scene);
      for (const node of painter.nodes.children) node.removeAttribute("tabindex");
      set(svg, { viewBox: `${-MARGIN} ${-MARGIN} ${width} ${height}`, width: width * k, height: height * k });
    },
  };
}

/** The same layout with its rows moved together. @param {import("../layout/index.js").Layout} layout @param {number} rows cards in the first column @returns {import("../layout/index.js").Layout} */
function closer(layout, rows) {
  const card = layout.boxHeight[layout.boxHeight.length - 1];
  const free = layout.height - card;
  if (rows < 2 || free <= 0) return layout;
  const share = Math.min(1, ((rows - 1) * (card + ROW)) / free);
  const moved = (/** @type {number} */ y) => card / 2 + (y - card / 2) * share;
  return {
    ...layout,
    y: layout.y.map(moved),
    points: layout.points.map((at, k) => (k % 2 === 1 ? moved(at) : at)),
    height: card + free * share,
  };
}
