/**
 * One box of the draw list: what stays while values change, its numbers as they fit, its words.
 */

import { nameParts } from "./calls.js";
import { fitText, ROOM, readable, textWidth } from "./glyphs.js";
import { grain } from "./grain.js";
import { nodeKeys, placeLabel, shortFormula } from "./labels.js";
import { BOX, groupCard, operatorWidth, symbolOf, symbolSize } from "./layout/boxes.js";
import { exactNumber, shortNumber, spokenNumber } from "./numbers.js";
import { cellPaths, outlinePath } from "./ribbon.js";

/** @typedef {import("./layout/index.js").Layout} Layout */
/** @typedef {import("./trace.js").TraceState} TraceState */
/** @typedef {import("./scene.js").SceneNode} SceneNode */
/** @typedef {import("./scene.js").SceneGraph} SceneGraph */
/** @typedef {import("./scene.js").NodeDraw} NodeDraw */
/** @typedef {import("./scene.js").Text} Text */
/** @typedef {import("./scene.js").Sign} Sign */
/** @typedef {ReturnType<typeof stillNode>} StillNode */

/** What is not drawn of data that is a number alone: it is given, and nothing follows its gradient. */
const GIVEN = { tabShape: "", gradCell: "", rules: "", hatch: "", grip: null, tab: 42 };
const GIVEN_ROOM = { right: 9, number: 48 };

/** Cards: baselines and edges of the two rows, as in the drawing's specification. */
const CARD = { data: 22, grad: 52.5, bar: 58.5, barLength: 36, right: 8, row: 64.5, wholeRoom: 66 };
/** Characters of a number on a card and in a record. */
const CARD_DIGITS = 9;
const RECORD_DIGITS = 7;
const LABEL_SIZES = [20, 17, 14, 12];
const RECORD_OVER = 12;
const NOT_YET = "not yet";
/** Distance of the output's second outline. */
export const OUTER = 3.5;

/**
 * What does not change while values do, kept per layout.
 * @type {WeakMap<Layout, {graph: SceneGraph, nodes: StillNode[]}>}
 */
const STILL = new WeakMap();

/** @param {SceneGraph} graph @param {Layout} layout */
export function stillOf(graph, layout) {
  const known = STILL.get(layout);
  if (known !== undefined && known.graph === graph) return known;
  const keys = nodeKeys(graph.nodes);
  const still = { graph, nodes: graph.nodes.map((node, id) => stillNode(graph, layout, id, node, keys[id])) };
  STILL.set(layout, still);
  return still;
}

/** @param {SceneGraph} graph @param {Layout} layout @param {number} id @param {SceneNode} node @param {string} key */
function stillNode(graph, layout, id, node, key) {
  const shape = BOX[layout.density];
  const [width, height] = [layout.boxWidth[id], layout.boxHeight[id]];
  const group = groupCard(node);
  const leaf = node.operands.length === 0 && group === null;
  /** @type {"parameter" | "data" | "constant" | "between"} */
  const kind =
    leaf && (node.role === "parameter" || node.role === "data" || node.role === "constant")
      ? node.role
      : "between";
  const tab = group !== null || kind === "constant" || node.given ? 0 : shape.tab;
  const unnamed = group === null && node.name === null && !leaf;
  const known = node.formula !== undefined || !unnamed;
  const formula = known ? (node.formula ?? null) : shortFormula(graph.nodes, id);
  return {
    id,
    key,
    x: layout.x[id] - width / 2,
    y: layout.y[id] - height / 2,
    width,
    height,
    kind: /** @type {NodeDraw["kind"]} */ (kind),
    outline: outlinePath(kind, width, height),
    halo: outlinePath(kind, width, height, 3),
    outer: id === graph.output ? outlinePath(kind, width, height, OUTER) : "",
    tab,
    ...cellPaths(kind, width, height, tab, layout.density === "cards"),
    // Where the graph runs down, the operator stands in the middle over the box; the label ends before it.
    roomOver:
      layout.direction === "down" && !leaf
        ? width / 2 - shape.radius + 8
        : width + (layout.density === "cards" ? 10 : 0),
    labelOver: layout.direction === "down" && !leaf ? width / 2 - shape.radius - 4 : 0,
    grip:
      kind === "parameter" || kind === "data"
        ? layout.density === "cards"
          ? { width: width - tab, height: height / 2 }
          : { width: (width - tab) / 2, height }
        : null,
    density: layout.density,
    name: node.name,
    formula,
    operator: leaf || group !== null ? null : operatorOf(layout, id, node),
    output: id === graph.output,
    unused: node.unused === true,
    card: group === null ? null : (node.card ?? null),
    given: node.given === true,
    heading: null,
    note: null,
    bars: null,
    ...(group !== null && node.card && grain()?.stillCard(group, node.card, width, height)),
    ...(node.given ? GIVEN : {}),
  };
}

/** @param {Layout} layout @param {number} id @param {SceneNode} node */
function operatorOf(layout, id, node) {
  const { radius, neck } = BOX[layout.density];
  const symbol = symbolOf(node.op);
  const size = symbolSize(symbol);
  const width = operatorWidth(node.op, layout.density);
  const right = layout.direction === "right";
  const x = right ? -(neck + width / 2) : layout.boxWidth[id] / 2;
  const y = right ? layout.boxHeight[id] / 2 : -(neck + radius);
  const line = right ? `M${-neck},${y}H0` : `M${x},${-neck}V0`;
  const squeeze = symbol.length > 1 ? Math.min(width - 6, textWidth(symbol, size)) : null;
  return { symbol, size, squeeze, spills: 0, x, y, width, radius, neck: line };
}

/** A symbol too small for this zoom is set larger and may reach over its circle: by `spills`, away from the box. @param {NonNullable<NodeDraw["operator"]>} operator @param {number} least */
export function spelled(operator, least) {
  if (operator.size >= least) return operator;
  if (least > ROOM.card) return { ...operator, symbol: "" };
  return {
    ...operator,
    size: least,
    squeeze: null,
    spills: Math.max(0, textWidth(operator.symbol, least) - operator.width + 4),
  };
}

/** @param {StillNode} base @param {import("./layout/boxes.js").Density} density @param {number} least @returns {NodeDraw["label"]} */
export function labelAt(base, density, least) {
  if (least > ROOM.names || (base.kind === "constant" && base.name === null))
    return { inside: null, over: null };
  const cards = density === "cards";
  if (least > (cards ? ROOM.card : ROOM.group)) {
    const inside = placeLabel(base.name ?? "", null, base.width - 12, 0, [least], least).inside;
    return { inside, over: null, across: true };
  }
  const sizes = LABEL_SIZES.filter((size) => size >= least);
  if (base.given) {
    const placed = placeLabel(base.name, null, base.tab - 14, 0, sizes.length ? sizes : [least], least);
    const { text, index } = nameParts(base.name ?? "");
    return placed.inside ? placed : placeLabel(text + index, null, base.tab - 10, 0, [least], least);
  }
  const placed = placeLabel(
    base.name,
    base.formula,
    base.tab - 5,
    base.roomOver,
    sizes.length ? sizes : [least],
    least,
  );
  // Records stand too close for more than the smallest type between them.
  return cards || least <= RECORD_OVER ? placed : { inside: placed.inside, over: null };
}

/** @param {TraceState["current"]} current @param {number} id @returns {NodeDraw["now"]} */
export function nowAt(current, id) {
  if (current === null) return "";
  if (current.kind === "forward") return current.node === id ? "data" : "";
  return current.target === id ? "grad" : "";
}

/**
 * @param {StillNode} base @param {import("./layout/boxes.js").Density} density @param {number} least
 * @param {number | null} data null: not computed yet
 * @param {Sign} sign @param {number} grad
 * @returns {{data: Text | null, grad: Text | null, dataCaption: string, gradCaption: string}}
 */
export function numberTexts(base, density, least, data, sign, grad) {
  const cards = density === "cards";
  if (least > (cards ? ROOM.card : ROOM.record)) return NO_NUMBERS;
  if (base.given) {
    const fit = numberIn(GIVEN_ROOM.number, data, readable([14, 13, 12], least), RECORD_DIGITS);
    const [x, y] = [base.width - GIVEN_ROOM.right, base.height / 2 + fit.size * 0.36];
    return { ...NO_NUMBERS, data: { ...fit, x, y } };
  }
  const gradValue = sign === "waiting" ? null : grad;
  if (base.kind === "constant") {
    const fit = numberIn(base.width - 10, data, readable([14, 13, 12, 11], least), CARD_DIGITS);
    return { ...NO_NUMBERS, data: { ...fit, x: base.width / 2, y: base.height / 2 + fit.size * 0.36 } };
  }
  if (!cards) {
    const cell = (base.width - base.tab) / 2;
    const sizes = readable([12, 11], least);
    const y = base.height / 2 + sizes[0] * 0.36;
    return {
      ...NO_NUMBERS,
      data: { ...numberIn(cell - 6, data, sizes, RECORD_DIGITS), x: base.width - cell - 4, y },
      grad:
        sign === "none"
          ? null
          : { ...numberIn(cell - 6, gradValue, sizes, RECORD_DIGITS), x: base.width - 5, y },
    };
  }
  const x = base.width - CARD.right;
  const sizes = readable([14, 13, 12], least);
  const gradWord = base.kind === "data" ? "fixed" : "grad";
  const dataFit = besideCaption("data", data, least);
  const gradFit = besideCaption(gradWord, gradValue, least);
  const drop = least > ROOM.bars ? 3 : 0;
  return {
    data: { ...(dataFit ?? numberIn(CARD.wholeRoom, data, sizes, CARD_DIGITS)), x, y: CARD.data + drop },
    grad: { ...(gradFit ?? numberIn(CARD.wholeRoom, gradValue, sizes, CARD_DIGITS)), x, y: CARD.grad + drop },
    dataCaption: dataFit === null ? "" : "data",
    gradCaption: gradFit === null ? "" : gradWord,
  };
}

/** @type {{data: null, grad: null, dataCaption: "", gradCaption: ""}} */
const NO_NUMBERS = { data: null, grad: null, dataCaption: "", gradCaption: "" };

/**
 * A number as it stands beside its caption, or null when it is too long for that. Zoomed out a little, both are set
 * larger, up to where they no longer look like a caption and a number.
 * @param {string} caption @param {number | null} x @param {number} least
 */
function besideCaption(caption, x, least) {
  if (least > ROOM.captions) return null;
  const text = x === null ? NOT_YET : shortNumber(x, CARD_DIGITS);
  const room = CARD.row - textWidth(caption, least);
  const fit = fitText(text, room, readable(x === null ? [12, 11] : [14, 13, 12], least));
  return fit && { text, ...fit };
}

/**
 * A number with as many digits as fit, at the largest of `sizes` that shows at least five characters.
 * @param {number} room @param {number | null} x @param {number[]} sizes @param {number} digits
 */
export function numberIn(room, x, sizes, digits) {
  if (x === null) {
    const words = fitText(
      NOT_YET,
      room,
      [12, ...sizes].filter((size) => size >= sizes[sizes.length - 1]),
    );
    return words ? { text: NOT_YET, ...words } : { text: "", size: sizes[0], squeeze: null };
  }
  for (let width = digits; width > 4; width--) {
    const text = shortNumber(x, width);
    const fit = fitText(text, room, sizes);
    if (fit) return { text, ...fit };
  }
  return { text: shortNumber(x, 4), size: sizes[sizes.length - 1], squeeze: room };
}

/** @param {StillNode} base @param {"cards" | "compact"} density @param {Sign} sign @param {number} share */
export function barOf(base, density, sign, share) {
  if (density === "compact" || base.given || sign === "none" || sign === "waiting" || sign === "unknown")
    return null;
  const middle = base.tab + (base.width - base.tab) / 2;
  const length = CARD.barLength * Math.sqrt(share);
  return { x: middle, y: CARD.bar, width: sign === "neg" ? -length : sign === "pos" ? length : 0 };
}

/**
 * "c, parameter, data 10, gradient minus 2".
 * @param {SceneNode} node @param {StillNode} base
 * @param {number | null} data @param {Sign} sign @param {number} grad
 */
export function spokenNode(node, base, data, sign, grad) {
  const name = node.name ?? base.formula ?? (base.operator ? `result of ${node.op}` : "number");
  const role = node.role === "intermediate" ? "in between" : node.role;
  const parts = [name, role, `data ${data === null ? "not computed yet" : spokenNumber(data)}`];
  if (sign === "waiting") parts.push("gradient not computed yet");
  else if (sign !== "none") parts.push(`gradient ${spokenNumber(grad)}`);
  if (base.output && role !== "output") parts.splice(1, 0, "output");
  return parts.join(", ");
}

/** @param {StillNode} base @param {number | null} data @param {Sign} sign @param {number} grad */
export function hintOf(base, data, sign, grad) {
  const lines = [base.name ?? base.formula ?? "", `data ${data === null ? NOT_YET : exactNumber(data)}`];
  if (sign !== "none") lines.push(`grad ${sign === "waiting" ? NOT_YET : exactNumber(grad)}`);
  return lines.filter(Boolean).join("\n");
}
