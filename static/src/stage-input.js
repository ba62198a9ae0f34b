/**
 * What a reader does on the stage: pan and zoom, pointing, keys, dragging a leaf's number. One tab stop; the arrows walk from node
 * to node. A chunk of its own, since a stage is looked at before it is touched.
 */

import { bindGestures } from "./gestures.js";
import { structureOf } from "./layout/structure.js";

/**
 * @typedef {object} Reader what the stage lends to its input
 * @property {() => import("./scene.js").SceneGraph | null} graph
 * @property {() => import("./layout/index.js").Layout | null} layout
 * @property {() => number} roving the node that has, or would get, the focus
 * @property {(id: number) => number} value
 * @property {(id: number) => unknown} focusNode
 * @property {(id: number | null) => unknown} choose
 * @property {(id: number) => unknown} open
 * @property {(edge: number | null) => void} hover
 * @property {(kin: number[]) => void} mark nodes that stand for one and the same leaf
 * @property {() => ReturnType<typeof import("./paint/canvas.js").createCanvasPainter> | null} far what paints a large graph
 * @property {(event: any, detail: any) => void} emit
 * @property {() => void} fit
 * @property {(factor: number) => void} zoomBy
 */

const ZOOM_STEP = 1.25;
/** Pixels of a drag that make one step of the value. */
const PIXELS_PER_STEP = 4;
const VALUE_STEP = 0.1;

/** @param {SVGSVGElement} svg @param {Reader} reader @param {ReturnType<typeof import("./camera.js").createCamera>} camera */
export function bindInput(svg, reader, camera) {
  camera.handTo(bindGestures);
  bindPointer(svg, reader, camera);
  bindKeys(svg, reader);
  bindDrag(svg, reader);
}

/** @param {SVGSVGElement} svg @param {Reader} reader @param {ReturnType<typeof import("./camera.js").createCamera>} camera */
function bindPointer(svg, reader, camera) {
  /** What the marks are of. @type {{graph: import("./scene.js").SceneGraph | null, aliases: boolean, leaf: number | undefined}} */
  let kin = { graph: null, aliases: false, leaf: undefined };

  /** @param {Event} event @param {string} kind @returns {number | null} */
  function hit(event, kind) {
    const target = event.target instanceof Element ? event.target.closest(`[data-${kind}]`) : null;
    if (target !== null) return Number(target.getAttribute(`data-${kind}`));
    const [far, layout] = [reader.far(), reader.layout()];
    if (far === null || layout === null || !(event instanceof MouseEvent)) return null;
    const box = svg.getBoundingClientRect();
    const { x, y, k } = camera.transform();
    const [px, py] = [(event.clientX - box.left - x) / k, (event.clientY - box.top - y) / k];
    const found = kind === "node" ? far.nodeAt(layout, px, py) : far.edgeAt(px, py);
    return found < 0 ? null : found;
  }

  /** All that stand for the same leaf as the one pointed at are marked, each being the same number. @param {Event} event */
  function showKin(event) {
    const graph = reader.graph();
    if (graph === null) return;
    if (graph !== kin.graph) {
      const aliases = graph.nodes.some(({ alias }) => alias !== undefined);
      kin = { graph, aliases, leaf: undefined };
    }
    const id = kin.aliases ? hit(event, "node") : null;
    const leaf = id === null ? undefined : graph.nodes[id].alias;
    if (leaf === kin.leaf) return;
    kin.leaf = leaf;
    reader.mark(graph.nodes.flatMap((node, at) => (leaf !== undefined && node.alias === leaf ? at : [])));
  }

  svg.addEventListener("pointerover", (event) => reader.hover(hit(event, "edge")));
  svg.addEventListener("pointermove", (event) => {
    if (event.buttons > 0) return;
    showKin(event);
    if (reader.far() !== null) reader.hover(hit(event, "edge"));
  });
  svg.addEventListener("pointerleave", () => reader.hover(null));
  svg.addEventListener("click", (event) => {
    const id = hit(event, "node");
    if (id !== null) reader.focusNode(id);
    else if (hit(event, "edge") === null) reader.choose(null);
  });
  svg.addEventListener("dblclick", (event) => {
    const id = hit(event, "node");
    if (id !== null) reader.open(id);
  });
}

/** @param {SVGSVGElement} svg @param {Reader} reader */
function bindKeys(svg, reader) {
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowLeft: () => walk(operandOf),
    ArrowRight: () => walk(userOf),
    ArrowUp: () => walk((graph, layout, id) => siblingOf(graph, layout, id, -1)),
    ArrowDown: () => walk((graph, layout, id) => siblingOf(graph, layout, id, 1)),
    Enter: () => reader.emit("open", { id: reader.roving() }),
    Escape: () => reader.choose(null),
    "+": () => reader.zoomBy(ZOOM_STEP),
    "=": () => reader.zoomBy(ZOOM_STEP),
    "-": () => reader.zoomBy(1 / ZOOM_STEP),
    "−": () => reader.zoomBy(1 / ZOOM_STEP),
    0: reader.fit,
  };
  /** @param {(graph: import("./scene.js").SceneGraph, layout: import("./layout/index.js").Layout, id: number) => number} next */
  const walk = (next) => {
    const graph = reader.graph();
    const layout = reader.layout();
    if (graph && layout) reader.focusNode(next(graph, layout, reader.roving()));
  };
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    if (event.key === "Enter" && reader.roving() < 0) return;
    event.preventDefault();
    if (event.key === "Enter") reader.choose(reader.roving());
    keys[event.key]();
  });
}

/** @type {(graph: import("./scene.js").SceneGraph, layout: import("./layout/index.js").Layout, id: number) => number} */
const operandOf = (graph, _, id) => graph.nodes[id].operands[0] ?? id;

/** @type {(graph: import("./scene.js").SceneGraph, layout: import("./layout/index.js").Layout, id: number) => number} */
const userOf = (graph, _, id) => {
  const { useFirst, use, user } = structureOf(graph);
  return useFirst[id] < useFirst[id + 1] ? user[use[useFirst[id]]] : id;
};

/**
 * The next box of the same rank.
 * @param {import("./scene.js").SceneGraph} graph @param {import("./layout/index.js").Layout} layout
 * @param {number} id @param {number} step 1 or -1
 */
function siblingOf(graph, layout, id, step) {
  const across = layout.direction === "right" ? layout.y : layout.x;
  let best = id;
  for (let other = 0; other < graph.nodes.length; other++) {
    if (layout.rank[other] !== layout.rank[id] || (across[other] - across[id]) * step <= 0) continue;
    if (best === id || (across[best] - across[other]) * step > 0) best = other;
  }
  return best;
}

/** @param {SVGSVGElement} svg @param {Reader} reader */
function bindDrag(svg, reader) {
  svg.addEventListener("pointerdown", (start) => {
    const grip = start.target instanceof Element ? start.target.closest(".grip") : null;
    const group = grip?.closest("[data-node]");
    if (!grip || !group || start.button !== 0) return;
    const id = Number(group.getAttribute("data-node"));
    const from = reader.value(id);
    let dragging = false;
    let value = from;
    const move = (/** @type {PointerEvent} */ event) => {
      const steps = Math.trunc((event.clientX - start.clientX) / PIXELS_PER_STEP);
      if (!dragging && steps === 0) return;
      if (!dragging) {
        dragging = true;
        grip.setPointerCapture(start.pointerId);
        reader.emit("drag", { id, value: from, phase: "start" });
      }
      const step = VALUE_STEP * (event.shiftKey ? 10 : event.altKey ? 0.1 : 1);
      value = Number((from + steps * step).toPrecision(12));
      reader.emit("drag", { id, value, phase: "move" });
    };
    const end = () => {
      svg.removeEventListener("pointermove", move);
      svg.removeEventListener("pointerup", end);
      svg.removeEventListener("pointercancel", end);
      if (!dragging) return;
      reader.emit("drag", { id, value, phase: "end" });
      // A drag is no click: the node is not selected by letting go of it.
      const swallow = (/** @type {Event} */ event) => event.stopPropagation();
      svg.addEventListener("click", swallow, { capture: true });
      setTimeout(() => svg.removeEventListener("click", swallow, { capture: true }));
    };
    svg.addEventListener("pointermove", move);
    svg.addEventListener("pointerup", end);
    svg.addEventListener("pointercancel", end);
  });
}
