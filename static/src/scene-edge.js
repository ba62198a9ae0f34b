/**
 * The wires of the draw list and the chips on them.
 */

import { ROOM, textWidth } from "./glyphs.js";
import { factorNumber, shortNumber } from "./numbers.js";
import { contributionOf } from "./replay.js";
import { headLength, headPath, pointOnWire, ribbonWidth, startingAt, WIDEST, wireFrom } from "./ribbon.js";
import { OUTER } from "./scene-node.js";

/** @typedef {import("./layout/index.js").Layout} Layout */
/** @typedef {import("./replay.js").Tape} Tape */
/** @typedef {import("./scene.js").View} View */
/** @typedef {import("./scene.js").EdgeDraw} EdgeDraw */
/** @typedef {import("./scene.js").Chip} Chip */

const CHIP_SIZE = 12;
const CHIP_DIGITS = 6;
/** A chip may touch the rim of an operator, not its sign. */
const RIM = 5;
/** Distance between a box and the tip of an arrow. */
const TIP = 2;

/** @param {number} x @returns {import("./scene.js").Sign} */
export function signOf(x) {
  return Number.isNaN(x) ? "unknown" : x > 0 ? "pos" : x < 0 ? "neg" : "zero";
}

/** @param {number} x @param {number} scale */
export function shareOf(x, scale) {
  return Number.isFinite(x) ? Math.min(1, Math.abs(x) / scale) : 1;
}

/**
 * @param {Layout} layout @param {Tape} tape @param {View} view
 * @param {{nodes: import("./scene-node.js").StillNode[]}} still @param {number} scale
 * @returns {EdgeDraw[]}
 */
export function edgeDraws(layout, tape, view, still, scale) {
  const path = new Set(view.path);
  const current = view.trace?.current ?? null;
  const right = layout.direction === "right";
  const wires = wiresOf(layout, tape, still);
  const chips = new ChipPlacer(layout, still.nodes, view.least);
  /** @type {EdgeDraw[]} */
  const draws = [];
  for (let e = 0; e < tape.operand.length; e++) {
    const from = layout.edgeFirst[e];
    const [source, target] = [tape.operand[e], tape.owner[e]];
    const crossed = view.trace === null || view.trace.crossed[e] === 1;
    const amount = contributionOf(tape, e);
    const toConstant = tape.constant[source] === 1 || tape.bare?.[e] === 1;
    const silent = view.trace === null && tape.reaches[target] === 0;
    const sign = toConstant ? "none" : silent ? "zero" : crossed ? signOf(amount) : "waiting";
    const coloured = sign === "pos" || sign === "neg";
    const width = coloured ? ribbonWidth(shareOf(amount, scale)) : 1.5;
    const tip = TIP + (still.nodes[source].output ? OUTER : 0);
    const [x, y] = [layout.points[from], layout.points[from + 1]];
    const marked = path.has(e) || current?.edge === e;
    const hovered = view.hoveredEdge === e;
    draws.push({
      edge: e,
      key: wires[e].key,
      source,
      target,
      reach: wires[e].reach,
      wire: wires[e].whole,
      ribbon:
        coloured && view.arrows !== false
          ? startingAt(wires[e].rest, x, y, right, tip + headLength(width) - 1)
          : wires[e].whole,
      head: coloured && view.arrows !== false ? headPath(x, y, width, tip, right) : "",
      sign,
      width,
      marked,
      chip:
        crossed && !toConstant && hasSlope(tape, e) && (view.showLocalDerivatives || hovered)
          ? chips.place(e, chipText(tape, e, hovered), hovered, current?.edge === e)
          : null,
    });
  }
  return draws;
}

/** A group with several outputs has no one slope. @param {Tape} tape @param {number} e */
function hasSlope({ flow, partial }, e) {
  return flow === undefined || !Number.isNaN(partial[e]);
}

/** @typedef {{key: string, whole: string, rest: string, reach: EdgeDraw["reach"]}} Wire */

/** What of a wire does not change while values do, kept per layout. @type {WeakMap<Layout, Wire[]>} */
const WIRES = new WeakMap();

/** @param {Layout} layout @param {Tape} tape @param {{nodes: import("./scene-node.js").StillNode[]}} still */
function wiresOf(layout, tape, still) {
  const known = WIRES.get(layout);
  if (known !== undefined) return known;
  const { points, edgeFirst, direction } = layout;
  const right = direction === "right";
  const wires = Array.from(tape.operand, (_, e) => {
    const rest = wireFrom(points, edgeFirst[e], edgeFirst[e + 1], right);
    const key = `${still.nodes[tape.owner[e]].key}:${e - tape.first[tape.owner[e]]}`;
    const whole = startingAt(rest, points[edgeFirst[e]], points[edgeFirst[e] + 1], right);
    return { key, rest, whole, reach: reachOf(points, edgeFirst[e], edgeFirst[e + 1]) };
  });
  WIRES.set(layout, wires);
  return wires;
}

/** The box about a wire, which its curves do not leave. @param {Float64Array} points x, y pairs @param {number} from @param {number} to */
function reachOf(points, from, to) {
  let [left, top] = [points[from], points[from + 1]];
  let [right, bottom] = [left, top];
  for (let p = from + 2; p < to; p += 2) {
    left = Math.min(left, points[p]);
    right = Math.max(right, points[p]);
    top = Math.min(top, points[p + 1]);
    bottom = Math.max(bottom, points[p + 1]);
  }
  return {
    x: left - WIDEST,
    y: top - WIDEST,
    width: right - left + 2 * WIDEST,
    height: bottom - top + 2 * WIDEST,
  };
}

/** @param {Tape} tape @param {number} e @param {boolean} full */
function chipText(tape, e, full) {
  const partial = tape.partial[e];
  if (!full) return `× ${factorNumber(partial, CHIP_DIGITS)}`;
  return `${shortNumber(tape.grad[tape.owner[e]])} × ${factorNumber(partial)} = ${shortNumber(contributionOf(tape, e))}`;
}

/** Puts chips on the last stretch of their wire where they cover no other chip and no box; without such a place, none. */
class ChipPlacer {
  /** @param {Layout} layout @param {import("./scene-node.js").StillNode[]} nodes @param {number} least */
  constructor(layout, nodes, least) {
    this.layout = layout;
    this.nodes = nodes;
    this.size = Math.max(CHIP_SIZE, least);
    this.roomy = layout.density === "cards" && layout.direction === "right" && least <= ROOM.chips;
    /** @type {{x: number, y: number, half: number}[]} */
    this.taken = [];
  }

  /** Whether a chip about (x, y) covers no box and no operator. @param {number} x @param {number} y @param {number} width @param {number} height */
  isClear(x, y, width, height) {
    const reaches = (
      /** @type {number} */ left,
      /** @type {number} */ top,
      /** @type {number} */ wide,
      /** @type {number} */ high,
    ) =>
      Math.abs(left + wide / 2 - x) < (wide + width) / 2 &&
      Math.abs(top + high / 2 - y) < (high + height) / 2;
    return this.nodes.every((node) => {
      if (reaches(node.x, node.y, node.width, node.height)) return false;
      if (node.operator === null) return true;
      const { x: middle, y: centre, width: wide, radius } = node.operator;
      const inner = Math.max(0, wide - 2 * RIM);
      return !reaches(node.x + middle - inner / 2, node.y + centre - radius + RIM, inner, 2 * (radius - RIM));
    });
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
    for (const t of parallel ? [0] : [0.5, 0.36, 0.64, 0.75]) {
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
      if (!full && !(free && this.isClear(at.x, at.y, width, height))) continue;
      if (!full) this.taken.push({ ...at, half: width / 2 });
      const text = { text: words, x: at.x, y: at.y + this.size * 0.36, size: this.size, squeeze: width - 14 };
      return { x: at.x - width / 2, y: at.y - height / 2, width, height, text, full };
    }
    return null;
  }
}
