/**
 * Crossings of straight lines from box to box: what the eye sees of a drawing before it follows any wire. They are counted, and
 * lowered by moving boxes within their ranks. Lanes have no say here, so that a box moves with all its edges however long they
 * are, which sifting item by item cannot do.
 */

import { groupLinks } from "./lanes.js";

/** @typedef {import("./structure.js").Structure} Structure */

/** Pairs of lines compared in all, and passes over the boxes. */
const WORK = 4_000_000;
const PASSES = 8;
/** How far a box looks for a better place, and how far beyond the last one it stands there. */
const REACH = 6;
const BEYOND = 60;
/** A box takes about this share of the way from one rank to the next. */
const BOX = 0.6;

export class Untangler {
  /** @param {Structure} structure @param {import("./lanes.js").Items} items */
  constructor({ size, operand, user, useFirst, use }, { rank, ranks }) {
    const byRank = groupLinks(rank.subarray(0, size), ranks);
    this.ranks = ranks;
    /** Nodes of rank r: nodes[rankFirst[r] .. rankFirst[r + 1]], top to bottom. */
    this.rankFirst = byRank.first;
    this.nodes = byRank.link;
    /** Lines by number, in the order in which they begin: the boxes they join, and where they begin and end along the ranks. */
    this.read = new Int32Array(operand.length);
    this.user = new Int32Array(operand.length);
    this.from = new Float64Array(operand.length);
    this.to = new Float64Array(operand.length);
    let lines = 0;
    for (const node of this.nodes) {
      for (let k = useFirst[node]; k < useFirst[node + 1]; k++) {
        const reader = user[use[k]];
        if (k > useFirst[node] && reader === user[use[k - 1]]) continue; // a + a is one line
        this.read[lines] = node;
        this.user[lines] = reader;
        this.from[lines] = rank[node];
        this.to[lines++] = rank[reader] - BOX;
      }
    }
    this.lines = lines;
    const ends = new Int32Array(2 * lines);
    ends.set(this.read.subarray(0, lines));
    ends.set(this.user.subarray(0, lines), lines);
    const { first, link } = groupLinks(ends, size);
    /** Lines of node i: line[first[i] .. first[i + 1]]. */
    this.first = first;
    this.line = link.map((k) => (k < lines ? k : k - lines));
    /** Lines that could cross line a, because they are beside it for a stretch and share no box: rival[rivalFirst[a] ..]. */
    this.rivalFirst = new Int32Array(lines + 1);
    this.rival = new Int32Array(0);
    this.meet(false);
    for (let a = 0; a < lines; a++) this.rivalFirst[a + 1] += this.rivalFirst[a];
    this.rival = new Int32Array(this.rivalFirst[lines]);
    this.meet(true);
    this.work = 0;
  }

  get tired() {
    return this.work >= WORK;
  }

  /** Finds the rivals. @param {boolean} keep: else they are counted */
  meet(keep) {
    const { lines, read, user, from, to, rivalFirst, rival } = this;
    const next = rivalFirst.slice();
    for (let a = 0; a < lines; a++) {
      const end = to[a];
      for (let b = a + 1; b < lines && from[b] < end; b++) {
        if (read[a] === read[b] || user[a] === user[b] || user[a] === read[b]) continue;
        if (keep) {
          rival[next[a]++] = b;
          rival[next[b]++] = a;
        } else {
          rivalFirst[a + 1]++;
          rivalFirst[b + 1]++;
        }
      }
    }
  }

  /** @param {Float64Array} height by node: where it lies across the ranks */
  count(height) {
    let twice = 0;
    for (let a = 0; a < this.lines; a++) twice += this.crossed(a, height);
    return twice / 2;
  }

  /** Lines that cross one. @param {number} a @param {Float64Array} height */
  crossed(a, height) {
    const { read, user, from, to, rival, rivalFirst } = this;
    const [a0, a1] = [from[a], to[a]];
    const ya = height[read[a]];
    const slope = (height[user[a]] - ya) / (a1 - a0);
    let found = 0;
    for (let m = rivalFirst[a]; m < rivalFirst[a + 1]; m++) {
      const b = rival[m];
      const b0 = from[b];
      const b1 = to[b];
      const yb = height[read[b]];
      const other = (height[user[b]] - yb) / (b1 - b0);
      const low = a0 > b0 ? a0 : b0;
      const high = a1 < b1 ? a1 : b1;
      const before = ya + slope * (low - a0) - yb - other * (low - b0);
      const after = ya + slope * (high - a0) - yb - other * (high - b0);
      if (before * after < 0) found++;
    }
    this.work += rivalFirst[a + 1] - rivalFirst[a];
    return found;
  }

  /** @param {Float64Array} height by node, rewritten until no box alone finds a better place */
  untangle(height) {
    const { nodes, rankFirst, ranks } = this;
    for (let r = 0; r < ranks; r++)
      nodes.subarray(rankFirst[r], rankFirst[r + 1]).sort((a, b) => height[a] - height[b]);
    for (let pass = 0, gained = true; gained && pass < PASSES; pass++) {
      gained = false;
      for (let k = 0; k < ranks; k++) {
        const r = pass % 2 === 0 ? ranks - 1 - k : k;
        if (rankFirst[r + 1] - rankFirst[r] < 2) continue;
        for (const node of nodes.slice(rankFirst[r], rankFirst[r + 1]))
          if (!this.tired && this.settle(node, r, height)) gained = true;
      }
    }
  }

  /** Moves a box to where its lines cross least. @param {number} node @param {number} r its rank @param {Float64Array} height */
  settle(node, r, height) {
    const { nodes, rankFirst } = this;
    const own = height[node];
    let best = this.crossings(node, height);
    if (best === 0) return false;
    let at = rankFirst[r];
    while (nodes[at] !== node) at++;
    let place = at;
    let to = own;
    const last = Math.min(rankFirst[r + 1] - 1, at + REACH);
    for (let k = Math.max(rankFirst[r], at - REACH); k <= last; k++) {
      if (k === at) continue;
      // In the place of the one at k, which makes room.
      const beyond = k < at ? k - 1 : k + 1;
      const neighbour = height[nodes[k]];
      const edge = beyond < rankFirst[r] || beyond >= rankFirst[r + 1];
      height[node] = edge ? neighbour + (k < at ? -BEYOND : BEYOND) : (neighbour + height[nodes[beyond]]) / 2;
      const crossings = this.crossings(node, height);
      if (crossings >= best) continue;
      best = crossings;
      place = k;
      to = height[node];
    }
    height[node] = to;
    if (place < at) nodes.copyWithin(place + 1, place, at);
    else nodes.copyWithin(at, at + 1, place + 1);
    nodes[place] = node;
    return place !== at;
  }

  /** Crossings of a box's lines. @param {number} node @param {Float64Array} height */
  crossings(node, height) {
    const { first, line } = this;
    let found = 0;
    for (let k = first[node]; k < first[node + 1]; k++) found += this.crossed(line[k], height);
    return found;
  }
}
