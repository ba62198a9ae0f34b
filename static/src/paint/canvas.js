/**
 * The draw list on a canvas, for drawings too large for elements: what is in view is drawn as in SVG while it can be
 * read; from afar every box is a few pixels in its shade, groups are outlines with names, and wires are a sample.
 */

import { isApart } from "../scene.js";
import { largestOf, nodesWithin, sceneOf, wireBounds, wiresWithin } from "../scene-cut.js";
import { coloursOf } from "../texture/colours.js";
import { surfaceOf } from "../texture/surface.js";
import { roughPixels } from "./rough.js";
import { onScheme, schemeNow } from "./scheme.js";
import { drawScene } from "./strokes.js";
import { FACES } from "./theme.js";

/** @typedef {import("../scene.js").Box} Box */
/** @typedef {import("../scene.js").Layout} Layout */

/** Up to so many boxes in view are drawn as in SVG; of their wires at most so many. */
const READABLE = 600;
const MOST_WIRES = 2500;
/** From afar: at most so many lines, as thin as can be. */
const FAR_WIRES = 2500;
/** Smaller boxes than this, in pixels, say nothing in letters. */
const LEAST_BOX = 9;
const TITLE = 12;
const WIRE_HIT = 18;

/** @param {HTMLElement} element the stage; the canvas lies under its SVG @param {() => void} again paints anew */
export function createCanvasPainter(element, again) {
  const canvas = document.createElement("canvas");
  canvas.className = "stage-canvas";
  canvas.setAttribute("aria-hidden", "true");
  element.prepend(canvas);
  const surface = surfaceOf(canvas);
  let image = new ImageData(1, 1);
  let pixels = new Uint32Array(image.data.buffer);
  let depth = new Uint8Array(1);
  /** Of one layout. @type {{layout: Layout, bounds: Float32Array} | null} */
  let known = null;
  /** @type {{tape: import("../replay.js").Tape, scale: number} | null} */
  let scaled = null;
  /** @type {import("../scene.js").Scene | null} */
  let scene = null;
  const stopScheme = onScheme(() => {
    if (!canvas.hidden) again();
  });

  /** @param {Layout} layout */
  const boundsOf = (layout) => {
    if (known?.layout !== layout) known = { layout, bounds: wireBounds(layout) };
    return known.bounds;
  };

  return {
    /** What was drawn in full; null from afar. */
    get scene() {
      return scene;
    },
    /** The largest magnitude of the whole graph. */
    get scale() {
      return scaled?.scale ?? 0;
    },
    get hidden() {
      return canvas.hidden;
    },
    /** For the few nodes that stay elements. */
    sceneOf,
    hide() {
      if (canvas.hidden) return;
      canvas.hidden = true;
      element.classList.remove("far");
    },
    /** New numbers: the scale is taken anew. */
    renew() {
      scaled = null;
    },
    /**
     * @param {import("../scene.js").SceneGraph} graph @param {Layout} layout @param {import("../replay.js").Tape} tape
     * @param {import("../scene.js").View} view
     * @param {{x: number, y: number, k: number}} transform
     * @param {{width: number, height: number}} room
     */
    paint(graph, layout, tape, view, { x, y, k }, { width, height }) {
      if (canvas.hidden || scaled === null) element.classList.add("far");
      canvas.hidden = false;
      surface.resize(width, height);
      const seen = { x: -x / k, y: -y / k, width: width / k, height: height / k };
      if (scaled?.tape !== tape) scaled = { tape, scale: largestOf(tape) };
      const nodes = nodesWithin(layout, seen);
      const colours = coloursOf(schemeNow());
      const least = (layout.density === "cards" ? 66 : 30) * k;
      const readable = nodes.length <= READABLE && least >= LEAST_BOX;
      const edges = thinned(wiresWithin(boundsOf(layout), seen), readable ? MOST_WIRES : FAR_WIRES);
      const { context, density } = surface;
      surface.clear();
      if (readable) {
        scene = sceneOf(graph, layout, tape, view, {
          nodes,
          edges,
          scale: scaled.scale,
          groups: framesIn(layout.groups ?? [], seen, k, 6),
        });
        drawDots(context, { x, y, k }, { width, height }, colours.theme.line);
        context.setTransform(density * k, 0, 0, density * k, density * x, density * y);
        drawScene(context, scene, colours.theme, (box) => isApart(box, seen));
        return;
      }
      scene = null;
      const [wide, high] = [canvas.width, canvas.height];
      if (image.width !== wide || image.height !== high) {
        image = new ImageData(wide, high);
        pixels = new Uint32Array(image.data.buffer);
        depth = new Uint8Array(wide * high);
      }
      const to = { x: x * density, y: y * density, k: k * density };
      roughPixels(
        pixels,
        wide,
        high,
        layout,
        tape.grad,
        tape.constant,
        nodes,
        to,
        scaled.scale / 4,
        colours.pixels,
        depth,
      );
      context.putImageData(image, 0, 0);
      context.setTransform(density * k, 0, 0, density * k, density * x, density * y);
      // Behind the boxes, which are there already.
      context.globalCompositeOperation = "destination-over";
      drawFarWires(context, layout, edges, k, colours.theme.edge);
      drawFrames(context, layout, seen, k, colours.theme);
      context.globalCompositeOperation = "source-over";
      drawTitles(context, layout, seen, k, colours.theme);
      drawChosen(context, layout, view, k, colours.theme);
    },
    /** The node under a point of the drawing, -1 for none. @param {Layout} layout @param {number} px @param {number} py */
    nodeAt(layout, px, py) {
      const { x, y, boxWidth, boxHeight } = layout;
      for (let i = x.length - 1; i >= 0; i--)
        if (Math.abs(px - x[i]) <= boxWidth[i] / 2 && Math.abs(py - y[i]) <= boxHeight[i] / 2) return i;
      return -1;
    },
    /** The wire under a point of the drawing, where wires can be told apart; -1 for none. @param {number} px @param {number} py */
    edgeAt(px, py) {
      if (scene === null) return -1;
      const box = { x: px, y: py, width: 0, height: 0 };
      const { context } = surface;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.lineWidth = WIRE_HIT;
      for (let k = scene.edges.length - 1; k >= 0; k--) {
        const { reach, wire, edge } = scene.edges[k];
        if (!isApart(reach, box) && context.isPointInStroke(new Path2D(wire), px, py)) return edge;
      }
      return -1;
    },
    destroy() {
      stopScheme();
      canvas.remove();
    },
  };
}

/** An even sample. @param {number[]} list @param {number} most */
function thinned(list, most) {
  if (list.length <= most) return list;
  const step = list.length / most;
  return Array.from({ length: most }, (_, k) => list[Math.floor(k * step)]);
}

/** @param {CanvasRenderingContext2D} context @param {{x: number, y: number, k: number}} at @param {{width: number, height: number}} room @param {string} colour */
function drawDots(context, { x, y, k }, { width, height }, colour) {
  const step = 24 * k;
  if (step < 8) return;
  context.fillStyle = colour;
  for (let px = ((x % step) + step) % step; px < width; px += step)
    for (let py = ((y % step) + step) % step; py < height; py += step) context.fillRect(px, py, 2 * k, 2 * k);
}

/** @param {CanvasRenderingContext2D} context @param {Layout} layout @param {number[]} edges @param {number} k @param {string} colour */
function drawFarWires(context, { points, edgeFirst }, edges, k, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 0.6 / k;
  context.beginPath();
  for (const e of edges) {
    context.moveTo(points[edgeFirst[e]], points[edgeFirst[e] + 1]);
    for (let p = edgeFirst[e] + 2; p < edgeFirst[e + 1]; p += 2) context.lineTo(points[p], points[p + 1]);
  }
  context.globalAlpha = 0.5;
  context.stroke();
  context.globalAlpha = 1;
}

/** Outlines of groups; those a few pixels small are left out. @param {CanvasRenderingContext2D} context @param {Layout} layout @param {Box} seen @param {number} k @param {import("./theme.js").Theme} theme */
function drawFrames(context, { groups = [] }, seen, k, theme) {
  context.lineWidth = 1 / k;
  context.strokeStyle = theme["line-2"];
  for (const { x, y, width, height } of framesIn(groups, seen, k, 6)) {
    context.beginPath();
    context.roundRect(x, y, width, height, Math.min(10, 8 / k));
    context.stroke();
  }
}

/** Names of groups, as large as type must be, where they have room. @param {CanvasRenderingContext2D} context @param {{groups?: import("../layout/compound.js").GroupFrame[]}} layout @param {Box} seen @param {number} k @param {import("./theme.js").Theme} theme */
function drawTitles(context, { groups = [] }, seen, k, theme) {
  context.font = `600 ${TITLE / k}px ${FACES.sans}`;
  context.fillStyle = theme.ink;
  context.strokeStyle = theme.paper;
  context.lineWidth = 3 / k;
  context.lineJoin = "round";
  /** @type {Box[]} the outer groups' names come first; one that would stand on another is left out */
  const taken = [];
  const frames = framesIn(groups, seen, k, 22).filter(({ kind }) => kind !== "sum");
  for (const { x, y, width, height, title } of frames.sort((a, b) => a.depth - b.depth)) {
    const words = title.replace(/^./, (/** @type {string} */ letter) => letter.toUpperCase());
    const wide = context.measureText(words).width;
    const at = { x: Math.max(x, seen.x) + 8 / k, y, width: wide, height: 16 / k };
    if (wide > width - 12 / k || taken.some((other) => !isApart(other, at))) continue;
    taken.push(at);
    context.strokeText(words, at.x, y + Math.min(height, 16 / k));
    context.fillText(words, at.x, y + Math.min(height, 16 / k));
  }
}

/** @param {import("../layout/compound.js").GroupFrame[]} groups @param {Box} seen @param {number} k @param {number} least pixels */
function framesIn(groups, seen, k, least) {
  return groups.filter(
    (frame) => frame.height * k >= least && frame.width * k >= least && !isApart(frame, seen),
  );
}

/** What is selected or searched for is found from afar too. @param {CanvasRenderingContext2D} context @param {Layout} layout @param {import("../scene.js").View} view @param {number} k @param {import("./theme.js").Theme} theme */
function drawChosen(context, { x, y, boxWidth, boxHeight }, { selected, found, kin }, k, theme) {
  const ring = (/** @type {number} */ id, /** @type {string} */ colour, /** @type {number} */ thick) => {
    const [wide, high] = [Math.max(boxWidth[id], 8 / k), Math.max(boxHeight[id], 8 / k)];
    context.lineWidth = thick / k;
    context.strokeStyle = colour;
    context.strokeRect(x[id] - wide / 2 - 3 / k, y[id] - high / 2 - 3 / k, wide + 6 / k, high + 6 / k);
  };
  for (const id of [...(found ?? []), ...(kin ?? [])]) ring(id, theme.ink, 1.5);
  if (selected === null) return;
  ring(selected, theme.mark, 6);
  ring(selected, theme.ink, 2);
}
