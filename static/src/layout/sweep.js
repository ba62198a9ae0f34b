/**
 * One drawing being reordered: sweeps by mean positions, and counting.
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
const HAIR = 16;
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
    /** Pairs of links compared so far. */
    this.work = 0;
    /** By rank: whether it is to be sifted. */
    this.restless = new Uint8Array(items.ranks);
  }

  /** @param {Start} start */
  seed(start) {
    startOrder(this.structure, this.items, this.first, start, this.sequence, this.position);
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
   * Each rank by the mean of its users' ports, from the output backwards. What wants to stand above the first place stays
   * where it is: sweeps that are disturbed a little do not run in circles, and find better orders.
   */
  towardsLeaves() {
    const { items, position, key } = this;
    for (let r = items.ranks - 2; r >= 0; r--) {
      for (let k = this.first[r]; k < this.first[r + 1]; k++) {
        const item = this.sequence[k];
        const links = this.outFirst[item + 1] - this.outFirst[item];
        let sum = 0;
        for (let l = this.outFirst[item]; l < this.outFirst[item + 1]; l++)
          sum += PLACE * position[this.right[l]] + this.share[l];
        key[item] = links > 0 && sum >= 0 ? Math.floor(sum / links) : UNPLACED;
      }
      this.sortRank(r);
    }
  }

  /** Each rank by the mean of its operands, from the leaves on; leaves go where their fellow operands are. */
  towardsOutput() {
    const { items, position, key } = this;
    for (let r = 1; r < items.ranks; r++) {
      for (let k = this.first[r]; k < this.first[r + 1]; k++) {
        const item = this.sequence[k];
        const links = this.inFirst[item + 1] - this.inFirst[item];
        let sum = 0;
        for (let l = this.inFirst[item]; l < this.inFirst[item + 1]; l++) sum += position[this.inLeft[l]];
        key[item] = links > 0 ? Math.floor((PLACE * sum) / links) : UNPLACED;
      }
      // A leaf's place is found from those of the others alone, and so is kept below UNPLACED until all are found.
      for (let k = this.first[r]; k < this.first[r + 1]; k++) {
        const item = this.sequence[k];
        if (key[item] === UNPLACED) key[item] = UNPLACED - 1 - this.besideFellows(item);
      }
      for (let k = this.first[r]; k < this.first[r + 1]; k++) {
        const item = this.sequence[k];
        if (key[item] < 0) key[item] = UNPLACED - 1 - key[item];
      }
      this.sortRank(r);
    }
  }

  /**
   * Mean key of the other operands of a leaf's users in the same rank, a hair above or below by written order.
   * @param {number} leaf
   */
  besideFellows(leaf) {
    const { items, key } = this;
    let sum = 0;
    let found = 0;
    for (let l = this.outFirst[leaf]; l < this.outFirst[leaf + 1]; l++) {
      const user = this.right[l];
      for (let m = this.inFirst[user]; m < this.inFirst[user + 1]; m++) {
        const fellow = this.inLeft[m];
        if (fellow === leaf || !(key[fellow] >= 0)) continue;
        sum += key[fellow] + (this.slot[this.inLink[m]] < this.slot[l] ? HAIR : -HAIR);
        found++;
      }
    }
    if (found > 0) return Math.max(0, Math.round(sum / found));
    const width = this.first[items.rank[leaf] + 1] - this.first[items.rank[leaf]];
    const before = Math.max(1, this.first[items.rank[leaf]] - this.first[items.rank[leaf] - 1]);
    return Math.floor((PLACE * this.position[leaf] * before) / width);
  }

  /** Stable: equal keys keep their order; items without a key keep their place. @param {number} r */
  sortRank(r) {
    const { sequence, position, key, scratch } = this;
    const from = this.first[r];
    const to = this.first[r + 1];
    let count = 0;
    for (let k = from; k < to; k++) if (key[sequence[k]] >= 0) scratch[count++] = sequence[k];
    if (count > SHORT)
      scratch.subarray(0, count).sort((a, b) => key[a] - key[b] || position[a] - position[b]);
    else {
      for (let k = 1; k < count; k++) {
        const item = scratch[k];
        const own = key[item];
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
        if (count - start > SHORT) ends.subarray(start, count).sort();
        else {
          for (let m = start + 1; m < count; m++) {
            const end = ends[m];
            let at = m;
            for (; at > start && ends[at - 1] > end; at--) ends[at] = ends[at - 1];
            ends[at] = end;
          }
        }
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
