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
const SHORT = 40;
const LARGEST = 2 ** 30;
/** Links beyond which items are only swept, not sifted. */
export const SIFT_BELOW = 30_000;

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
    this.key = new Float64Array(items.count);
    /** By link: how far its end on the right lies from the middle of the box, in places. */
    this.share = new Float64Array(link.length);
    let slots = 1;
    for (let l = 0; l < link.length; l++) {
      const user = this.right[l];
      const all = user < items.size ? structure.first[user + 1] - structure.first[user] : 1;
      slots = Math.max(slots, all);
      this.share[l] = (this.slot[l] + 0.5) / all - 0.5;
    }
    /**
     * Where a link ends on the right: ports of one box, in slot order, stand between its neighbours. Whole numbers,
     * since an interpreter puts every other on the heap.
     */
    this.port = new Int32Array(link.length);
    this.ports = Math.min(slots, Math.floor(LARGEST / Math.max(1, items.count)));
    /** Items of the rank at hand. */
    this.scratch = new Int32Array(items.count);
    this.ends = new Int32Array(link.length);
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

  /** @param {number} [crossings] @returns {Order} */
  snapshot(crossings = this.countCrossings()) {
    return { sequence: this.sequence.slice(), first: this.first, position: this.position.slice(), crossings };
  }

  /** Back to an order. @param {Order} order */
  restore({ sequence, position }) {
    this.sequence.set(sequence);
    this.position.set(position);
    this.placePorts();
  }

  /** Each rank by the mean of its users' ports, from the output backwards. */
  towardsLeaves() {
    const { items, position, key } = this;
    for (let r = items.ranks - 2; r >= 0; r--) {
      for (let k = this.first[r]; k < this.first[r + 1]; k++) {
        const item = this.sequence[k];
        const links = this.outFirst[item + 1] - this.outFirst[item];
        let sum = 0;
        for (let l = this.outFirst[item]; l < this.outFirst[item + 1]; l++)
          sum += position[this.right[l]] + this.share[l];
        key[item] = links > 0 ? sum / links : Number.NaN;
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
        key[item] = links > 0 ? sum / links : Number.NaN;
      }
      for (let k = this.first[r]; k < this.first[r + 1]; k++) {
        if (Number.isNaN(key[this.sequence[k]]))
          key[this.sequence[k]] = -1 - this.besideFellows(this.sequence[k]);
      }
      for (let k = this.first[r]; k < this.first[r + 1]; k++) {
        const item = this.sequence[k];
        if (key[item] < 0) key[item] = -1 - key[item];
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
        sum += key[fellow] + (this.slot[this.inLink[m]] < this.slot[l] ? 1e-4 : -1e-4);
        found++;
      }
    }
    if (found > 0) return Math.max(0, sum / found);
    const width = this.first[items.rank[leaf] + 1] - this.first[items.rank[leaf]];
    const before = Math.max(1, this.first[items.rank[leaf]] - this.first[items.rank[leaf] - 1]);
    return (this.position[leaf] / width) * before;
  }

  /** Stable: equal keys keep their order; items without a key keep their place. @param {number} r */
  sortRank(r) {
    const { sequence, position, key, scratch } = this;
    const from = this.first[r];
    const to = this.first[r + 1];
    let count = 0;
    for (let k = from; k < to; k++) if (key[sequence[k]] >= 0) scratch[count++] = sequence[k];
    const compare = (/** @type {number} */ a, /** @type {number} */ b) =>
      key[a] - key[b] || position[a] - position[b];
    if (count > SHORT) scratch.subarray(0, count).sort(compare);
    else {
      for (let k = 1; k < count; k++) {
        const item = scratch[k];
        let at = k;
        for (; at > 0 && compare(scratch[at - 1], item) > 0; at--) scratch[at] = scratch[at - 1];
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
    const { port, slot, ports, inLink, inFirst } = this;
    const at = this.position[item] * ports;
    for (let l = inFirst[item]; l < inFirst[item + 1]; l++)
      port[inLink[l]] = at + (slot[inLink[l]] < ports ? slot[inLink[l]] : ports - 1);
  }

  /** Crossings of all links, in O(links log links). All ranks are restless after it. */
  countCrossings() {
    const { items } = this;
    this.placePorts();
    this.restless.fill(1);
    const { port, outFirst, sequence, ends } = this;
    let crossings = 0;
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
      crossings += inversions(ends, count, this.merged);
    }
    return crossings;
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
