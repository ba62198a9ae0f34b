/**
 * Order within each rank: as few crossings as the layer-by-layer heuristics find, operands in their written order
 * wherever that costs no crossing (Sugiyama, Tagawa & Toda 1981; counting after Barth, Mutzel & Jünger 2004).
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
 * @property {number} crossings
 */

const ROUNDS = 6;
/**
 * Pairs of links compared in the climbs that follow sweeps: so many per link. A drawing small enough to be looked at as
 * a whole gets at least so many, and then its items are kicked out of place, so often each, for the ranks about them to
 * climb again.
 */
const WORK_PER_LINK = 200;
const SMALL = { size: 350, work: 500_000, kicked: 400_000, kicks: 10 };

/**
 * @param {Structure} structure
 * @param {Items} items
 * @returns {Order}
 */
export function orderItems(structure, items) {
  const sweep = new Sweep(structure, items);
  const links = items.left.length;
  const small = structure.size < SMALL.size;
  const enough = Math.max(small ? SMALL.work : 0, WORK_PER_LINK * links);
  const climber = links <= SIFT_BELOW ? new Climber(sweep) : null;
  sweep.seed("written");
  let best = sweep.snapshot(sweep.countCrossings());
  /** @type {Set<number>} */
  const seen = new Set();
  for (let round = 0; round < ROUNDS && best.crossings > 0 && sweep.work < enough; round++) {
    if (round % 2 === 0) sweep.towardsLeaves();
    else sweep.towardsOutput();
    let crossings = sweep.countCrossings();
    if (seen.has(2 * crossings + (round % 2))) break;
    seen.add(2 * crossings + (round % 2));
    if (climber !== null && round > 0) crossings += climber.climb();
    if (crossings < best.crossings) best = sweep.snapshot(crossings);
  }
  return climber !== null && small ? kick(climber, best) : best;
}

/**
 * Iterated local search: what a kick makes no worse is kept.
 * @param {Climber} climber @param {Order} best
 */
function kick(climber, best) {
  const { sweep } = climber;
  const enough = sweep.work + SMALL.kicked;
  sweep.restore(best);
  const most = SMALL.kicks * sweep.items.count;
  for (let turn = 0; turn < most && best.crossings > 0 && sweep.work < enough; turn++) {
    const change = climber.kick() + climber.climb();
    if (change <= 0) best = sweep.snapshot(best.crossings + change);
    else sweep.restore(best);
  }
  return best;
}
