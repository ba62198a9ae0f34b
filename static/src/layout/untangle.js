/**
 * Crossings of straight lines from box to box: what the eye sees of a drawing before it follows any wire. They are counted, and
 * lowered by moving boxes within their ranks (iterated local search). Lanes have no say here, so that a box moves with all its
 * edges however long they are, which sifting item by item cannot do.
 */

import { groupLinks } from "./lanes.js";

/** @typedef {import("./structure.js").Structure} Structure */

/** Pairs of lines compared in one go, by box. */
const WORK_PER_BOX = 500;
/** How far beyond the last box another one stands. */
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
    this.rank = rank;
    /** By node: where it lies across the ranks. @type {Float64Array} */
    this.height = new Float64Array(0);
    /** By line: where it would lie at rank 0, and how much it climbs from a rank to the next. */
    this.base = new Float64Array(lines);
    this.slope = new Float64Array(lines);
    let widest = 0;
    for (let r = 0; r < ranks; r++) widest = Math.max(widest, this.rankFirst[r + 1] - this.rankFirst[r]);
    /** Where a box could stand, top to bottom, and how many lines its own would cross there. */
    this.spot = new Float64Array(widest);
    this.tally = new Int32Array(widest);
    /** Boxes to be looked at. @type {number[]} */
    this.queue = [];
    this.queued = new Uint8Array(size);
    this.work = 0;
    this.enough = 0;
    this.random = 1;
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

  /** Crossings. @param {Float64Array} height by node */
  count(height) {
    this.height = height;
    this.aim();
    let found = 0;
    for (const node of this.nodes) {
      this.spot[0] = height[node];
      this.weigh(node, 1);
      found += this.tally[0];
    }
    return found / 4; // seen from both ends of both lines
  }

  /**
   * Every box goes where its lines cross least; then one or two are put anywhere in their ranks, those they are joined to follow,
   * and what is no worse is kept.
   * @param {Float64Array} height by node, rewritten
   */
  untangle(height) {
    const { nodes, rankFirst, ranks } = this;
    const size = nodes.length;
    this.height = height;
    this.aim();
    for (let r = 0; r < ranks; r++)
      nodes.subarray(rankFirst[r], rankFirst[r + 1]).sort((a, b) => height[a] - height[b]);
    this.enough = this.work + WORK_PER_BOX * size;
    for (const node of nodes) this.disturb(node);
    this.settle();
    const best = height.slice(0, size);
    const order = nodes.slice();
    while (this.work < this.enough) {
      let change = 0;
      for (let moves = 1 + this.draw(2); moves > 0; moves--) {
        const node = this.draw(size);
        const at = this.look(node);
        change += this.move(node, at, this.draw(this.beside(node)));
      }
      if (change + this.settle() <= 0) {
        best.set(height.subarray(0, size));
        order.set(nodes);
      } else {
        height.set(best);
        nodes.set(order);
        this.aim();
      }
    }
  }

  /** @param {number} below @returns {number} a whole number from 0, of a fixed sequence: equal graphs come out equal */
  draw(below) {
    this.random = (Math.imul(this.random, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.random / 4294967296) * below);
  }

  /** @param {number} node to be looked at */
  disturb(node) {
    if (this.queued[node] === 1) return;
    this.queued[node] = 1;
    this.queue.push(node);
  }

  /** Moves the boxes in the queue to where their lines cross least. @returns {number} change of the crossings */
  settle() {
    const { queue, queued, tally } = this;
    let change = 0;
    for (let q = 0; q < queue.length; q++) {
      const node = queue[q];
      queued[node] = 0;
      if (this.work >= this.enough) continue;
      const at = this.look(node);
      let place = at;
      for (let k = 0; k < this.beside(node); k++) if (tally[k] < tally[place]) place = k;
      change += this.move(node, at, place);
    }
    queue.length = 0;
    return change;
  }

  /** Boxes in a node's rank. @param {number} node */
  beside(node) {
    const r = this.rank[node];
    return this.rankFirst[r + 1] - this.rankFirst[r];
  }

  /** Weighs every place of its rank for a box: between any two others, and the one it has. @param {number} node @returns its place */
  look(node) {
    const { nodes, height, spot } = this;
    const start = this.rankFirst[this.rank[node]];
    const many = this.beside(node);
    const at = nodes.indexOf(node, start) - start;
    for (let k = 0; k < many; k++) {
      const [above, below] = [start + k - (k > at ? 0 : 1), start + k + (k < at ? 0 : 1)];
      if (k === at) spot[k] = height[node];
      else if (k === 0) spot[k] = height[nodes[below]] - BEYOND;
      else if (k === many - 1) spot[k] = height[nodes[above]] + BEYOND;
      else spot[k] = (height[nodes[above]] + height[nodes[below]]) / 2;
    }
    this.weigh(node, many);
    return at;
  }

  /** @param {number} node that was looked at @param {number} at @param {number} place @returns {number} change of the crossings */
  move(node, at, place) {
    if (place === at) return 0;
    const { nodes, first, line, read, user } = this;
    const start = this.rankFirst[this.rank[node]];
    if (place < at) nodes.copyWithin(start + place + 1, start + place, start + at);
    else nodes.copyWithin(start + at, start + at + 1, start + place + 1);
    nodes[start + place] = node;
    this.height[node] = this.spot[place];
    for (let k = first[node]; k < first[node + 1]; k++) {
      this.aim(line[k], line[k] + 1);
      this.disturb(read[line[k]] === node ? user[line[k]] : read[line[k]]);
    }
    return this.tally[place] - this.tally[at];
  }

  /** Lines follow their boxes. @param {number} [since] @param {number} [until] */
  aim(since = 0, until = this.lines) {
    const { read, user, from, to, height, base, slope } = this;
    for (let a = since; a < until; a++) {
      slope[a] = (height[user[a]] - height[read[a]]) / (to[a] - from[a]);
      base[a] = height[read[a]] - slope[a] * from[a];
    }
  }

  /**
   * For the first so many spots, how many lines cross those of a box that stands there. A rival is crossed where the box lies
   * between two heights: from those its line would meet the rival at either end of the stretch they are beside each other.
   * @param {number} node @param {number} many
   */
  weigh(node, many) {
    const { first, line, read, user, from, to, height, base, slope, rival, rivalFirst, spot, tally } = this;
    tally.fill(0);
    const top = spot[0];
    const bottom = spot[many - 1];
    this.work++;
    for (let k = first[node]; k < first[node + 1]; k++) {
      const a = line[k];
      const leaves = read[a] === node;
      const far = height[leaves ? user[a] : read[a]];
      const [a0, a1] = [from[a], to[a]];
      const until = rivalFirst[a + 1];
      this.work += until - rivalFirst[a];
      for (let m = rivalFirst[a]; m < until; m++) {
        const b = rival[m];
        const low = a0 > from[b] ? a0 : from[b];
        const high = a1 < to[b] ? a1 : to[b];
        // Infinite where the stretch ends at the other box, which stays.
        const one = far + ((base[b] + slope[b] * low - far) * (a1 - a0)) / (leaves ? a1 - low : low - a0);
        const two = far + ((base[b] + slope[b] * high - far) * (a1 - a0)) / (leaves ? a1 - high : high - a0);
        const above = one < two ? one : two;
        const below = one < two ? two : one;
        if (below <= top || above >= bottom) continue;
        let s = 0;
        while (spot[s] <= above) s++;
        for (; s < many && spot[s] < below; s++) tally[s]++;
      }
    }
  }
}
