/** The items of a draw list on a 2D context: the same parts and looks as in the page and in a file. */

import { chipLooks, edgeLooks, frameLooks, markLook, nodeLooks } from "./looks.js";
import {
  CHIP_PARTS,
  chipParts,
  EDGE_PARTS,
  edgeClass,
  edgeParts,
  FRAME_PARTS,
  frameParts,
  NODE_PARTS,
  nodeParts,
} from "./parts.js";
import { FACES } from "./theme.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("./parts.js").Attributes} Attributes */
/** @typedef {Record<string, any>} Written */

/** Outlines repeat from box to box, wires do not: so many paths are kept. */
const KEPT = 6000;
/** @type {Map<string, Path2D>} */
const paths = new Map();

/** @param {string} d */
function pathOf(d) {
  let path = paths.get(d);
  if (path === undefined) {
    if (paths.size >= KEPT) paths.clear();
    path = new Path2D(d);
    paths.set(d, path);
  }
  return path;
}

/** @param {CanvasRenderingContext2D} context @param {import("../scene.js").Scene} scene @param {Theme} theme @param {(box: import("../scene.js").Box) => boolean} apart what is out of view */
export function drawScene(context, { nodes, edges, frames }, theme, apart) {
  for (const frame of frames) {
    context.save();
    context.translate(frame.x, frame.y);
    drawParts(context, FRAME_PARTS, frameParts(frame), frameLooks(theme));
    context.restore();
  }
  const seen = edges.filter(({ reach }) => !apart(reach));
  const mark = /** @type {Written} */ (markLook(theme));
  for (const edge of seen) if (edge.marked) drawPath(context, { d: edge.wire }, mark);
  for (const edge of seen) {
    const dashed = edgeClass(edge).endsWith(" dashed");
    drawParts(context, EDGE_PARTS, edgeParts(edge), edgeLooks(edge, dashed, theme));
  }
  for (const node of nodes) {
    if (apart(node)) continue;
    context.save();
    context.translate(node.x, node.y);
    if (node.unused) context.globalAlpha = 0.6;
    drawParts(context, NODE_PARTS, nodeParts(node), nodeLooks(node, theme));
    context.restore();
  }
  for (const { chip } of seen)
    if (chip !== null) drawParts(context, CHIP_PARTS, chipParts(chip), chipLooks(chip.full, theme));
}

/**
 * @param {CanvasRenderingContext2D} context @param {import("./parts.js").Part[]} parts
 * @param {Record<string, Written>} written @param {Record<string, Written | null>} looks
 */
function drawParts(context, parts, written, looks) {
  for (const { name, tag, inside } of parts) {
    const look = looks[name];
    const own = written[name] ?? {};
    if (look === null || own.display === "none" || tag === "title") continue;
    if (tag === "path") drawPath(context, own, look ?? {});
    else if (tag === "rect") drawRect(context, own, look ?? {});
    else if (tag === "g") drawParts(context, inside, written, looks);
    else {
      const runs =
        inside.length > 0 ? inside.map((part) => ({ ...own, dy: 0, ...written[part.name] })) : [own];
      drawText(context, own, runs, look ?? {});
    }
  }
}

/** @param {CanvasRenderingContext2D} context @param {Written} own @param {Written} look */
function drawPath(context, own, look) {
  if (!own.d) return;
  fillAndStroke(context, pathOf(own.d), own, look);
}

/** @param {CanvasRenderingContext2D} context @param {Written} own @param {Written} look */
function drawRect(context, { x, y, width, height, rx }, look) {
  if (!(Number(width) > 0)) return;
  const path = new Path2D();
  path.roundRect(Number(x), Number(y), Number(width), Number(height), Number(rx ?? 0));
  fillAndStroke(context, path, {}, look);
}

/** @param {CanvasRenderingContext2D} context @param {Path2D} path @param {Written} own @param {Written} look */
function fillAndStroke(context, path, own, look) {
  if (look.fill !== undefined && look.fill !== "none") {
    const alpha = Number(own["fill-opacity"] ?? look["fill-opacity"] ?? 1);
    const before = context.globalAlpha;
    context.globalAlpha = before * alpha;
    context.fillStyle = look.fill;
    context.fill(path);
    context.globalAlpha = before;
  }
  if (look.stroke === undefined) return;
  context.strokeStyle = look.stroke;
  context.lineWidth = Number(look["stroke-width"] ?? own["stroke-width"] ?? 1);
  context.lineJoin = look["stroke-linejoin"] ?? "miter";
  context.lineCap = look["stroke-linecap"] ?? "butt";
  const dashes = look["stroke-dasharray"];
  if (dashes) context.setLineDash(String(dashes).split(" ").map(Number));
  context.stroke(path);
  if (dashes) context.setLineDash([]);
}

/**
 * A text of one or more runs, which stand side by side.
 * @param {CanvasRenderingContext2D} context @param {Written} own @param {Written[]} runs @param {Written} look
 */
function drawText(context, own, runs, look) {
  const texts = runs.filter((run) => run["#text"]);
  if (texts.length === 0) return;
  const face = look["font-family"] ?? FACES.sans;
  const fontOf = (/** @type {Written} */ run) =>
    `${look["font-style"] ?? "normal"} ${look["font-weight"] ?? 400} ${run["font-size"]}px ${face}`;
  const widths = texts.map((run) => {
    context.font = fontOf(run);
    return run.textLength ? Number(run.textLength) : context.measureText(run["#text"]).width;
  });
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const anchor = own["text-anchor"] ?? look["text-anchor"] ?? "start";
  let x = Number(own.x) - (anchor === "end" ? whole : anchor === "middle" ? whole / 2 : 0);
  context.fillStyle = look.fill ?? "#000";
  for (const [k, run] of texts.entries()) {
    const y = Number(own.y) + Number(run.dy ?? 0);
    context.font = fontOf(run);
    const natural = run.textLength ? context.measureText(run["#text"]).width : widths[k];
    context.save();
    context.translate(x, y);
    if (natural > 0 && natural !== widths[k]) context.scale(widths[k] / natural, 1);
    if (look.stroke !== undefined) {
      context.strokeStyle = look.stroke;
      context.lineWidth = Number(look["stroke-width"] ?? 1);
      context.lineJoin = "round";
      context.strokeText(run["#text"], 0, 0);
    }
    context.fillText(run["#text"], 0, 0);
    context.restore();
    x += widths[k];
  }
}
