/**
 * The draw list as the text of an SVG that stands alone: no style sheet, no script, colours and faces written out. Pure
 * text from pure data, so that the page, a worker and a server without a document all draw the same picture.
 */

import { chipLooks, edgeLooks, frameLooks, markLook, nextLooks, nodeLooks } from "./looks.js";
import {
  CHIP_PARTS,
  chipParts,
  EDGE_PARTS,
  edgeClass,
  edgeParts,
  FRAME_PARTS,
  frameParts,
  NEXT_PARTS,
  NODE_PARTS,
  nextParts,
  nodeParts,
  TITLE_PARTS,
  titleParts,
} from "./parts.js";
import { FACES, THEMES } from "./theme.js";

/** @typedef {import("../scene.js").Scene} Scene */

/**
 * @typedef {object} Frame
 * @property {{x: number, y: number, width: number, height: number}} box the part of the drawing to show
 * @property {number} width of the picture, in pixels
 * @property {number} height
 * @property {"light" | "dark"} theme
 * @property {string} title
 * @property {string} about what it shows, in a sentence
 */

/** Dots of the paper, as on the stage. */
const DOTS = 24;

/** @param {Scene} scene @param {Frame} frame @returns {string} an SVG document */
export function standalone(scene, { box, width, height, theme, title, about }) {
  const t = THEMES[theme];
  const { edges, nodes } = scene;
  const [x, y, wide, high] = [box.x, box.y, box.width, box.height].map(rounded);
  const paper = { x, y, width: wide, height: high };
  const framed = (/** @type {typeof FRAME_PARTS} */ parts, /** @type {typeof frameParts} */ write) =>
    scene.frames.map((frame) =>
      tag(
        "g",
        { transform: `translate(${frame.x} ${frame.y})` },
        partsText(parts, write(frame), frameLooks(t)),
      ),
    );
  const next = scene.next.map((each) => partsText(NEXT_PARTS, nextParts(each), nextLooks(each.fixed, t)));
  const layers = [
    ...(scene.frames.length > 0 ? [framed(FRAME_PARTS, frameParts)] : []),
    edges.filter(({ marked }) => marked).map((edge) => tag("path", { d: edge.wire, ...markLook(t) })),
    edges.map((edge) =>
      partsText(EDGE_PARTS, edgeParts(edge), edgeLooks(edge, edgeClass(edge).endsWith(" dashed"), t)),
    ),
    ...(scene.frames.length > 0 ? [framed(TITLE_PARTS, titleParts)] : []),
    nodes.map((node) =>
      tag(
        "g",
        { transform: `translate(${node.x} ${node.y})` },
        partsText(NODE_PARTS, nodeParts(node), nodeLooks(node, t), node.unused ? 0.6 : 1),
      ),
    ),
    ...(next.length > 0 ? [next] : []),
    edges.map(({ chip }) =>
      chip === null ? "" : partsText(CHIP_PARTS, chipParts(chip), chipLooks(chip.full, t)),
    ),
  ];
  return tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: rounded(width),
      height: rounded(height),
      viewBox: `${x} ${y} ${wide} ${high}`,
      role: "img",
      "font-family": FACES.sans,
      style: "font-variant-numeric: tabular-nums",
    },
    tag("title", {}, escaped(title)),
    tag("desc", {}, escaped(about)),
    tag(
      "pattern",
      { id: "dots", width: DOTS, height: DOTS, patternUnits: "userSpaceOnUse" },
      tag("circle", { cx: 1, cy: 1, r: 1, fill: t.line }),
    ),
    tag("rect", { ...paper, fill: t.paper }),
    tag("rect", { ...paper, fill: "url(#dots)" }),
    ...layers.map((items) => tag("g", {}, "\n", items.filter(Boolean).join("\n"), "\n")),
  );
}

/**
 * @param {import("./parts.js").Part[]} parts
 * @param {import("./parts.js").Written} written
 * @param {import("./looks.js").Looks} looks
 * @param {number} [opacity]
 * @returns {string}
 */
function partsText(parts, written, looks, opacity = 1) {
  const texts = parts.map(({ name, tag: element, inside }) => {
    const { "#text": words = "", class: _, display, ...attributes } = written[name] ?? {};
    const look = looks[name];
    if (look === null || display === "none" || (element === "path" && !attributes.d)) return "";
    const content = inside.length > 0 ? partsText(inside, written, looks) : escaped(String(words ?? ""));
    if (
      content === "" &&
      (element === "text" || element === "tspan" || element === "g" || element === "title")
    )
      return "";
    const faded = opacity < 1 && element !== "title" ? { opacity } : {};
    return tag(element, { ...attributes, ...look, ...faded }, content);
  });
  return texts.join("");
}

/** @param {string} name @param {Record<string, unknown>} attributes @param {...string} content */
function tag(name, attributes, ...content) {
  let text = `<${name}`;
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== null && value !== undefined && value !== "") text += ` ${key}="${escaped(String(value))}"`;
  }
  const inside = content.join("");
  return inside === "" ? `${text}/>` : `${text}>${inside}</${name}>`;
}

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What XML has no place for. */
const UNWRITABLE = /[^\P{Cc}\t\n]|\p{Cs}|\p{Noncharacter_Code_Point}/gu;

/** Text in XML. @param {string} text */
function escaped(text) {
  return text.replace(UNWRITABLE, "").replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
}

/** @param {number} x */
function rounded(x) {
  return Math.round(x * 100) / 100;
}
