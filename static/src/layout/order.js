/**
 * Order within each rank: as few crossings as the layer-by-layer heuristics find (Sugiyama, Tagawa & Toda 1981; counting
 * after Barth, Mutzel & Jünger 2004), and operands in their written order wherever that costs no crossing.
 */

import { Climber } from "./climb.js";
import { SIFT_BELOW, Sweep } from "./sweep.js";

/** @typedef {import("./structure.js").Structure} Structure */
/** @typedef {import("./lanes.js").Items} Items */

/**
 * @typedef {object} Order
 * @property {Int32Array} sequence items, rank after rank, top to bottom
 * @property {Int32Array} first ranks + 1 offsets into `sequence`
 * @property {Int32Array} position by item: its place within its rank
 * @property {number} cost of the crossings, see CROSSING
 */

/** Drawings of fewer nodes are looked at as a whole, and take their time. */
export const SMALL = 250;
/** Many lanes for each node: long edges. */
const LONG = 1.5;
/**
 * Sweeps from each start. Climbing after each finds a network's best order from its leaves; where edges are long it ends in the
 * first valley, so that one start is swept for a while before.
 */
const SWEEPS = 12;
const BARE = { leaves: 0, backwards: 8, written: 0 };
/** @type {import("./start.js").Start[]} */
const STARTS = ["leaves", "backwards", "written"];
/** Of a drawing too large for climbs. */
const FEW_SWEEPS = 6;
/** Pairs of links compared from each start on, by link. */
const WORK_PER_LINK = 600;
/** Pairs of links compared while climbing from straight lines. */
const CLIMB_WORK = 400_000;

/**
 * @param {Structure} structure
 * @param {Items} items
 * @returns {{order: Order, crossings: number, climber: Climber | null}} the climber, unless the drawing is too large
 *   for one, goes on from the order
 */
export function orderItems(structure, items) {
  const sweep = new Sweep(structure, items);
  const climber = items.left.length <= SIFT_BELOW ? new Climber(sweep) : null;
  let best = null;
  // Of equal orders the written one is kept.
  for (const start of STARTS.slice(0, startsFor(items))) {
    sweep.seed(start);
    const found = orderFrom(sweep, climber, start);
    if (best === null || found.cost <= best.cost) best = found;
    if (best.cost === 0) break;
  }
  best ??= sweep.snapshot(0);
  sweep.restore(best);
  return { order: best, crossings: sweep.count(1), climber };
}

/** A network, whose edges are short, is at its best from its leaves. @param {Items} items */
function startsFor(items) {
  if (items.size < SMALL) return 3;
  return hasLongEdges(items) ? 2 : 1;
}

/** @param {Items} items */
export function hasLongEdges({ size, count }) {
  return count > LONG * size;
}

/**
 * The best order of some sweeps, after each of which the items climb.
 * @param {Sweep} sweep at an order to start from @param {Climber | null} climber @param {import("./start.js").Start} start
 */
function orderFrom(sweep, climber, start) {
  const most = climber === null ? FEW_SWEEPS : SWEEPS;
  const towards = start === "leaves" ? 1 : 0;
  sweep.work = 0;
  sweep.enough = WORK_PER_LINK * sweep.items.left.length;
  const settled = (/** @type {number} */ round) =>
    sweep.count() + (climber === null || round < BARE[start] ? 0 : climber.climb());
  let best = sweep.snapshot(settled(0));
  for (let round = 0; round < most && best.cost > 0 && sweep.work < sweep.enough; round++) {
    const turned = round % 4 < 2;
    if (round % 2 === towards) sweep.towardsLeaves(turned);
    else sweep.towardsOutput(turned);
    const cost = settled(round + 1);
    if (cost < best.cost) best = sweep.snapshot(cost);
  }
  return best;
}

/**
 * Every rank as straight lines from box to box would cross it, and climbing from there: what long edges cross is moved with
 * their ends, which no item alone could find.
 * @param {Climber} climber @param {Float64Array} height by node
 */
export function straightened(climber, height) {
  const { sweep } = climber;
  const { structure, items, key } = sweep;
  for (let i = 0; i < items.size; i++) key[i] = Math.round(16 * height[i]);
  for (let e = 0; e < structure.operand.length; e++) {
    if (items.lane[e] < 0) continue;
    const [read, user] = [structure.operand[e], structure.user[e]];
    const span = items.rank[user] - items.rank[read];
    const climb = height[user] - height[read];
    for (let k = 1; k < span; k++)
      key[items.lane[e] + k - 1] = Math.round(16 * (height[read] + (climb * k) / span));
  }
  for (let r = 0; r < items.ranks; r++) sweep.sortRank(r, false);
  sweep.work = 0;
  sweep.enough = CLIMB_WORK;
  const cost = sweep.count() + climber.climb();
  return { order: sweep.snapshot(cost), crossings: sweep.count(1) };
}

/**
 * The same upside down, where that puts more operands in their written order.
 * @param {Climber} climber @param {Order} order
 */
export function upright({ sweep }, order) {
  const { first, sequence, position } = sweep;
  sweep.restore(order);
  const found = { order, crossings: sweep.count(1) };
  for (let r = 0; r + 1 < first.length; r++) {
    sequence.subarray(first[r], first[r + 1]).reverse();
    for (let k = first[r]; k < first[r + 1]; k++) position[sequence[k]] = k - first[r];
  }
  const crossings = sweep.count(1);
  return crossings < found.crossings ? { order: sweep.snapshot(order.cost), crossings } : found;
}
