/**
 * Sizes of boxes, in pixels at scale 1. They depend on role, operation and density, never on a name or a value.
 */

import { textWidth } from "../glyphs.js";
import { OPS } from "../kernel.js";

/** @typedef {"cards" | "compact"} Density */
/** @typedef {{op: string, operands: ArrayLike<number>, role: string, card?: {kind: string} | null,
 *   size?: [number, number], operates?: boolean}} BoxedNode size: of a box that holds others; operates: an operator stands
 *   before it though what it reads lies elsewhere */

/** Up to this many values a graph is drawn as cards, above as one-line records. */
export const MOST_CARDS = 60;
/** Groups are laid out as such from so many boxes. */
export const COMPOUND_FROM = 200;

/**
 * `tab`: the label's part of the width. `radius`: of the operator's circle. `neck`: what joins it to the box.
 * `ports`: room along the side for the wires that leave.
 */
export const BOX = {
  cards: { width: 120, height: 66, tab: 36, constant: [72, 33], radius: 15, neck: 5, ports: 40 },
  compact: { width: 140, height: 30, tab: 34, constant: [64, 24], radius: 12, neck: 5, ports: 16 },
};

/** A closed group: a neuron with a bar for each of its parameters, a loss over all examples, or a box with what it stands for. */
const GROUP_CARD = { neuron: [112, 60], objective: [124, 78], box: [172, 66] };

/** A closed sum is an operator like any other. @param {BoxedNode} node @returns {"neuron" | "objective" | "box" | null} */
export function groupCard({ card }) {
  if (!card || card.kind === "sum") return null;
  return card.kind === "neuron" || card.kind === "objective" ? card.kind : "box";
}

/** Space between boxes: across the ranks (within one column) and along them (between columns, operators apart). */
export const GAP = {
  right: { cards: { row: 30, rank: 68, lane: 14 }, compact: { row: 16, rank: 52, lane: 10 } },
  down: { cards: { row: 24, rank: 42, lane: 16 }, compact: { row: 14, rank: 40, lane: 10 } },
};

/** Rows where there is no room to breathe: a formula over a box keeps clear of the box above. */
export const CLOSEST_ROW = 22;

const FEW_RANKS = 5;
const CLOSE_RANKS = 52;

/** Small graphs breathe: rows spread until they fill about this height, as in a drawing on a board. */
const BOARD = { right: 570, down: 300 };
const WIDEST_ROW = { right: 100, down: 24 };

const SYMBOL = new Map(OPS.map((row) => [row.name, row.symbol]));

/** @param {string} op @returns {string} what stands in the operator's circle */
export function symbolOf(op) {
  return SYMBOL.get(op) ?? op;
}

/** Type size of a symbol: a sign is set larger than a word. @param {string} symbol */
export function symbolSize(symbol) {
  return symbol.length === 1 ? 17 : symbol.length === 2 ? 14 : 11;
}

/** Words are given the room they need when zoomed out a little, where they are set larger. */
const WORD_SIZE = 14;

/**
 * Width of the operator: a circle, or a pill when its symbol is a word.
 * @param {string} op
 * @param {Density} density
 */
export function operatorWidth(op, density) {
  const symbol = symbolOf(op);
  const circle = 2 * BOX[density].radius;
  return symbol.length <= 2 ? circle : Math.max(circle, Math.ceil(textWidth(symbol, WORD_SIZE)) + 12);
}

/** Many ranks stand closer, so that more of them are in view. @param {"right" | "down"} direction @param {Density} density @param {number} ranks */
export function rankGap(direction, density, ranks) {
  const { rank } = GAP[direction][density];
  return direction === "right" && ranks > FEW_RANKS ? Math.min(rank, CLOSE_RANKS) : rank;
}

/**
 * Every node's box. `lead` is the length taken before the box by its operator, towards its operands.
 * @param {ArrayLike<BoxedNode>} nodes
 * @param {Density} density
 * @param {"right" | "down"} direction
 */
export function boxesOf(nodes, density, direction) {
  const shape = BOX[density];
  const width = new Float64Array(nodes.length);
  const height = new Float64Array(nodes.length);
  const lead = new Float64Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    const constant = nodes[i].role === "constant";
    width[i] = constant ? shape.constant[0] : shape.width;
    height[i] = constant ? shape.constant[1] : shape.height;
    const group = groupCard(nodes[i]);
    if (group !== null) [width[i], height[i]] = GROUP_CARD[group];
    const { size, operates } = nodes[i];
    if (size !== undefined) [width[i], height[i]] = size;
    if (size !== undefined || group !== null || (nodes[i].operands.length === 0 && !operates)) continue;
    lead[i] = shape.neck + (direction === "right" ? operatorWidth(nodes[i].op, density) : 2 * shape.radius);
  }
  return { width, height, lead };
}

/**
 * The gap between neighbours of one rank, when at most `most` boxes of `extent` stand in it.
 * @param {"right" | "down"} direction
 * @param {Density} density
 * @param {number} most
 * @param {number} extent
 */
export function rowGap(direction, density, most, extent) {
  const least = GAP[direction][density].row;
  if (density === "compact") return least;
  const free = (BOARD[direction] - most * extent) / Math.max(1, most - 1);
  return Math.max(least, Math.min(WIDEST_ROW[direction], Math.floor(free)));
}
