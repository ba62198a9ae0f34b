/**
 * The draw list: graph, layout, numbers and view become boxes, wires, chips and texts with every coordinate. No DOM;
 * a painter needs no other knowledge. Hue says the sign of a gradient, and never alone: see `Sign`.
 */

import { fitText, textWidth } from "./glyphs.js";
import { nodeKeys, placeLabel, shortFormula } from "./labels.js";
import { BOX, operatorWidth, symbolOf, symbolSize } from "./layout/boxes.js";
import { exactNumber, factorNumber, shortNumber, spokenNumber } from "./numbers.js";
import { contributionOf } from "./replay.js";
import {
  cellPaths,
  headLength,
  headPath,
  outlinePath,
  pointOnWire,
  ribbonWidth,
  wirePath,
} from "./ribbon.js";

/** @typedef {import("./layout/index.js").Layout} Layout */
/** @typedef {import("./replay.js").Tape} Tape */
/** @typedef {import("./trace.js").TraceState} TraceState */
/** @typedef {import("./labels.js").LabelledNode & {unused?: boolean}} SceneNode */
/** @typedef {{output: number, nodes: SceneNode[]}} SceneGraph */

/**
 * `waiting`: not computed yet, which is not 0. `none`: there is no gradient (a constant). `unknown`: NaN.
 * @typedef {"pos" | "neg" | "zero" | "waiting" | "none" | "unknown"} Sign
 */

/**
 * @typedef {object} View
 * @property {number | null} selected node id
 * @property {number | null} hoveredEdge its chip shows the whole product
 * @property {TraceState | null} trace how far a walk has come; null: everything is written
 * @property {Iterable<number>} path edges to mark
 * @property {boolean} showLocalDerivatives
 * @property {number} least the smallest type that can be read at the present zoom, see `leastAt`
 */

/**
 * The type size, in the drawing's pixels, that is 11 px on the screen. Nothing smaller is drawn: as one zooms out the
 * captions go, then digits, then numbers, then names.
 * @param {number} zoom
 * @returns {number} whole pixels, at least 11
 */
export function leastAt(zoom) {
  return Math.max(SMALLEST, Math.ceil((SMALLEST - 0.15) / zoom));
}

const SMALLEST = 11;
/** Up to this least size there is room for: bars, chips, numbers on records and on cards, names across a box. */
const ROOM = { bars: 17, chips: 16, record: 14, card: 22, names: 36 };

/** @typedef {{text: string, x: number, y: number, size: number, squeeze: number | null}} Text */

/**
 * A box; its coordinates count from its top left corner (x, y).
 * @typedef {object} NodeDraw
 * @property {number} id
 * @property {string} key stays with the node when the program is edited
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {"parameter" | "data" | "constant" | "between"} kind decides the shape
 * @property {string} outline path data
 * @property {string} halo the outline of the yellow ring
 * @property {string} tabShape path data of the label tab; empty for a constant
 * @property {number} tab its width
 * @property {string} rules path data of the lines between the cells
 * @property {string} outer the second outline, of the output
 * @property {{inside: import("./labels.js").Label | null, over: import("./labels.js").Label | null}} label
 * @property {{symbol: string, size: number, squeeze: number | null, spills: boolean, x: number, y: number, width: number, radius: number, neck: string} | null} operator
 * @property {Text | null} data
 * @property {Text | null} grad
 * @property {Sign} sign of the gradient
 * @property {number} share its magnitude, 0 to 1 of the largest in view
 * @property {{x: number, y: number, width: number} | null} bar from the tick at `x`, width signed
 * @property {boolean} dataCaption whether "data" is printed; it gives way to a long number
 * @property {boolean} gradCaption
 * @property {string} gradCell path data of the cell the backward pass writes; empty for a constant
 * @property {string} hatch path data of the hatching that says "fixed"
 * @property {string | null} formula of a node without a name
 * @property {number} labelOver x of a label over the box: where it begins, or where it ends when not 0
 * @property {{width: number, height: number} | null} grip the cell beside the tab whose number can be dragged: of a leaf
 * @property {boolean} output
 * @property {boolean} unused
 * @property {boolean} selected
 * @property {"" | "data" | "grad"} now the cell that the step just taken wrote
 * @property {boolean} computed
 * @property {string} spoken for a screen reader
 * @property {string} hint on hover: every digit
 */

/**
 * @typedef {object} EdgeDraw
 * @property {number} edge its number on the tape
 * @property {string} key
 * @property {number} source the node read
 * @property {number} target the node that reads it
 * @property {string} wire path data of the whole wire
 * @property {string} ribbon path data of what lies behind the arrowhead
 * @property {string} head path data; empty without a gradient
 * @property {Sign} sign of the contribution
 * @property {number} width
 * @property {boolean} marked part of the path, or just crossed
 * @property {Chip | null} chip
 */

/** @typedef {{x: number, y: number, width: number, height: number, text: Text, full: boolean}} Chip */

/** @typedef {{density: import("./layout/boxes.js").Density, direction: "right" | "down", bounds: {x: number, y: number, width: number, height: number}, nodes: NodeDraw[], edges: EdgeDraw[], largest: number}} Scene */

/** Cards: baselines and edges of the two rows, as in the drawing's specification. */
const CARD = { data: 22, grad: 52.5, bar: 58.5, barLength: 36, right: 8, captionRoom: 40.5, wholeRoom: 66 };
const CHIP_SIZE = 12;
/** Distance between a box and the tip of an arrow. */
const TIP = 2;
/** Characters of a number on a card, in a record and on a chip. */
const CARD_DIGITS = 9;
const RECORD_DIGITS = 7;
const CHIP_DIGITS = 5;
const LABEL_SIZES = [20, 17, 14, 12];
const RECORD_OVER = 12;
const NOT_YET = "not yet";
/** Distance of the output's second outline. */
const OUTER = 3.5;

/**
 * @param {SceneGraph} graph
 * @param {Layout} layout of that graph
 * @param {Tape} tape with data, grads and partials of that graph
 * @param {View} view
 * @returns {Scene}
 */
export function buildScene(graph, layout, tape, view) {
  const still = stillOf(graph, layout);
  const scale = largestMagnitude(tape);
  const current = view.trace?.current ?? null;
  const nodes = still.nodes.map((base, id) => {
    const data = view.trace === null || view.trace.computed[id] === 1 ? tape.data[id] : null;
    const hasGrad = view.trace === null || view.trace.written[id] === 1;
    const grad = view.trace === null ? tape.grad[id] : view.trace.grad[id];
    const sign = tape.constant[id] ? "none" : hasGrad ? signOf(grad) : "waiting";
    const share = sign === "pos" || sign === "neg" ? shareOf(grad, scale) : 0;
    return {
      ...base,
      ...numberTexts(base, layout.density, view.least, data, sign, grad),
      operator: base.operator && spelled(base.operator, view.least),
      label: labelAt(base, layout.density, view.least),
      sign,
      share,
      bar: view.least <= ROOM.bars ? barOf(base, layout.density, sign, share) : null,
      selected: view.selected === id,
      now: nowAt(current, id),
      computed: data !== null,
      spoken: spokenNode(graph.nodes[id], base, data, sign, grad),
      hint: hintOf(base, data, sign, grad),
    };
  });
  const edges = edgeDraws(layout, tape, view, still, scale);
  return {
    density: layout.density,
    direction: layout.direction,
    bounds: { x: 0, y: 0, width: layout.width, height: layout.height },
    nodes,
    edges,
    largest: scale,
  };
}

/** The largest finite magnitude among grads and contributions: one scale for all bars and ribbons. @param {Tape} tape */
function largestMagnitude(tape) {
  let most = 0;
  for (let i = 0; i < tape.size; i++)
    if (Number.isFinite(tape.grad[i])) most = Math.max(most, Math.abs(tape.grad[i]));
  for (let e = 0; e < tape.operand.length; e++) {
    const size = Math.abs(contributionOf(tape, e));
    if (Number.isFinite(size)) most = Math.max(most, size);
  }
  return most;
}

/** @param {number} x @returns {Sign} */
function signOf(x) {
  return Number.isNaN(x) ? "unknown" : x > 0 ? "pos" : x < 0 ? "neg" : "zero";
}

/** @param {number} x @param {number} scale */
function shareOf(x, scale) {
  return Number.isFinite(x) ? Math.min(1, Math.abs(x) / scale) : 1;
}

/**
 * What does not change while values do, kept per layout.
 * @type {WeakMap<Layout, {graph: SceneGraph, nodes: ReturnType<typeof stillNode>[]}>}
 */
const STILL = new WeakMap();

/** @param {SceneGraph} graph @param {Layout} layout */
function stillOf(graph, layout) {
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
  const leaf = node.operands.length === 0;
  const kind =
    leaf && (node.role === "parameter" || node.role === "data" || node.role === "constant")
      ? node.role
      : "between";
  const tab = kind === "constant" ? 0 : shape.tab;
  const formula = node.name === null && !leaf ? shortFormula(graph.nodes, id) : null;
  return {
    id,
    key,
    x: layout.x[id] - width / 2,
    y: layout.y[id] - height / 2,
    width,
    height,
    kind: /** @type {NodeDraw["kind"]} */ (kind),
    outline: outlinePath(/** @type {NodeDraw["kind"]} */ (kind), width, height),
    halo: outlinePath(/** @type {NodeDraw["kind"]} */ (kind), width, height, 3),
    outer:
      id === graph.output ? outlinePath(/** @type {NodeDraw["kind"]} */ (kind), width, height, OUTER) : "",
    tab,
    ...cellPaths(/** @type {NodeDraw["kind"]} */ (kind), width, height, tab, layout.density === "cards"),
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
    name: node.name,
    formula,
    operator: leaf ? null : operatorOf(layout, id, node),
    output: id === graph.output,
    unused: node.unused === true,
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
  return { symbol, size, squeeze, spills: false, x, y, width, radius, neck: line };
}

/** A symbol too small for this zoom is set larger and may reach over its circle. @param {NonNullable<NodeDraw["operator"]>} operator @param {number} least */
function spelled(operator, least) {
  if (operator.size >= least) return operator;
  if (least > ROOM.card) return { ...operator, symbol: "" };
  return {
    ...operator,
    size: least,
    squeeze: null,
    spills: textWidth(operator.symbol, least) > operator.width - 4,
  };
}

/** @param {ReturnType<typeof stillNode>} base @param {import("./layout/boxes.js").Density} density @param {number} least @returns {NodeDraw["label"]} */
function labelAt(base, density, least) {
  if (least > ROOM.names || (base.kind === "constant" && base.name === null))
    return { inside: null, over: null };
  if (least > ROOM.card) {
    const inside = placeLabel(base.name ?? "", null, base.width - 12, 0, [least]).inside;
    return { inside, over: null };
  }
  const sizes = LABEL_SIZES.filter((size) => size >= least);
  const cards = density === "cards";
  const placed = placeLabel(
    base.name,
    base.formula,
    base.tab - 5,
    base.roomOver,
    sizes.length ? sizes : [least],
  );
  // Records stand too close for more than the smallest type between them.
  return cards || least <= RECORD_OVER ? placed : { inside: placed.inside, over: null };
}

/** @param {TraceState["current"]} current @param {number} id @returns {NodeDraw["now"]} */
function nowAt(current, id) {
  if (current === null) return "";
  if (current.kind === "forward") return current.node === id ? "data" : "";
  return current.target === id ? "grad" : "";
}

/**
 * @param {ReturnType<typeof stillNode>} base @param {import("./layout/boxes.js").Density} density @param {number} least
 * @param {number | null} data null: not computed yet
 * @param {Sign} sign @param {number} grad
 * @returns {{data: Text | null, grad: Text | null, dataCaption: boolean, gradCaption: boolean}}
 */
function numberTexts(base, density, least, data, sign, grad) {
  const cards = density === "cards";
  if (least > (cards ? ROOM.card : ROOM.record)) return NO_NUMBERS;
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
      grad: { ...numberIn(cell - 6, gradValue, sizes, RECORD_DIGITS), x: base.width - 5, y },
    };
  }
  const x = base.width - CARD.right;
  const sizes = readable([14, 13, 12], least);
  const dataFit = least === SMALLEST ? besideCaption(data) : null;
  const gradFit = least === SMALLEST ? besideCaption(gradValue) : null;
  const drop = least > ROOM.bars ? 3 : 0;
  return {
    data: { ...(dataFit ?? numberIn(CARD.wholeRoom, data, sizes, CARD_DIGITS)), x, y: CARD.data + drop },
    grad: { ...(gradFit ?? numberIn(CARD.wholeRoom, gradValue, sizes, CARD_DIGITS)), x, y: CARD.grad + drop },
    dataCaption: dataFit !== null,
    gradCaption: gradFit !== null,
  };
}

/** @param {number[]} sizes falling @param {number} least */
function readable(sizes, least) {
  const fitting = sizes.filter((size) => size >= least);
  return fitting.length > 0 ? fitting : [least];
}

/** @type {{data: null, grad: null, dataCaption: false, gradCaption: false}} */
const NO_NUMBERS = { data: null, grad: null, dataCaption: false, gradCaption: false };

/** A number as it stands beside its caption, or null when it is too long for that. @param {number | null} x */
function besideCaption(x) {
  const text = x === null ? NOT_YET : shortNumber(x, CARD_DIGITS);
  const fit = fitText(text, CARD.captionRoom, x === null ? [12, 11] : [14, 13, 12]);
  return fit && { text, ...fit };
}

/**
 * A number with as many digits as fit, at the largest of `sizes` that shows at least five characters.
 * @param {number} room @param {number | null} x @param {number[]} sizes @param {number} digits
 */
function numberIn(room, x, sizes, digits) {
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

/** @param {ReturnType<typeof stillNode>} base @param {"cards" | "compact"} density @param {Sign} sign @param {number} share */
function barOf(base, density, sign, share) {
  if (density === "compact" || sign === "none" || sign === "waiting" || sign === "unknown") return null;
  const middle = base.tab + (base.width - base.tab) / 2;
  const length = CARD.barLength * Math.sqrt(share);
  return { x: middle, y: CARD.bar, width: sign === "neg" ? -length : sign === "pos" ? length : 0 };
}

/**
 * @param {Layout} layout @param {Tape} tape @param {View} view
 * @param {{nodes: ReturnType<typeof stillNode>[]}} still @param {number} scale
 * @returns {EdgeDraw[]}
 */
function edgeDraws(layout, tape, view, still, scale) {
  const path = new Set(view.path);
  const current = view.trace?.current ?? null;
  const right = layout.direction === "right";
  const chips = new ChipPlacer(layout, view.least);
  /** @type {EdgeDraw[]} */
  const draws = [];
  for (let e = 0; e < tape.operand.length; e++) {
    const [from, to] = [layout.edgeFirst[e], layout.edgeFirst[e + 1]];
    const [source, target] = [tape.operand[e], tape.owner[e]];
    const crossed = view.trace === null || view.trace.crossed[e] === 1;
    const amount = contributionOf(tape, e);
    const toConstant = tape.constant[source] === 1;
    const silent = view.trace === null && tape.reaches[target] === 0;
    const sign = toConstant ? "none" : silent ? "zero" : crossed ? signOf(amount) : "waiting";
    const coloured = sign === "pos" || sign === "neg";
    const width = coloured ? ribbonWidth(shareOf(amount, scale)) : 1.5;
    const tip = TIP + (still.nodes[source].output ? OUTER : 0);
    const wire = wirePath(layout.points, from, to, right);
    const marked = path.has(e) || current?.edge === e;
    const hovered = view.hoveredEdge === e;
    draws.push({
      edge: e,
      key: `${still.nodes[target].key}:${e - tape.first[target]}`,
      source,
      target,
      wire,
      ribbon: coloured ? wirePath(layout.points, from, to, right, tip + headLength(width) - 1) : wire,
      head: coloured ? headPath(layout.points[from], layout.points[from + 1], width, tip, right) : "",
      sign,
      width,
      marked,
      chip:
        crossed && !toConstant && (view.showLocalDerivatives || hovered)
          ? chips.place(e, chipText(tape, e, hovered), hovered, current?.edge === e)
          : null,
    });
  }
  return draws;
}

/** @param {Tape} tape @param {number} e @param {boolean} full */
function chipText(tape, e, full) {
  const partial = tape.partial[e];
  if (!full) return `× ${factorNumber(partial, CHIP_DIGITS)}`;
  return `${shortNumber(tape.grad[tape.owner[e]])} × ${factorNumber(partial)} = ${shortNumber(contributionOf(tape, e))}`;
}

/** Puts chips on the last stretch of their wire where they cover no other chip; without such a place, none. */
class ChipPlacer {
  /** @param {Layout} layout @param {number} least */
  constructor(layout, least) {
    this.layout = layout;
    this.size = Math.max(CHIP_SIZE, least);
    this.roomy = layout.density === "cards" && layout.direction === "right" && least <= ROOM.chips;
    /** @type {{x: number, y: number, half: number}[]} */
    this.taken = [];
  }

  /**
   * @param {number} e @param {string} words
   * @param {boolean} full whether it may cover others, being pointed at
   * @param {boolean} must whether it stands where chips have no room in general: the step just taken
   * @returns {Chip | null}
   */
  place(e, words, full, must) {
    const { points, edgeFirst, direction } = this.layout;
    if (this.size > ROOM.names || !(this.roomy || full || must)) return null;
    const to = edgeFirst[e + 1];
    const parallel = to - edgeFirst[e] === 6;
    const width = textWidth(words, this.size) + 16;
    const height = this.size + 8;
    for (const t of parallel ? [0] : [0.5, 0.36, 0.64]) {
      const at = pointOnWire(
        points[to - 4],
        points[to - 3],
        points[to - 2],
        points[to - 1],
        t,
        direction === "right",
      );
      const free = this.taken.every(
        (other) => Math.abs(other.y - at.y) >= height || Math.abs(other.x - at.x) >= other.half + width / 2,
      );
      if (!full && !free) continue;
      if (!full) this.taken.push({ ...at, half: width / 2 });
      const text = { text: words, x: at.x, y: at.y + this.size * 0.36, size: this.size, squeeze: width - 14 };
      return { x: at.x - width / 2, y: at.y - height / 2, width, height, text, full };
    }
    return null;
  }
}

/**
 * "c, parameter, data 10, gradient minus 2".
 * @param {SceneNode} node @param {ReturnType<typeof stillNode>} base
 * @param {number | null} data @param {Sign} sign @param {number} grad
 */
function spokenNode(node, base, data, sign, grad) {
  const name = node.name ?? base.formula ?? (base.operator ? `result of ${node.op}` : "number");
  const role = node.role === "intermediate" ? "in between" : node.role;
  const parts = [name, role, `data ${data === null ? "not computed yet" : spokenNumber(data)}`];
  if (sign === "waiting") parts.push("gradient not computed yet");
  else if (sign !== "none") parts.push(`gradient ${spokenNumber(grad)}`);
  if (base.output && role !== "output") parts.splice(1, 0, "output");
  return parts.join(", ");
}

/** @param {ReturnType<typeof stillNode>} base @param {number | null} data @param {Sign} sign @param {number} grad */
function hintOf(base, data, sign, grad) {
  const lines = [base.name ?? base.formula ?? "", `data ${data === null ? NOT_YET : exactNumber(data)}`];
  if (sign !== "none") lines.push(`grad ${sign === "waiting" ? NOT_YET : exactNumber(grad)}`);
  return lines.filter(Boolean).join("\n");
}
