/**
 * A training run in the browser: the graph's own tape, its leaves rewritten step by step, as `engine/training.py` does on
 * the server. Five beats make a step: forward, loss, zero the grads, backward, update. Pure; a step allocates nothing.
 *
 * A run stands at step `step`, before the beat `BEATS[next]`. Earlier steps are in `history`; `seek` goes back to one, and
 * going on from there forgets what came after it (its curve stays as `previous`).
 */
import { runBackward, runForward } from "../kernel.js";
import { firstWrong } from "./divergence.js";
import { History } from "./history.js";
import { furtherLeg, legOf, placeExamples, setRow } from "./leg.js";
import { SCHEDULES } from "./optim.js";
import { RECIPE } from "./tables.js";
import { isRight } from "./targets.js";
import { Updater } from "./updater.js";

/**
 * @typedef {import("./leg.js").Leg} Leg
 * @typedef {import("./leg.js").Rows} Rows
 * @typedef {import("./leg.js").Answer} Answer
 * @typedef {import("./definition.js").Definition} Definition
 * @typedef {import("./divergence.js").Divergence} Divergence
 * @typedef {{steps: number, rate: number, optimizer: string, schedule: string, seed: number,
 *   settings: Record<string, number>, zero_grad: boolean}} Recipe `zero_grad: false` forgets to zero the grads
 * @typedef {"forward" | "loss" | "zero" | "backward" | "update"} Beat
 * @typedef {{loss: Float64Array, accuracy: Float64Array, recipe: Recipe}} Curve accuracy NaN where there is none
 */

/** @type {readonly Beat[]} */
export const BEATS = ["forward", "loss", "zero", "backward", "update"];
const UPDATE = BEATS.indexOf("update");

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

export class Run {
  /** @type {Leg[]} */
  #legs;
  /** The leg whose rows are on the tape. @type {Leg | null} */
  #placed = null;
  /** The parameters' grads before the backward beat: 0, except for who forgot. */
  #carried;
  /** The parameters before the update. */
  #before;
  /** One example's outputs and targets. */
  #outputs;
  #targets;
  /** The step at which the optimizer began. */
  #since = 0;
  /** The end of the run, while it stands at an earlier step. */
  #tip = /** @type {{step: number, updater: Updater, data: Float64Array, carried: Float64Array} | null} */ (
    null
  );
  /** How the run ended. @type {Divergence | null} */
  #ended = null;

  /**
   * @param {Answer} graph
   * @param {Definition} definition
   * @param {Rows} rows
   * @param {Partial<Recipe>} recipe
   * @param {number} [budget]
   */
  constructor(graph, definition, rows, recipe, budget) {
    const { batch: _, ...usual } = RECIPE;
    /** @type {Recipe} */
    this.recipe = { ...usual, settings: {}, ...recipe };
    this.definition = definition;
    /** What holds at this step: graph, tape, structure, rows. */
    this.leg = legOf(graph, definition, rows, this.recipe.seed, 0);
    this.#legs = [this.leg];
    const { parameters, width } = this.leg.structure;
    this.history = new History(parameters, budget);
    /** The weights that the run started with. */
    this.initial = this.tape.data.slice(0, parameters);
    this.#carried = new Float64Array(parameters);
    this.#before = new Float64Array(parameters);
    this.#outputs = new Float64Array(width);
    this.#targets = new Float64Array(width);
    this.updater = this.#newUpdater();
    this.step = 0;
    /** The beat to come, an index into BEATS. */
    this.next = 0;
    /** Rows that are on the tape, in order. */
    this.examples = this.leg.batches.at(0);
    this.loss = Number.NaN;
    this.accuracy = Number.NaN;
    /** @type {Divergence | null} */
    this.diverged = null;
    /** The curve of the run before, or of what was forgotten. @type {Curve | null} */
    this.previous = null;
  }

  get graph() {
    return this.leg.graph;
  }
  get tape() {
    return this.leg.tape;
  }
  get structure() {
    return this.leg.structure;
  }
  /** Whether all steps of the recipe are done; `setRecipe({ steps })` grants more. */
  get finished() {
    return this.step >= this.recipe.steps;
  }
  /** The learning rate of this step. */
  get rate() {
    const { rate, steps, schedule, settings } = this.recipe;
    return SCHEDULES[schedule].rateAt(rate, this.step, steps, settings);
  }
  /** The curve so far. @returns {Curve} */
  get curve() {
    const { length, loss, accuracy } = this.history;
    return { loss: loss.slice(0, length), accuracy: accuracy.slice(0, length), recipe: { ...this.recipe } };
  }

  /**
   * The next beat. Null when there is none: the run has diverged, or an update would be one step too many.
   * @returns {Beat | null} the beat that was done
   */
  beat() {
    const beat = BEATS[this.next];
    if (this.diverged || (beat === "update" && this.finished)) return null;
    this.next = (this.next + 1) % BEATS.length;
    if (beat === "forward") this.#forward();
    else if (beat === "loss") this.#measure();
    else if (beat === "zero") this.#zero();
    else if (beat === "backward") this.#backward();
    else this.#update();
    return beat;
  }

  /** Five beats: from one beat to the same beat of the next step. @returns {boolean} whether all five were done */
  advance() {
    for (let k = 0; k < BEATS.length; k++) if (this.beat() === null || this.diverged) return false;
    return true;
  }

  /** On to before the update of this step: every number of it is made. */
  complete() {
    while (this.next !== UPDATE && this.beat() !== null);
  }

  #forward() {
    const { leg } = this;
    this.examples = leg.batches.at(this.step - leg.dealt);
    if (this.#placed !== leg || this.examples.length < leg.count) placeExamples(leg, this.examples);
    this.#placed = leg;
    runForward(leg.head);
  }

  #measure() {
    const { tape, structure, leg } = this;
    runForward(tape, structure.loss);
    this.loss = tape.data[tape.output];
    this.accuracy = leg.judged ? this.#judge() : Number.NaN;
    if (Number.isFinite(this.loss)) return;
    this.#zero();
    this.#backward();
    if (this.step === this.history.length) this.#record();
    this.#end(firstWrong(tape, this.step));
  }

  #zero() {
    const { tape } = this;
    tape.grad.set(tape.start);
    if (!this.recipe.zero_grad) tape.grad.set(this.#carried);
  }

  #backward() {
    const { tape } = this;
    tape.grad[tape.output] = 1;
    runBackward(tape);
  }

  #update() {
    const { tape, step } = this;
    const before = this.#before;
    this.#branch();
    this.#record();
    for (let i = 0; i < before.length; i++) before[i] = tape.data[i];
    this.updater.update(tape.data, tape.grad, this.history.rate[step]);
    for (let i = 0; i < before.length; i++) {
      if (Number.isFinite(tape.data[i])) continue;
      const value = tape.data[i];
      tape.data.set(before);
      this.updater.updates--;
      this.#end(firstWrong(tape, step) ?? { step, phase: "update", node: i, value });
      return;
    }
    for (let i = 0; i < before.length; i++) this.#carried[i] = tape.grad[i];
    this.step++;
  }

  /** The share of the step's examples that are put into the right class. */
  #judge() {
    const { data } = this.tape;
    const { examples, width, outputs, targets } = this.structure;
    let right = 0;
    for (let k = 0; k < examples; k++) {
      for (let j = 0; j < width; j++) {
        this.#outputs[j] = data[outputs[k * width + j]];
        this.#targets[j] = data[targets[k * width + j]];
      }
      if (isRight(this.#outputs, this.#targets, this.definition.loss)) right++;
    }
    return right / examples;
  }

  #record() {
    const { tape, updater } = this;
    this.history.record(this.loss, this.accuracy, this.rate, tape.data, tape.grad, updater.memory);
  }

  /** @param {Divergence | null} divergence */
  #end(divergence) {
    this.next = UPDATE;
    this.diverged = divergence;
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
   * stood in for by the last kept one before it; the end of the run is always kept.
   * @param {number} step
   * @returns {number} the step at which it now stands
   */
  seek(step) {
    const { history } = this;
    if (this.step === history.length) {
      const { tape, updater } = this;
      const data = tape.data.slice(0, this.#before.length);
      this.#tip = { step: this.step, updater, data, carried: this.#carried.slice() };
    }
    const tip = this.#tip !== null && step >= this.#tip.step ? this.#tip : null;
    this.step = tip ? tip.step : history.nearest(Math.max(0, Math.min(step, history.length - 1)));
    this.leg = /** @type {Leg} */ (this.#legs.findLast(({ from }) => from <= this.step));
    this.updater = this.#newUpdater();
    if (tip) {
      if (tip.updater.row === this.updater.row) this.updater = tip.updater;
      this.tape.data.set(tip.data);
      this.#carried.set(tip.carried);
    } else {
      history.at(this.step, this.tape.data, null, this.updater.memory);
      this.updater.updates = this.step - this.#since;
      // Another optimizer was at work there, so it begins anew.
      if (this.step < this.#since) this.updater.forget();
      this.#carried.fill(0);
    }
    this.diverged = null;
    this.next = 0;
    this.complete();
    if (tip) return this.step;
    // What the backward beat found on the grads is what was recorded less what it adds itself.
    const { grad } = this.tape;
    const recorded = history.gradsAt(this.step);
    for (let i = 0; i < recorded.length; i++) {
      this.#carried[i] = recorded[i] - grad[i];
      grad[i] = recorded[i];
    }
    if (this.#ended?.step === this.step) this.#end(this.#ended);
    return this.step;
  }

  #newUpdater() {
    return new Updater(this.#before.length, this.recipe.optimizer, this.recipe.settings);
  }

  /**
   * Other settings from this step on. Another optimizer begins without memory, another seed deals the batches anew.
   * @param {Partial<Recipe>} changes
   */
  setRecipe(changes) {
    const { optimizer, seed } = this.recipe;
    this.recipe = { ...this.recipe, ...changes };
    if (this.recipe.optimizer !== optimizer) {
      this.updater = this.#newUpdater();
      this.#since = this.step;
    }
    this.updater.set(this.recipe.settings);
    if (this.recipe.seed !== seed) this.#enter(furtherLeg(this.leg, this.step, this.recipe.seed));
  }

  /** Turns a weight by hand. @param {number} node a parameter @param {number} value */
  setParameter(node, value) {
    this.#branch();
    this.tape.data[node] = value;
    this.#redo();
  }

  /** Moves a data point, or gives it another target. @param {number} row @param {number[]} input @param {number | number[]} target */
  setRow(row, input, target) {
    this.#branch();
    if (this.leg.from < this.step) this.#enter(furtherLeg(this.leg, this.step));
    setRow(this.leg, row, input, target, this.definition.loss);
    this.#placed = null;
    this.#redo();
  }

  /**
   * Goes on with the weights as they are over another graph of the same network: more or fewer rows, another batch. Ask for
   * it with `requestOf(definition, rows, batch, run.parameters)`, so that its numbers are those of these weights.
   * @param {Answer} graph
   * @param {Rows} rows
   */
  setGraph(graph, rows) {
    const { data } = this.tape;
    this.#branch();
    this.#enter(legOf(graph, this.definition, rows, this.recipe.seed, this.step));
    for (let i = 0; i < this.#before.length; i++) this.tape.data[i] = data[i];
    this.#redo();
  }

  /** The weights as they are: a copy. */
  get parameters() {
    return this.tape.data.slice(0, this.#before.length);
  }

  /** Back to the weights the run started with, over the graph and rows of now. */
  reset() {
    if (this.history.length) this.previous = this.curve;
    this.history.truncate(0);
    this.leg = { ...this.leg, from: 0, dealt: 0 };
    this.#legs = [this.leg];
    this.#tip = null;
    this.#ended = null;
    this.diverged = null;
    this.step = 0;
    this.next = 0;
    this.#since = 0;
    this.updater = this.#newUpdater();
    this.#carried.fill(0);
    this.tape.data.set(this.initial);
    this.complete();
  }

  /** @param {Leg} leg takes the place of one that begins at the same step */
  #enter(leg) {
    this.#legs = [...this.#legs.filter(({ from }) => from < leg.from), leg];
    this.leg = leg;
  }

  /** The beats of this step that were done, over changed numbers. */
  #redo() {
    const { next } = this;
    this.diverged = null;
    this.next = 0;
    while (this.next < next && this.beat() !== null);
  }
}
