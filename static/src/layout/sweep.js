/**
 * One drawing being reordered: sweeps by mean positions, sifting, and counting.
 */

import { groupLinks } from "./lanes.js";
import { startOrder } from "./start.js";

/** @typedef {import("./structure.js").Structure} Structure */
/** @typedef {import("./lanes.js").Items} Items */
/** @typedef {import("./order.js").Order} Order */
/** @typedef {import("./start.js").Start} Start */

/** Pairs of links compared in all: small graphs are tried from several starts, large ones from one, briefly. */
export const WORK = 4_000_000;
/** Links beyond which items are only swept, not sifted. */
export const SIFT_BELOW = 30_000;

/** The links of an item are kept grouped at both of its ends. */
export class Sweep {
  /** @param {Structure} structure @param {Items} items */
  constructor(structure, items) {
    this.structure = structure;
    this.items = items;
    const out = groupLinks(items.left, items.count);
    const into = groupLinks(items.right, items.count);
    this.outFirst = out.first;
    this.outLink = out.link;
    this.inFirst = into.first;
    this.inLink = into.link;
    this.first = new Int32Array(items.ranks + 1);
    for (const r of items.rank) this.first[r + 1]++;
    for (let r = 0; r < items.ranks; r++) this.first[r + 1] += this.first[r];
    this.sequence = new Int32Array(items.count);
    this.position = new Int32Array(items.count);
    this.key = new Float64Array(items.count);
    /** Where a link ends on the right: ports of one box, in slot order, stand between its neighbours. */
    this.port = new Float64Array(items.left.length);
    this.work = 0;
  }

  /** @param {Start} start */
  seed(start) {
    startOrder(this.structure, this.items, this.first, start, this.sequence, this.position);
  }

  /** @param {number} [crossings] @returns {Order} */
  snapshot(crossings = this.countCrossings()) {
    return { sequence: this.sequence.slice(), first: this.first, position: this.position.slice(), crossings };
  }

  /**
   * Back to an order, with every rank disturbed by up to a third of its width. The disturbance is a fixed sequence.
   * @param {Order} order @param {number} turn
   */
  shake(order, turn) {
    this.sequence.set(order.sequence);
    this.position.set(order.position);
    let state = turn * 2654435761;
    for (let r = 0; r < this.items.ranks; r++) {
      const reach = (this.first[r + 1] - this.first[r]) / 3;
      for (let k = this.first[r]; k < this.first[r + 1]; k++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        this.key[this.sequence[k]] = k + (state / 4294967296 - 0.5) * 2 * reach;
      }
      this.sortRank(r);
    }
  }

  /** Each rank by the mean of its users' ports, from the output backwards. */
  towardsLeaves() {
    const { items, structure, position, key } = this;
    for (let r = items.ranks - 2; r >= 0; r--) {
      for (let k = this.first[r]; k < this.first[r + 1]; k++) {
        const item = this.sequence[k];
        const links = this.outFirst[item + 1] - this.outFirst[item];
        let sum = 0;
        for (let l = this.outFirst[item]; l < this.outFirst[item + 1]; l++) {
          const link = this.outLink[l];
          const right = items.right[link];
          const slots = right < structure.size ? structure.first[right + 1] - structure.first[right] : 1;
          sum += position[right] + (items.slot[link] + 0.5) / slots - 0.5;
        }
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
        for (let l = this.inFirst[item]; l < this.inFirst[item + 1]; l++) {
          sum += position[items.left[this.inLink[l]]];
        }
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
      const user = items.right[this.outLink[l]];
      for (let m = this.inFirst[user]; m < this.inFirst[user + 1]; m++) {
        const fellow = items.left[this.inLink[m]];
        if (fellow === leaf || !(key[fellow] >= 0)) continue;
        sum += key[fellow] + (items.slot[this.inLink[m]] < items.slot[this.outLink[l]] ? 1e-4 : -1e-4);
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
    const { sequence, position, key } = this;
    const from = this.first[r];
    const rank = sequence.subarray(from, this.first[r + 1]);
    const keyed = rank.filter((item) => !Number.isNaN(key[item]));
    keyed.sort((a, b) => key[a] - key[b] || position[a] - position[b]);
    let next = 0;
    for (let k = 0; k < rank.length; k++) {
      if (!Number.isNaN(key[rank[k]])) rank[k] = keyed[next++];
    }
    for (let k = 0; k < rank.length; k++) position[rank[k]] = k;
  }

  /**
   * Sifting: every item moves to the place of its rank where it crosses least, all others held.
   * @param {boolean} fromLeaves @param {boolean} loose whether a place no better is taken too, to leave a plateau
   */
  improve(fromLeaves, loose) {
    if (this.items.left.length > SIFT_BELOW) return;
    this.placePorts();
    for (let pass = 0, gained = true; gained && pass < 4; pass++) {
      gained = false;
      for (let k = 0; k < this.items.ranks; k++) {
        const r = fromLeaves ? k : this.items.ranks - 1 - k;
        for (const item of this.sequence.slice(this.first[r], this.first[r + 1])) {
          if (this.work > WORK) return;
          if (this.sift(item, r, loose && pass === 0)) gained = true;
        }
      }
    }
  }

  /** @param {number} item @param {number} r its rank @param {boolean} loose @returns {boolean} whether crossings were removed */
  sift(item, r, loose) {
    const { sequence, position } = this;
    const from = this.first[r];
    const at = from + position[item];
    let best = 0;
    let place = at;
    for (let k = at - 1, gain = 0; k >= from; k--) {
      gain += this.exchange(sequence[k], item);
      if (gain < best || (loose && gain === best)) [best, place] = [gain, k];
    }
    for (let k = at + 1, gain = 0; k < this.first[r + 1]; k++) {
      gain += this.exchange(item, sequence[k]);
      if (gain < best) [best, place] = [gain, k];
    }
    if (place === at) return false;
    const step = place < at ? -1 : 1;
    for (let k = at; k !== place; k += step) {
      sequence[k] = sequence[k + step];
      position[sequence[k]] = k - from;
      this.placePortsOf(sequence[k]);
    }
    sequence[place] = item;
    position[item] = place - from;
    this.placePortsOf(item);
    return best < 0;
  }

  /** What exchanging two items of a rank, `above` over `below`, adds to the crossings. @param {number} above @param {number} below */
  exchange(above, below) {
    const { items, position, port, outFirst, outLink, inFirst, inLink } = this;
    let change = 0;
    for (let l = outFirst[above]; l < outFirst[above + 1]; l++) {
      const end = port[outLink[l]];
      for (let m = outFirst[below]; m < outFirst[below + 1]; m++) change += Math.sign(port[outLink[m]] - end);
    }
    for (let l = inFirst[above]; l < inFirst[above + 1]; l++) {
      const end = position[items.left[inLink[l]]];
      for (let m = inFirst[below]; m < inFirst[below + 1]; m++)
        change += Math.sign(position[items.left[inLink[m]]] - end);
    }
    this.work +=
      2 +
      (outFirst[above + 1] - outFirst[above]) * (outFirst[below + 1] - outFirst[below]) +
      (inFirst[above + 1] - inFirst[above]) * (inFirst[below + 1] - inFirst[below]);
    return change;
  }

  placePorts() {
    for (let item = 0; item < this.items.count; item++) this.placePortsOf(item);
  }

  /** @param {number} item */
  placePortsOf(item) {
    const { structure, items, position, port } = this;
    const slots = item < structure.size ? structure.first[item + 1] - structure.first[item] : 1;
    for (let l = this.inFirst[item]; l < this.inFirst[item + 1]; l++) {
      const link = this.inLink[l];
      port[link] = position[item] + (items.slot[link] + 0.5) / slots - 0.5;
    }
  }

  /** Crossings of all links, in O(links log links). */
  countCrossings() {
    const { items, position } = this;
    this.placePorts();
    let crossings = 0;
    for (let r = 0; r + 1 < items.ranks; r++) {
      /** @type {number[]} */
      const links = [];
      for (let k = this.first[r]; k < this.first[r + 1]; k++) {
        const item = this.sequence[k];
        for (let l = this.outFirst[item]; l < this.outFirst[item + 1]; l++) links.push(this.outLink[l]);
      }
      const { port } = this;
      const order = Int32Array.from(links).sort(
        (a, b) => position[items.left[a]] - position[items.left[b]] || port[a] - port[b],
      );
      crossings += inversions(Float64Array.from(order, (link) => port[link]));
    }
    return crossings;
  }
}

/**
 * Pairs i < j with keys[i] > keys[j], by merging. Sorts `keys`.
 * @param {Float64Array} keys
 */
function inversions(keys) {
  let found = 0;
  /** @type {Float64Array} */
  let from = keys;
  /** @type {Float64Array} */
  let to = new Float64Array(keys.length);
  for (let width = 1; width < keys.length; width *= 2) {
    for (let start = 0; start < keys.length; start += 2 * width) {
      const middle = Math.min(start + width, keys.length);
      const end = Math.min(start + 2 * width, keys.length);
      let [i, j] = [start, middle];
      for (let k = start; k < end; k++) {
        if (i < middle && (j >= end || from[i] <= from[j])) to[k] = from[i++];
        else {
          found += middle - i;
          to[k] = from[j++];
        }
      }
    }
    [from, to] = [to, from];
  }
  return found;
}
