/**
 * A training run in the browser: steps with a memory. Every step is in `history`; `seek` goes back to one, and going on
 * from there forgets what came after it (its curve stays as `previous`). Weights, rows, recipe and graph may change on the
 * way. Pure.
 */
import { History } from "./history.js";
import { furtherLeg, legOf, setRow } from "./leg.js";
import { Stepper } from "./stepper.js";
import { RECIPE } from "./tables.js";

/**
 * @typedef {import("./leg.js").Leg} Leg
 * @typedef {import("./leg.js").Rows} Rows
 * @typedef {import("./leg.js").Answer} Answer
 * @typedef {import("./definition.js").Definition} Definition
 * @typedef {import("./divergence.js").Divergence} Divergence
 * @typedef {import("./stepper.js").Recipe} Recipe
 * @typedef {import("./updater.js").Updater} Updater
 * @typedef {{loss: Float64Array, accuracy: Float64Array, recipe: Recipe}} Curve accuracy NaN where there is none
 */

export { BEATS } from "./stepper.js";

/** Values of all graphs that a run keeps, 100 bytes each; the oldest graph is let go first. */
const MOST_VALUES = 1_000_000;

/**
 * @param {Answer} graph of `requestOf(definition, rows, batch)`: as rows or as columns
 * @param {Definition} definition
 * @param {Rows} rows all of them; the graph holds as many as a step reads
 * @param {Partial<Recipe>} [recipe]
 * @param {number} [budget] bytes of history
 */
export function createRun(graph, definition, rows, recipe = {}, budget = undefined) {
  return new Run(graph, definition, rows, recipe, budget);
}

export class Run extends Stepper {
  /** @type {Leg[]} */
  #legs;
  /** The step at which the optimizer began. */
  #since = 0;
  /** The end of the run, while it stands at an earlier step. */
  #tip = /** @type {{step: number, updater: Updater, data: Float64Array, carried: Float64Array} | null} */ (
    null
  );
  /** Whether it goes through a step only to see it again. */
  #looking = false;
  /** How the run ended. @type {Divergence | null} */
  #ended = null;
  /** The curve of the run before, or of what was forgotten. @type {Curve | null} */
  previous = null;

  /**
   * @param {Answer} graph
   * @param {Definition} definition
   * @param {Rows} rows
   * @param {Partial<Recipe>} recipe
   * @param {number} [budget]
   */
  constructor(graph, definition, rows, recipe, budget) {
    super(legOf(graph, definition, rows, recipe.seed ?? RECIPE.seed, 0), recipe);
    this.definition = definition;
    this.#legs = [this.leg];
    this.history = new History(this.structure.parameters, budget);
    /** The weights that the run started with. */
    this.initial = this.parameters;
  }

  /** The curve so far. @returns {Curve} */
  get curve() {
    const { length, loss, accuracy } = this.history;
    return { loss: loss.slice(0, length), accuracy: accuracy.slice(0, length), recipe: { ...this.recipe } };
  }

  /** @override */
  record() {
    const { tape, updater, history } = this;
    if (this.#looking) return;
    this.#branch();
    history.record(this.loss, this.accuracy, this.rate, tape.data, tape.grad, updater.memory);
  }

  /** @override @param {Divergence | null} divergence */
  end(divergence) {
    super.end(divergence);
    this.#ended = divergence;
  }

  /** Whoever goes on from an earlier step, or changes it, forgets what came after. */
  #branch() {
    if (this.step >= this.history.length) return;
    this.previous = this.curve;
    this.history.truncate(this.step);
    this.#legs = this.#legs.filter(({ from }) => from <= this.step);
    this.#since = Math.min(this.#since, this.step);
    this.#tip = null;
    this.#ended = null;
    this.diverged = null;
  }

  /**
   * Goes to a step and stands before its update, every number as it was. A step whose parameters are not kept is
   * stood in for by the last kept one before it, one whose graph is not kept by the first whose is; the end of the run is
   * always kept.
   * @param {number} step
   * @returns {number} the step at which it now stands
   */
  seek(step) {
    const { history } = this;
    if (this.step === history.length) {
      const { tape, updater } = this;
      const data = tape.data.slice(0, this.structure.parameters);
      this.#tip = { step: this.step, updater, data, carried: this.carried.slice() };
    }
    const tip = this.#tip !== null && step >= this.#tip.step ? this.#tip : null;
    const least = Math.ceil(this.#legs[0].from / history.stride) * history.stride;
    this.stand(tip ? tip.step : history.nearest(Math.max(least, Math.min(step, history.length - 1))));
    this.leg = /** @type {Leg} */ (this.#legs.findLast(({ from }) => from <= this.step));
    this.updater = this.newUpdater();
    if (tip) {
      if (tip.updater.row === this.updater.row) this.updater = tip.updater;
      this.tape.data.set(tip.data);
      this.carried.set(tip.carried);
    } else {
      history.at(this.step, this.tape.data, null, this.updater.memory);
      this.updater.updates = this.step - this.#since;
      // Another optimizer was at work there, so it begins anew.
      if (this.step < this.#since) this.updater.forget();
      this.carried.fill(0);
    }
    this.#looking = true;
    this.complete();
    this.#looking = false;
    if (tip) return this.step;
    // What the backward beat found on the grads is what was recorded less what it adds itself.
    const { grad } = this.tape;
    const recorded = history.gradsAt(this.step);
    for (let i = 0; i < recorded.length; i++) {
      this.carried[i] = recorded[i] - grad[i];
      grad[i] = recorded[i];
    }
    if (this.#ended?.step === this.step) this.end(this.#ended);
    return this.step;
  }

  /**
   * Other settings from this step on. Another optimizer begins without memory, another seed deals the batches anew; both
   * forget what came after.
   * @param {Partial<Recipe>} changes
   */
  setRecipe(changes) {
    const { optimizer, seed } = this.recipe;
    Object.assign(this.recipe, changes);
    if (this.recipe.optimizer !== optimizer || this.recipe.seed !== seed) this.#branch();
    if (this.recipe.optimizer !== optimizer) {
      this.updater = this.newUpdater();
      this.#since = this.step;
    }
    this.updater.set(this.recipe.settings);
    if (this.recipe.seed === seed) return;
    this.#enter(furtherLeg(this.leg, this.step, this.recipe.seed));
    this.redo();
  }

  /** Turns a weight by hand. @param {number} node a parameter @param {number} value */
  setParameter(node, value) {
    this.#branch();
    this.tape.data[node] = value;
    this.redo();
  }

  /** Moves a data point, or gives it another target. @param {number} row @param {number[]} input @param {number | number[]} target */
  setRow(row, input, target) {
    this.#branch();
    if (this.leg.from < this.step) this.#enter(furtherLeg(this.leg, this.step));
    setRow(this.leg, row, input, target);
    this.placed = null;
    this.redo();
  }

  /**
   * Goes on with the weights as they are over another graph of the same network: other rows, another batch. Its numbers
   * are made anew. As many rows in as large a batch are read through the graph that is there.
   * @param {Answer} graph
   * @param {Rows} rows
   */
  setGraph(graph, rows) {
    const { data } = this.tape;
    const { count, structure } = this.leg;
    this.#branch();
    const leg = legOf(graph, this.definition, rows, this.recipe.seed, this.step);
    if (leg.count === count && leg.structure.examples === structure.examples) {
      const { inputs, targets, judged } = leg;
      this.#enter({ ...furtherLeg(this.leg, this.step), inputs, targets, judged });
      this.placed = null;
    } else {
      this.#enter(leg);
      for (let i = 0; i < this.structure.parameters; i++) this.tape.data[i] = data[i];
    }
    this.redo();
  }

  /** Back to the weights the run started with, over the graph and rows of now. */
  reset() {
    if (this.history.length) this.previous = this.curve;
    this.history.truncate(0);
    this.leg = { ...this.leg, from: 0, dealt: 0 };
    this.#legs = [this.leg];
    this.#tip = null;
    this.#ended = null;
    this.stand(0);
    this.#since = 0;
    this.updater = this.newUpdater();
    this.carried.fill(0);
    this.tape.data.set(this.initial);
    this.complete();
  }

  /** @param {Leg} leg takes the place of one that begins at the same step */
  #enter(leg) {
    this.#legs = [...this.#legs.filter(({ from }) => from < leg.from), leg];
    this.leg = leg;
    const values = () =>
      [...new Set(this.#legs.map(({ tape }) => tape))].reduce((sum, { size }) => sum + size, 0);
    while (this.#legs.length > 1 && values() > MOST_VALUES) this.#legs.shift();
  }
}
