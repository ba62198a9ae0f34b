/** An optimizer at work on the first `size` numbers of a tape, with its memory. Pure. */
import { OPTIMIZERS } from "./optim.js";

export class Updater {
  /**
   * @param {number} size parameters
   * @param {string} name a row of OPTIMIZERS
   * @param {Record<string, number>} settings in place of the row's
   */
  constructor(size, name, settings) {
    this.size = size;
    this.row = OPTIMIZERS[name];
    /** @type {Record<string, number>} */
    this.settings = { ...this.row.settings };
    this.set(settings);
    /** An array per name of the rule's memory. */
    this.memory = this.row.memory.map(() => new Float64Array(size));
    /** Updates made. */
    this.updates = 0;
  }

  /** The settings that are the rule's; others are left alone. @param {Record<string, number>} settings */
  set(settings) {
    for (const name of Object.keys(this.row.settings))
      this.settings[name] = settings[name] ?? this.row.settings[name];
  }

  /** @param {Float64Array} data @param {Float64Array} grad @param {number} rate */
  update(data, grad, rate) {
    this.updates++;
    this.row.update(this.size, data, grad, this.memory, rate, this.updates, this.settings);
  }

  /** Begins anew. */
  forget() {
    for (const each of this.memory) each.fill(0);
    this.updates = 0;
  }
}
