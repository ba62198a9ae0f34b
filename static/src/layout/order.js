/**
 * Order within each rank: as few crossings as the layer-by-layer heuristics find, operands in their written order
 * wherever that costs no crossing (Sugiyama, Tagawa & Toda 1981; counting after Barth, Mutzel & Jünger 2004).
 */

import { groupLinks } from "./lanes.js";

/** @typedef {import("./structure.js").Structure} Structure */
/** @typedef {import("./lanes.js").Items} Items */

/**
 * @typedef {object} Order
 * @property {Int32Array} sequence items, rank after rank, top to bottom
 * @property {Int32Array} first ranks + 1 offsets into `sequence`
 * @property {Int32Array} position by item: its place within its rank
 * @property {number} crossings
 */

/** Sweeps go on while they gain; they stall early whatever the limit, so a few fruitless rounds end them. */
const PATIENCE = 3;
const MOST_ROUNDS = 24;
/** Exchanging neighbours is worth its time in drawings that someone reads box by box. */
const TRANSPOSE_BELOW = 30_000;

/**
 * @param {Structure} structure
 * @param {Items} items
 * @returns {Order}
 */
export function orderItems(structure, items) {
  const sweep = new Sweep(structure, items);
  let best = sweep.snapshot();
  let fruitless = 0;
  for (let round = 0; round < MOST_ROUNDS && best.crossings > 0 && fruitless < PATIENCE; round++) {
    if (round % 2 === 0) sweep.towardsLeaves();
    else sweep.towardsOutput();
    if (items.left.length < TRANSPOSE_BELOW) sweep.transpose();
    const now = sweep.countCrossings();
    if (now < best.crossings) {
      best = sweep.snapshot(now);
      fruitless = 0;
    } else fruitless++;
  }
  return best;
}

/** One drawing being reordered. The links of an item are kept grouped at both of its ends. */
class Sweep {
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
    this.seed();
  }

  /** Depth first from the output, operands in written order: no crossing at all in a tree. */
  seed() {
    const { structure, items, sequence, position } = this;
    const { first, operand, size } = structure;
    const next = this.first.slice(0, items.ranks);
    const placed = new Uint8Array(items.count);
    const place = (/** @type {number} */ item) => {
      placed[item] = 1;
      position[item] = next[items.rank[item]] - this.first[items.rank[item]];
      sequence[next[items.rank[item]]++] = item;
    };
    const seen = new Uint8Array(size);
    for (let start = -1; start < size; start++) {
      const root = start < 0 ? structure.output : size - 1 - start;
      if (size === 0 || seen[root]) continue;
      seen[root] = 1;
      place(root);
      const stack = [root];
      const cursor = [first[root]];
      while (stack.length > 0) {
        const top = stack.length - 1;
        const e = cursor[top]++;
        if (e >= first[stack[top] + 1]) {
          stack.pop();
          cursor.pop();
          continue;
        }
        const read = operand[e];
        if (items.lane[e] >= 0) {
          const span = items.rank[stack[top]] - items.rank[read] - 1;
          for (let k = span - 1; k >= 0; k--) if (!placed[items.lane[e] + k]) place(items.lane[e] + k);
        }
        if (seen[read]) continue;
        seen[read] = 1;
        place(read);
        stack.push(read);
        cursor.push(first[read]);
      }
    }
  }

  /** @param {number} [crossings] @returns {Order} */
  snapshot(crossings = this.countCrossings()) {
    return { sequence: this.sequence.slice(), first: this.first, position: this.position.slice(), crossings };
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

  /** Exchanges neighbours within a rank while that removes crossings. */
  transpose() {
    const { items, sequence, position } = this;
    this.placePorts();
    for (let pass = 0, gained = true; gained && pass < 6; pass++) {
      gained = false;
      for (let r = 0; r < items.ranks; r++) {
        for (let k = this.first[r]; k + 1 < this.first[r + 1]; k++) {
          const [a, b] = [sequence[k], sequence[k + 1]];
          if (this.pairCrossings(a, b) <= this.pairCrossings(b, a)) continue;
          sequence[k] = b;
          sequence[k + 1] = a;
          position[a]++;
          position[b]--;
          this.placePortsOf(a);
          this.placePortsOf(b);
          gained = true;
        }
      }
    }
  }

  /** Crossings among the links of `above` and `below`, were they in that order. @param {number} above @param {number} below */
  pairCrossings(above, below) {
    const { items, position, port } = this;
    let found = 0;
    for (let l = this.outFirst[above]; l < this.outFirst[above + 1]; l++) {
      const end = port[this.outLink[l]];
      for (let m = this.outFirst[below]; m < this.outFirst[below + 1]; m++)
        if (port[this.outLink[m]] < end) found++;
    }
    for (let l = this.inFirst[above]; l < this.inFirst[above + 1]; l++) {
      const end = position[items.left[this.inLink[l]]];
      for (let m = this.inFirst[below]; m < this.inFirst[below + 1]; m++) {
        if (position[items.left[this.inLink[m]]] < end) found++;
      }
    }
    return found;
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
