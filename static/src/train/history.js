/**
 * Every step of a run, compactly: its loss, accuracy and rate, and the numbers that let it be run again exactly: the
 * parameters, their gradients and the optimizer's memory as they stood before its update. Pure.
 *
 * The bound: the curves (loss, accuracy, rate: 24 bytes a step) keep every step. The parameters' numbers have `budget`
 * bytes; when it is full every second kept step is let go, and from then on only every second one is kept, and so on:
 * `stride` says how far kept steps lie apart. `nearest(step)` is the last kept one up to it. With SGD a step of
 * MLP(2, [16, 16, 1]) takes 5.4 kB: 12,445 steps before the first one is let go.
 */

const BUDGET = 64 * 2 ** 20;
const FEWEST = 2;

export class History {
  /**
   * @param {number} parameters
   * @param {number} [budget] bytes for the parameters' numbers, at least room for two steps
   */
  constructor(parameters, budget = BUDGET) {
    this.parameters = parameters;
    this.budget = budget;
    /** Steps recorded: 0 to length - 1. */
    this.length = 0;
    /** Kept steps are the multiples of it. */
    this.stride = 1;
    this.loss = new Float64Array(64);
    this.accuracy = new Float64Array(64);
    this.rate = new Float64Array(64);
    /** Per kept step and parameter: data, grad, then the optimizer's memories, each there once it was needed. */
    this.columns = [new Float64Array(0), new Float64Array(0)];
    this.room = 0;
  }

  /** Steps whose parameters are kept. */
  get kept() {
    return Math.ceil(this.length / this.stride);
  }

  /** Bytes that are held. */
  get bytes() {
    const curves = this.loss.byteLength + this.accuracy.byteLength + this.rate.byteLength;
    return this.columns.reduce((sum, column) => sum + column.byteLength, curves);
  }

  /**
   * Step number `length`. NaN for an accuracy means there is none.
   * @param {number} loss
   * @param {number} accuracy
   * @param {number} rate
   * @param {Float64Array} data the first `parameters` entries are kept
   * @param {Float64Array} grad the same
   * @param {Float64Array[]} memory of the optimizer
   */
  record(loss, accuracy, rate, data, grad, memory) {
    const step = this.length;
    if (step === this.loss.length) {
      this.loss = longer(this.loss, 2 * step);
      this.accuracy = longer(this.accuracy, 2 * step);
      this.rate = longer(this.rate, 2 * step);
    }
    this.loss[step] = loss;
    this.accuracy[step] = accuracy;
    this.rate[step] = rate;
    while (this.columns.length < 2 + memory.length) {
      this.columns.push(new Float64Array(this.room * this.parameters));
      this.#fit();
    }
    if (step % this.stride === 0 && step / this.stride === this.room) this.#grow();
    this.length++;
    if (step % this.stride !== 0) return;
    const at = (step / this.stride) * this.parameters;
    copy(data, 0, this.columns[0], at, this.parameters);
    copy(grad, 0, this.columns[1], at, this.parameters);
    for (let j = 2; j < this.columns.length; j++) {
      if (j - 2 < memory.length) copy(memory[j - 2], 0, this.columns[j], at, this.parameters);
    }
  }

  /** The last step up to `step` whose parameters are kept. @param {number} step */
  nearest(step) {
    return step - (step % this.stride);
  }

  /** Whether the parameters of a step are kept. @param {number} step */
  has(step) {
    return step >= 0 && step < this.length && step % this.stride === 0;
  }

  /**
   * Writes back the numbers of a kept step.
   * @param {number} step
   * @param {Float64Array} data
   * @param {Float64Array | null} [grad]
   * @param {Float64Array[]} [memory]
   */
  at(step, data, grad = null, memory = []) {
    if (!this.has(step)) throw new RangeError(`step ${step} is not kept`);
    const at = (step / this.stride) * this.parameters;
    copy(this.columns[0], at, data, 0, this.parameters);
    if (grad) copy(this.columns[1], at, grad, 0, this.parameters);
    memory.forEach((each, j) => {
      if (j + 2 < this.columns.length) copy(this.columns[j + 2], at, each, 0, this.parameters);
      else each.fill(0);
    });
  }

  /** Parameters of a kept step, to be read only. @param {number} step */
  parametersAt(step) {
    const at = (step / this.stride) * this.parameters;
    return this.columns[0].subarray(at, at + this.parameters);
  }

  /** Gradients of a kept step, to be read only. @param {number} step */
  gradsAt(step) {
    const at = (step / this.stride) * this.parameters;
    return this.columns[1].subarray(at, at + this.parameters);
  }

  /** Forgets the steps from `length` on. @param {number} length */
  truncate(length) {
    this.length = Math.min(this.length, length);
    if (this.length === 0) this.stride = 1;
  }

  /** Kept steps that the budget has room for. */
  #most() {
    return Math.max(FEWEST, Math.floor(this.budget / (8 * this.parameters * this.columns.length)));
  }

  #grow() {
    if (this.room >= this.#most()) {
      this.#thin();
      return;
    }
    this.room = Math.min(Math.max(64, 2 * this.room), this.#most());
    this.columns = this.columns.map((column) => longer(column, this.room * this.parameters));
  }

  /** A further column may not fit beside the others: fewer steps are kept then. */
  #fit() {
    while (this.kept > this.#most()) this.#thin();
    if (this.room <= this.#most()) return;
    this.room = this.#most();
    this.columns = this.columns.map((column) => column.slice(0, this.room * this.parameters));
  }

  #thin() {
    const { parameters, kept } = this;
    for (const column of this.columns)
      for (let k = 2; k < kept; k += 2)
        column.copyWithin((k / 2) * parameters, k * parameters, (k + 1) * parameters);
    this.stride *= 2;
  }
}

/** A loop is quicker than set(subarray) for a few hundred numbers, and makes no object. @param {Float64Array} from @param {number} at @param {Float64Array} to @param {number} there @param {number} count */
function copy(from, at, to, there, count) {
  for (let i = 0; i < count; i++) to[there + i] = from[at + i];
}

/** @param {Float64Array} numbers @param {number} length */
function longer(numbers, length) {
  const made = new Float64Array(length);
  made.set(numbers);
  return made;
}
