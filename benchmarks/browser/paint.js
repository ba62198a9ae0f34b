/**
 * The two drawings of one scene that `benchmarks/browser/paint.py` compares: ours on a canvas, and every box and wire as
 * elements of an SVG. Bundled for the measurement alone.
 */
import { aliased } from "../../static/src/alias.js";
import { closableGroups, closeGroups } from "../../static/src/granularity.js";
import { layoutOf, packGraph, unpackGraph } from "../../static/src/layout/pack.js";
import { createCanvasPainter } from "../../static/src/paint/canvas.js";
import { backward, compile, forward } from "../../static/src/replay.js";
import { buildScene } from "../../static/src/scene.js";
import { createTexture } from "../../static/src/texture/index.js";

const SVG = "http://www.w3.org/2000/svg";
const ROOM = { width: 1440, height: 900 };
const VIEW = {
  selected: null,
  hoveredEdge: null,
  trace: null,
  path: [],
  showLocalDerivatives: true,
  least: 11,
};
const frame = () => new Promise((done) => requestAnimationFrame(done));
/** A frame that was drawn: the callback after the next one. */
const drawn = async () => {
  await frame();
  await frame();
};
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

/** Frames of a pan across the drawing at scale 1. */
async function pan(move, frames) {
  const times = [];
  let last = await frame();
  for (let k = 0; k < frames; k++) {
    move(-40 * k, -25 * k);
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  return median(times.slice(1));
}

/** Every box of a scene as its outline and three texts, every wire as a path. */
function svgOf({ nodes, edges }) {
  const svg = document.createElementNS(SVG, "svg");
  const root = document.createElementNS(SVG, "g");
  svg.append(root);
  const add = (parent, tag, attributes, text = "") => {
    const element = document.createElementNS(SVG, tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    if (text) element.textContent = text;
    parent.append(element);
    return element;
  };
  for (const { wire, width } of edges)
    add(root, "path", { d: wire, "stroke-width": width, fill: "none", stroke: "#888" });
  for (const { x, y, outline, data, grad, label } of nodes) {
    const group = add(root, "g", { transform: `translate(${x} ${y})` });
    add(group, "path", { d: outline, fill: "#fff", stroke: "#888" });
    for (const text of [data, grad])
      if (text) add(group, "text", { x: text.x, y: text.y, "font-size": text.size }, text.text);
    const name = label.inside ?? label.over;
    if (name) add(group, "text", { x: 4, y: 18, "font-size": name.size }, name.text);
  }
  return { svg, root };
}

globalThis.measurePaint = async (frames) => {
  const graph = await (await fetch("graph.json")).json();
  const tape = compile(graph);
  const found = { values: graph.nodes.length, wires: tape.operand.length };
  const place = document.body.appendChild(document.createElement("div"));
  place.style.cssText = `position: relative; width: ${ROOM.width}px; height: ${ROOM.height}px; overflow: hidden`;

  // As in the worker, on the shape alone.
  const shape = unpackGraph(packGraph(aliased(graph).graph));
  let began = performance.now();
  const open = layoutOf(shape, { compound: true });
  found.layoutOpen = performance.now() - began;
  const folded = new Set(
    [...closableGroups(graph).values()].flatMap(({ id, kind }) => (kind === "example" || kind === "loss" ? [id] : [])),
  );
  const closed = closeGroups(graph, folded);
  began = performance.now();
  layoutOf(closed.graph, { compound: true });
  found.layoutClosed = performance.now() - began;
  found.layouts = open.kinds;

  const layout = layoutOf(graph, { compound: true });
  const [x, y] = [-layout.width / 8, -layout.height / 8];
  began = performance.now();
  const painter = createCanvasPainter(place, () => {});
  const paint = (dx, dy, k = 1) => painter.paint(graph, layout, tape, VIEW, { x: x + dx, y: y + dy, k }, ROOM);
  paint(0, 0);
  await drawn();
  found.canvasFirst = performance.now() - began;
  found.canvasPan = await pan(paint, frames);
  const fit = Math.min(ROOM.width / layout.width, ROOM.height / layout.height);
  found.canvasFit = await pan((dx) => painter.paint(graph, layout, tape, VIEW, { x: dx / 40, y: 0, k: fit }, ROOM), frames);
  painter.destroy();

  // The texture of the same numbers, while they change as in training.
  began = performance.now();
  const texture = createTexture(place);
  texture.show(graph, tape);
  await drawn();
  found.textureFirst = performance.now() - began;
  const times = [];
  for (let k = 0; k < frames; k++) {
    forward(tape);
    backward(tape);
    const start = performance.now();
    texture.update();
    await frame();
    times.push(performance.now() - start);
  }
  found.textureFrame = median(times);
  texture.destroy();

  const scene = buildScene(graph, layout, tape, VIEW);
  began = performance.now();
  const { svg, root } = svgOf(scene);
  svg.setAttribute("width", String(ROOM.width));
  svg.setAttribute("height", String(ROOM.height));
  root.setAttribute("transform", `translate(${x} ${y})`);
  place.append(svg);
  await drawn();
  found.svgFirst = performance.now() - began;
  found.elements = svg.querySelectorAll("*").length;
  found.svgPan = await pan((dx, dy) => root.setAttribute("transform", `translate(${x + dx} ${y + dy})`), Math.min(frames, 8));
  found.heap = performance.memory?.usedJSHeapSize ?? 0;
  return found;
};
