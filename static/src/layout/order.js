/**
 * Order within each rank: as few crossings as the layer-by-layer heuristics find, operands in their written order
 * wherever that costs no crossing (Sugiyama, Tagawa & Toda 1981; counting after Barth, Mutzel & Jünger 2004).
 */

import { SIFT_BELOW, Sweep, WORK } from "./sweep.js";

/** @typedef {import("./structure.js").Structure} Structure */
/** @typedef {import("./lanes.js").Items} Items */

/**
 * @typedef {object} Order
 * @property {Int32Array} sequence items, rank after rank, top to bottom
 * @property {Int32Array} first ranks + 1 offsets into `sequence`
 * @property {Int32Array} position by item: its place within its rank
 * @property {number} crossings
 */

/** Rounds go on while they gain; a few fruitless ones end a start. */
const PATIENCE = 4;
const MOST_ROUNDS = 30;
const ROUNDS_OF_LARGE = 6;
/** Then the best is shaken and improved again, while little work has been done. */
const SHAKES = 12;
const WORK_SHAKEN = 1_500_000;

/**
 * @param {Structure} structure
 * @param {Items} items
 * @returns {Order}
 */
export function orderItems(structure, items) {
  const sweep = new Sweep(structure, items);
  const large = items.left.length > SIFT_BELOW;
  sweep.seed("written");
  let best = descend(sweep, sweep.snapshot(), large ? ROUNDS_OF_LARGE : MOST_ROUNDS);
  if (large) return best;
  for (const start of OTHER_STARTS) {
    if (best.crossings === 0 || sweep.work > WORK) return best;
    sweep.seed(start);
    best = descend(sweep, best, MOST_ROUNDS);
  }
  for (let k = 1; k <= SHAKES && best.crossings > 0 && sweep.work < WORK_SHAKEN; k++) {
    sweep.shake(best, k);
    best = descend(sweep, best, MOST_ROUNDS);
  }
  return best;
}

/**
 * Sweeps and sifts from where the drawing stands.
 * @param {Sweep} sweep @param {Order} best so far @param {number} most rounds
 * @returns {Order} the better one
 */
function descend(sweep, best, most) {
  let here = sweep.countCrossings();
  if (here < best.crossings) best = sweep.snapshot(here);
  for (let round = 0, fruitless = 0; round < most && fruitless < PATIENCE && best.crossings > 0; round++) {
    if (round % 2 === 0) sweep.towardsLeaves();
    else sweep.towardsOutput();
    sweep.improve(round % 2 === 0, round % 4 >= 2);
    const now = sweep.countCrossings();
    fruitless = now < here ? 0 : fruitless + 1;
    here = Math.min(here, now);
    if (now < best.crossings) best = sweep.snapshot(now);
  }
  return best;
}

/** @type {import("./start.js").Start[]} */
const OTHER_STARTS = ["leaves", "backwards"];
