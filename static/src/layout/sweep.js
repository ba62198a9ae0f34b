/**
 * One drawing being reordered: sweeps by weighted medians (Gansner et al. 1993), and counting.
 */

import { groupLinks } from "./lanes.js";
import { startOrder } from "./start.js";

/** @typedef {import("./structure.js").Structure} Structure */
/** @typedef {import("./lanes.js").Items} Items */
/** @typedef {import("./order.js").Order} Order */
/** @typedef {import("./start.js").Start} Start */

/** Up to this many items are sorted by insertion. */
const SHORT = 60;
/** Parts of a place. All numbers here are whole, since an interpreter puts every other on the heap. */
const PLACE = 4096;
const UNPLACED = -1;
const LARGEST = 2 ** 30;
/** Links beyond which items are only swept, not sifted. */
export const SIFT_BELOW = 30_000;
/** What a crossing costs, where two links that end at one box, in another order than it writes its operands, cost 1. */
export const CROSSING = 16;

/** The links of an item are kept grouped at both of its ends. */
export class Sweep {
  /** @param {Structure} structure @param {Items} items */
  constructor(structure, items) {
    this.structure = structure;
    this.items = items;
    const { first, link } = groupLinks(items.left, items.count);
    /** Links go by number in the order of their left ends: those of item i are outFirst[i] .. outFirst[i + 1]. */
    this.outFirst = first;
    this.right = link.map((l) => items.right[l]);
    this.slot = link.map((l) => items.slot[l]);
    const left = link.map((l) => items.left[l]);
    const into = groupLinks(this.right, items.count);
    this.inFirst = into.first;
    this.inLink = into.link;
    this.inLeft = into.link.map((l) => left[l]);
    this.first = new Int32Array(items.ranks + 1);
    for (const r of items.rank) this.first[r + 1]++;
    for (let r = 0; r < items.ranks; r++) this.first[r + 1] += this.first[r];
    this.sequence = new Int32Array(items.count);
    this.position = new Int32Array(items.count);
    /** By item: where it wants to be, in parts of a place; UNPLACED when it does not mind. */
    this.key = new Int32Array(items.count);
    /** By link: how far its end on the right lies from the middle of the box, in parts of a place. */
    this.share = new Int32Array(link.length);
    let slots = 1;
    for (let l = 0; l < link.length; l++) {
      const user = this.right[l];
      const all = user < items.size ? structure.first[user + 1] - structure.first[user] : 1;
      slots = Math.max(slots, all);
      this.share[l] = Math.round(PLACE * ((this.slot[l] + 0.5) / all - 0.5));
    }
    /** Where a link ends on the right: ports of one box, in slot order, stand between its neighbours. */
    this.port = new Int32Array(link.length);
    this.ports = Math.min(slots, Math.floor(LARGEST / (2 * Math.max(1, items.count))));
    /** From a box to the next, so that ports of one box are nearer to each other than to any other's. */
    this.stride = 2 * this.ports;
    /** Items of the rank at hand. */
    this.scratch = new Int32Array(items.count);
    this.ends = new Int32Array(link.length);
    this.boxes = new Int32Array(link.length);
    this.merged = new Int32Array(link.length);
    /** Pairs of links compared so far, and how many may be. */
    this.work = 0;
    this.enough = 0;
    /** By rank: whether it is to be sifted. */
    this.restless = new Uint8Array(items.ranks);
  }

  /** @param {Start} start */
  seed(start) {
    startOrder(this, start);
  }

  /** @param {number} cost @returns {Order} */
  snapshot(cost) {
    return { sequence: this.sequence.slice(), first: this.first, position: this.position.slice(), cost };
  }

  /** Back to an order. @param {Order} order */
  restore({ sequence, position }) {
    this.sequence.set(sequence);
    this.position.set(position);
    this.placePorts();
    this.restless.fill(1);
  }

  /**
   * Each rank by the medians of its users' ports, from the output backwards. What wants to stand above the first place stays
   * where it is: sweeps that are disturbed a little do not run in circles, and find better orders.
   * @param {boolean} turned whether items that want the same place change their order
   */
  towardsLeaves(turned) {
    const { items, position, key, sequence, outFirst, right, share, ends } = this;
    for (let r = items.ranks - 2; r >= 0; r--) {
      for (let k = this.first[r]; k < this.first[r + 1]; k++) {
        const item = sequence[k];
        let count = 0;
        for (let l = outFirst[item]; l < outFirst[item + 1]; l++)
          ends[count++] = PLACE * position[right[l]] + share[l];
        key[item] = this.median(count);
      }
      this.sortRank(r, turned);
    }
  }

  /** Each rank by the medians of its operands, from the leaves on. @param {boolean} turned */
  towardsOutput(turned) {
    const { items, position, key, sequence, inFirst, inLeft, ends } = this;
    for (let r = 1; r < items.ranks; r++) {
      for (let k = this.first[r]; k < this.first[r + 1]; k++) {
        const item = sequence[k];
        let count = 0;
        for (let l = inFirst[item]; l < inFirst[item + 1]; l++) ends[count++] = PLACE * position[inLeft[l]];
        key[item] = this.median(count);
      }
      this.sortRank(r, turned);
    }
  }

  /**
   * Of the first so many `ends`, which are sorted: between the middle two, nearer the side on which they lie closer
   * together (Gansner et al. 1993).
   * @param {number} count @returns {number} UNPLACED for none
   */
  median(count) {
    const { ends } = this;
    if (count === 0) return UNPLACED;
    if (count === 1) return ends[0];
    if (count === 2) return (ends[0] + ends[1]) >> 1;
    sortShort(ends, 0, count);
    const middle = count >> 1;
    if (count % 2 === 1) return ends[middle];
    const below = ends[middle - 1] - ends[0];
    const above = ends[count - 1] - ends[middle];
    const share = below + above === 0 ? 0.5 : below / (below + above);
    return Math.floor(ends[middle - 1] + share * (ends[middle] - ends[middle - 1]));
  }

  /** Items without a key keep their place. @param {number} r @param {boolean} turned whether equal ones change their order */
  sortRank(r, turned) {
    const { sequence, position, key, scratch } = this;
    const from = this.first[r];
    const to = this.first[r + 1];
    let count = 0;
    for (let k = from; k < to; k++) if (key[sequence[k]] >= 0) scratch[count++] = sequence[k];
    const turn = turned ? 1 : 0;
    if (count > SHORT) {
      const sign = turned ? -1 : 1;
      scratch.subarray(0, count).sort((a, b) => key[a] - key[b] || sign * (position[a] - position[b]));
    } else {
      for (let k = 1; k < count; k++) {
        const item = scratch[k];
        const own = key[item] - turn;
        let at = k;
        for (; at > 0 && key[scratch[at - 1]] > own; at--) scratch[at] = scratch[at - 1];
        scratch[at] = item;
      }
    }
    for (let k = from, next = 0; k < to; k++) if (key[sequence[k]] >= 0) sequence[k] = scratch[next++];
    for (let k = from; k < to; k++) position[sequence[k]] = k - from;
  }

  placePorts() {
    for (let item = 0; item < this.items.count; item++) this.placePortsOf(item);
  }

  /** @param {number} item */
  placePortsOf(item) {
    const { port, slot, ports, stride, inLink, inFirst } = this;
    const at = this.position[item] * stride;
    for (let l = inFirst[item]; l < inFirst[item + 1]; l++)
      port[inLink[l]] = at + (slot[inLink[l]] < ports ? slot[inLink[l]] : ports - 1);
  }

  /**
   * What all crossings cost, in O(links log links). All ranks are restless after it.
   * @param {number} [crossing] what one of links that end at two boxes costs
   */
  count(crossing = CROSSING) {
    const { items } = this;
    this.placePorts();
    this.restless.fill(1);
    const { port, outFirst, sequence, ends, boxes, stride } = this;
    let cost = 0;
    for (let r = 0; r + 1 < items.ranks; r++) {
      let count = 0;
      for (let k = this.first[r]; k < this.first[r + 1]; k++) {
        // Links of one item do not cross each other: they are counted in the order of their ends.
        const start = count;
        const links = outFirst[sequence[k] + 1];
        for (let l = outFirst[sequence[k]]; l < links; l++) ends[count++] = port[l];
        sortShort(ends, start, count);
      }
      if (crossing > 1) {
        for (let k = 0; k < count; k++) boxes[k] = Math.floor(ends[k] / stride);
        cost += (crossing - 1) * inversions(boxes, count, this.merged);
      }
      cost += inversions(ends, count, this.merged);
    }
    return cost;
  }
}

/** @param {Int32Array} keys @param {number} from @param {number} to few as a rule */
function sortShort(keys, from, to) {
  if (to - from > SHORT) {
    keys.subarray(from, to).sort();
    return;
  }
  for (let k = from + 1; k < to; k++) {
    const own = keys[k];
    let at = k;
    for (; at > from && keys[at - 1] > own; at--) keys[at] = keys[at - 1];
    keys[at] = own;
  }
}

/**
 * Pairs i < j < count with keys[i] > keys[j], by merging.
 * @param {Int32Array} keys rewritten @param {number} count @param {Int32Array} other as long
 */
function inversions(keys, count, other) {
  let found = 0;
  let from = keys;
  let to = other;
  for (let width = 1; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(start + width, count);
      const end = Math.min(start + 2 * width, count);
      let i = start;
      let j = middle;
      for (let k = start; k < end; k++) {
        if (i < middle && (j >= end || from[i] <= from[j])) to[k] = from[i++];
        else {
          found += middle - i;
          to[k] = from[j++];
        }
      }
    }
    const swap = from;
    from = to;
    to = swap;
  }
  return found;
}
