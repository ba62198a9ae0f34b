/**
 * Sifting: an item moves to the place of its rank where it crosses least, all others held (Matuszewski, Schönfeld &
 * Molitor 1999).
 */

import { CROSSING } from "./sweep.js";

/** @typedef {import("./sweep.js").Sweep} Sweep */

const MOST_PASSES = 20;
/** How far an item looks for a better place. */
const REACH = 12;

export class Climber {
  /** @param {Sweep} sweep */
  constructor(sweep) {
    this.sweep = sweep;
    const { outFirst, inFirst, items } = sweep;
    let most = 0;
    for (let i = 0; i < items.count; i++)
      most = Math.max(most, outFirst[i + 1] - outFirst[i], inFirst[i + 1] - inFirst[i]);
    /** Where the links of the item in hand end, on the right and on the left. */
    this.rightEnds = new Int32Array(most);
    this.leftEnds = new Int32Array(most);
    this.outs = 0;
    this.ins = 0;
  }

  /**
   * Sifts the items of every restless rank; a rank that gained makes its neighbours restless. The first time, a place
   * no better is taken too, to leave a plateau.
   * @returns {number} change of the cost
   */
  climb() {
    const { first, sequence, scratch, restless, items } = this.sweep;
    let change = 0;
    for (let pass = 0, gained = true; gained && pass < MOST_PASSES; pass++) {
      gained = false;
      for (let r = 0; r < items.ranks; r++) {
        if (restless[r] === 0) continue;
        restless[r] = 0;
        let gain = 0;
        const width = first[r + 1] - first[r];
        for (let k = 0; k < width; k++) scratch[k] = sequence[first[r] + k];
        for (let k = 0; k < width && this.sweep.work < this.sweep.enough; k++)
          gain += this.sift(scratch[k], r, pass === 0);
        if (gain === 0) continue;
        change += gain;
        gained = true;
        this.disturb(r);
      }
    }
    return change;
  }

  /** @param {number} r a rank in which something moved */
  disturb(r) {
    this.sweep.restless.fill(1, Math.max(0, r - 1), r + 2);
  }

  /** @param {number} item @param {number} r its rank @param {boolean} loose @returns {number} change of the cost */
  sift(item, r, loose) {
    const { sequence, position, first } = this.sweep;
    const at = first[r] + position[item];
    const from = Math.max(first[r], at - REACH);
    const to = Math.min(first[r + 1] - 1, at + REACH);
    this.take(item);
    let best = 0;
    let place = at;
    let gain = 0;
    // First upwards, then downwards.
    for (let step = -1, k = at - 1; ; k += step) {
      if (step < 0 && k < from) {
        step = 1;
        k = at + 1;
        gain = 0;
      }
      if (step > 0 && k > to) break;
      gain -= step * this.against(sequence[k]);
      if (gain > best || (gain === best && (step > 0 || !loose))) continue;
      best = gain;
      place = k;
    }
    if (place !== at) this.move(item, r, place);
    return best;
  }

  /** Takes an item in hand. @param {number} item */
  take(item) {
    const { outFirst, inFirst, inLeft, port, position } = this.sweep;
    this.outs = 0;
    this.ins = 0;
    for (let l = outFirst[item]; l < outFirst[item + 1]; l++) this.rightEnds[this.outs++] = port[l];
    for (let l = inFirst[item]; l < inFirst[item + 1]; l++) this.leftEnds[this.ins++] = position[inLeft[l]];
  }

  /**
   * Cost of the crossings with an item when it stands below the one in hand, less that when it stands above.
   * @param {number} other
   */
  against(other) {
    const { outFirst, inFirst, inLeft, port, ports, position } = this.sweep;
    const { rightEnds, leftEnds, outs, ins } = this;
    let change = 0;
    let pairs = 2;
    for (let l = outFirst[other]; l < outFirst[other + 1]; l++) {
      const end = port[l];
      pairs += outs;
      for (let m = 0; m < outs; m++) {
        const apart = rightEnds[m] - end;
        if (apart > 0) change += apart < ports ? 1 : CROSSING;
        else if (apart < 0) change -= apart > -ports ? 1 : CROSSING;
      }
    }
    for (let l = inFirst[other]; l < inFirst[other + 1]; l++) {
      const end = position[inLeft[l]];
      pairs += ins;
      for (let m = 0; m < ins; m++) {
        if (leftEnds[m] > end) change += CROSSING;
        else if (leftEnds[m] < end) change -= CROSSING;
      }
    }
    this.sweep.work += pairs;
    return change;
  }

  /** @param {number} item @param {number} r its rank @param {number} place in the sequence */
  move(item, r, place) {
    const { sequence, position, first } = this.sweep;
    const at = first[r] + position[item];
    const step = place < at ? -1 : 1;
    for (let k = at; k !== place; k += step) {
      sequence[k] = sequence[k + step];
      position[sequence[k]] = k - first[r];
      this.sweep.placePortsOf(sequence[k]);
    }
    sequence[place] = item;
    position[item] = place - first[r];
    this.sweep.placePortsOf(item);
  }
}
