/**
 * Coordinates across the ranks: every item as near to its neighbours as the order and the spacing allow. The sum of
 * squared heights of all links is lowered rank by rank; one rank is solved exactly by pooling adjacent violators
 * (isotonic regression), which keeps boxes apart and centres operands about their user.
 */

import { groupLinks } from "./lanes.js";

/** @typedef {import("./lanes.js").Items} Items */
/** @typedef {import("./order.js").Order} Order */

/** A bend in the middle of a long edge is worse than one at its end. */
const NODE_NODE = 1;
const NODE_LANE = 4;
const LANE_LANE = 32;
/** Links that climb by less, in rows, pull by the square of what they climb, which centres; steeper ones by what they climb. */
const NEAR = 1;

/** Link visits spent on settling: many sweeps for a lecture's graph, few for a large one. */
const WORK = 100_000;
const FEWEST_SWEEPS = 6;
const MOST_SWEEPS = 300;
/** Settled: no item moved further than this in a sweep, in pixels. */
const STILL = 0.02;

/**
 * @param {Items} items
 * @param {Order} order
 * @param {{extent: Float64Array, gap: Float64Array}} room by item: its size across the ranks, and the distance it keeps on
 *   either side (two neighbours keep the larger)
 * @param {number} [work] link visits
 * @returns {Float64Array} centre of every item; the topmost edge of all is 0
 */
export function placeItems(items, order, { extent, gap }, work = WORK) {
  const { sequence, first } = order;
  const centre = new Float64Array(items.count);
  const offset = new Float64Array(items.count);
  for (let r = 0; r < items.ranks; r++) {
    for (let k = first[r] + 1; k < first[r + 1]; k++) {
      const [above, item] = [sequence[k - 1], sequence[k]];
      offset[item] = offset[above] + (extent[above] + extent[item]) / 2 + Math.max(gap[above], gap[item]);
    }
    const last = offset[sequence[first[r + 1] - 1]];
    for (let k = first[r]; k < first[r + 1]; k++) centre[sequence[k]] = offset[sequence[k]] - last / 2;
  }
  let row = 0;
  for (let i = 0; i < items.size; i++) row = Math.max(row, extent[i] + gap[i]);
  const settle = new Settling(items, order, centre, offset, NEAR * row);
  const sweeps = Math.min(
    MOST_SWEEPS,
    Math.max(FEWEST_SWEEPS, Math.floor(work / (2 * items.left.length + items.count))),
  );
  for (let sweep = 0; sweep < sweeps; sweep++) {
    // One-sided sweeps first: they carry a position across the whole drawing at once.
    const sides = sweep === 0 ? 1 : sweep === 1 ? 2 : 3;
    let moved = 0;
    if (sweep % 2 === 0) for (let r = 0; r < items.ranks; r++) moved = Math.max(moved, settle.rank(r, sides));
    else for (let r = items.ranks - 1; r >= 0; r--) moved = Math.max(moved, settle.rank(r, sides));
    if (sweep > 2 && moved < STILL) break;
  }
  straightenLanes(items, order, centre, extent, gap);
  let top = Number.POSITIVE_INFINITY;
  for (let i = 0; i < items.count; i++) top = Math.min(top, centre[i] - extent[i] / 2);
  for (let i = 0; i < items.count; i++) centre[i] = Math.round((centre[i] - top) * 2) / 2;
  return centre;
}

class Settling {
  /**
   * @param {Items} items @param {Order} order @param {Float64Array} centre @param {Float64Array} offset
   * @param {number} near in pixels
   */
  constructor(items, order, centre, offset, near) {
    this.items = items;
    this.order = order;
    this.centre = centre;
    this.offset = offset;
    this.near = near;
    /** Links by their right ends: to the operands; and by their left ends: to the users. */
    this.into = pulls(items, items.right, items.left);
    this.out = pulls(items, items.left, items.right);
    let widest = 0;
    for (let r = 0; r < items.ranks; r++) widest = Math.max(widest, order.first[r + 1] - order.first[r]);
    // Blocks of the regression: mean, weight and number of items of each.
    this.mean = new Float64Array(widest);
    this.weight = new Float64Array(widest);
    this.length = new Int32Array(widest);
  }

  /**
   * Solves one rank with all others held.
   * @param {number} r
   * @param {number} sides 1: operands pull, 2: users pull, 3: both
   * @returns {number} the furthest any item moved
   */
  rank(r, sides) {
    const { order, centre, offset, near, out, into, mean, weight, length } = this;
    let blocks = 0;
    for (let k = order.first[r]; k < order.first[r + 1]; k++) {
      const item = order.sequence[k];
      let pull = 0;
      let sum = 0;
      const own = centre[item];
      if (sides & 1) {
        for (let l = into.first[item]; l < into.first[item + 1]; l++) {
          const at = centre[into.other[l]];
          const w = into.stiff[l] / Math.max(near, Math.abs(own - at));
          pull += w;
          sum += w * at;
        }
      }
      if (sides & 2) {
        for (let l = out.first[item]; l < out.first[item + 1]; l++) {
          const at = centre[out.other[l]];
          const w = out.stiff[l] / Math.max(near, Math.abs(own - at));
          pull += w;
          sum += w * at;
        }
      }
      if (pull === 0) {
        pull = 1e-4;
        sum = pull * centre[item];
      }
      mean[blocks] = sum / pull - offset[item];
      weight[blocks] = pull;
      length[blocks++] = 1;
      while (blocks > 1 && mean[blocks - 2] >= mean[blocks - 1]) {
        const b = blocks - 2;
        const total = weight[b] + weight[b + 1];
        mean[b] = (mean[b] * weight[b] + mean[b + 1] * weight[b + 1]) / total;
        weight[b] = total;
        length[b] += length[b + 1];
        blocks--;
      }
    }
    let moved = 0;
    for (let b = 0, k = order.first[r]; b < blocks; b++) {
      for (let i = 0; i < length[b]; i++, k++) {
        const item = order.sequence[k];
        const to = mean[b] + offset[item];
        moved = Math.max(moved, Math.abs(to - centre[item]));
        centre[item] = to;
      }
    }
    return moved;
  }
}

/**
 * Links grouped by one of their ends: those of item i are first[i] .. first[i + 1], each with its other end.
 * @param {Items} items @param {Int32Array} end @param {Int32Array} otherEnd
 */
function pulls({ size, count }, end, otherEnd) {
  const { first, link } = groupLinks(end, count);
  const other = new Int32Array(link.length);
  const stiff = new Float64Array(link.length);
  for (let k = 0; k < link.length; k++) {
    const l = link[k];
    const lanes = (end[l] >= size ? 1 : 0) + (otherEnd[l] >= size ? 1 : 0);
    other[k] = otherEnd[l];
    stiff[k] = lanes === 0 ? NODE_NODE : lanes === 1 ? NODE_LANE : LANE_LANE;
  }
  return { first, other, stiff };
}

/**
 * Least squares spread a climb over all lanes of an edge; a reader sees a staircase. Here every stretch of lanes that
 * can be level becomes level, at the height of the end it starts from where there is room, so that an edge bends once.
 * @param {Items} items
 * @param {Order} order
 * @param {Float64Array} centre rewritten for lanes
 * @param {Float64Array} extent
 * @param {Float64Array} gap
 */
function straightenLanes(items, order, centre, extent, gap) {
  const { size, count, rank, left, right } = items;
  const { sequence, first, position } = order;
  const next = new Int32Array(count).fill(-1);
  const source = new Int32Array(count).fill(-1);
  const heads = [];
  for (let l = 0; l < left.length; l++) {
    if (left[l] >= size) {
      if (next[left[l]] < 0 || right[l] >= size) next[left[l]] = right[l];
    } else if (right[l] >= size) {
      source[right[l]] = left[l];
      heads.push(right[l]);
    }
  }
  const apart = (/** @type {number} */ a, /** @type {number} */ b) =>
    (extent[a] + extent[b]) / 2 + Math.max(gap[a], gap[b]);
  for (const head of heads) {
    let wish = centre[source[head]];
    for (let lane = head; lane >= size; ) {
      let low = Number.NEGATIVE_INFINITY;
      let high = Number.POSITIVE_INFINITY;
      const start = lane;
      for (; lane >= size; lane = next[lane]) {
        const at = first[rank[lane]] + position[lane];
        const above = at > first[rank[lane]] ? sequence[at - 1] : -1;
        const below = at + 1 < first[rank[lane] + 1] ? sequence[at + 1] : -1;
        const from = Math.max(low, above < 0 ? low : centre[above] + apart(above, lane));
        const to = Math.min(high, below < 0 ? high : centre[below] - apart(lane, below));
        if (from > to && lane !== start) break;
        [low, high] = [from, to];
      }
      // The last stretch may meet its user instead, where that is in reach and the wish is not.
      if (lane < size && lane >= 0 && (wish < low || wish > high)) wish = centre[lane];
      const level = Math.max(low, Math.min(high, wish));
      for (let k = start; k !== lane; k = next[k]) centre[k] = level;
      wish = level;
    }
  }
}
