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

/** Sweeps from each start, as long as one of so many in a row finds a better order. */
const SWEEPS = 12;
const PATIENCE = 6;
/** Of a drawing too large for climbs. */
const FEW_SWEEPS = 6;
/** @type {import("./start.js").Start[]} */
const STARTS = ["written", "backwards"];
/** Sweeps, from the best order on, each of which the items climb from; while so many pairs of links are compared. */
const CLIMBS = 2;
const WORK_PER_LINK = 100;
/**
 * A drawing small enough to be looked at as a whole may climb for longer, and then has its items kicked out of place, so
 * often each, for the ranks about them to climb again; while so many pairs of links are compared.
 */
const SMALL = { size: 350, climbs: 500_000, kicked: 400_000, kicks: 4 };

/**
 * @param {Structure} structure
 * @param {Items} items
 * @returns {{order: Order, crossings: number, climber: Climber | null}} the climber, unless the drawing is too large
 *   for one, goes on from the order
 */
export function orderItems(structure, items) {
  const sweep = new Sweep(structure, items);
  const climber = items.left.length <= SIFT_BELOW ? new Climber(sweep) : null;
  const starts = structure.size < SMALL.size ? STARTS : STARTS.slice(0, 1);
  let best = null;
  for (const start of starts) {
    sweep.seed(start);
    let found = sweepFrom(sweep, climber === null ? FEW_SWEEPS : SWEEPS);
    if (climber !== null && found.cost > 0) found = climbFrom(climber, found);
    if (best === null || found.cost < best.cost) best = found;
    if (best.cost === 0) break;
  }
  best ??= sweep.snapshot(0);
  sweep.restore(best);
  return { order: best, crossings: sweep.count(1), climber };
}

/** The best order of some sweeps. @param {Sweep} sweep at an order to start from @param {number} most */
function sweepFrom(sweep, most) {
  let best = sweep.snapshot(sweep.count());
  for (let round = 0, since = 0; round < most && since < PATIENCE && best.cost > 0; round++, since++) {
    swing(sweep, round);
    const cost = sweep.count();
    if (cost >= best.cost) continue;
    best = sweep.snapshot(cost);
    since = 0;
  }
  return best;
}

/** The best order of climbs, from the one given and from what sweeps make of it. @param {Climber} climber @param {Order} start */
function climbFrom(climber, start) {
  const { sweep } = climber;
  const least = sweep.structure.size < SMALL.size ? SMALL.climbs : 0;
  const enough = sweep.work + Math.max(least, WORK_PER_LINK * sweep.items.left.length);
  sweep.restore(start);
  let best = sweep.snapshot(start.cost + climber.climb());
  for (let round = 0; round < CLIMBS && best.cost > 0 && sweep.work < enough; round++) {
    swing(sweep, round);
    const cost = sweep.count() + climber.climb();
    if (cost < best.cost) best = sweep.snapshot(cost);
  }
  return best;
}

/** @param {Sweep} sweep @param {number} round */
function swing(sweep, round) {
  if (round % 2 === 0) sweep.towardsLeaves();
  else sweep.towardsOutput();
}

/**
 * Iterated local search on a small drawing: what a kick makes no worse is kept.
 * @param {Climber} climber
 * @param {Order} start
 * @returns {{order: Order, crossings: number} | null} null where nothing better was found
 */
export function improve(climber, start) {
  const { sweep } = climber;
  if (sweep.structure.size >= SMALL.size || start.cost === 0) return null;
  const enough = sweep.work + SMALL.kicked;
  const most = SMALL.kicks * sweep.items.count;
  let best = start;
  sweep.restore(best);
  for (let turn = 0; turn < most && best.cost > 0 && sweep.work < enough; turn++) {
    const change = climber.kick() + climber.climb();
    if (change <= 0) best = sweep.snapshot(best.cost + change);
    else sweep.restore(best);
  }
  if (best.cost === start.cost) return null;
  sweep.restore(best);
  return { order: best, crossings: sweep.count(1) };
}
