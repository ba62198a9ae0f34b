/**
 * The five beats of a training step on a graph's own tape: forward, loss, zero the grads, backward, update, as
 * `engine/training.py` does them. Knows this step and the next, nothing of earlier ones. A step allocates nothing.
 */
import { runBackward, runForward } from "../kernel.js";
import { firstWrong } from "./divergence.js";
import { accuracyOf, placeExamples } from "./leg.js";
import { SCHEDULES } from "./optim.js";
import { RECIPE } from "./tables.js";
import { Updater } from "./updater.js";

/**
 * @typedef {import("./leg.js").Leg} Leg
 * @typedef {import("./divergence.js").Divergence} Divergence
 * @typedef {{steps: number, rate: number, optimizer: string, schedule: string, seed: number,
 *   settings: Record<string, number>, zero_grad: boolean}} Recipe `zero_grad: false` forgets to zero the grads
 * @typedef {"forward" | "loss" | "zero" | "backward" | "update"} Beat
 */

/** @type {readonly Beat[]} */
export const BEATS = ["forward", "loss", "zero", "backward", "update"];
export const UPDATE = BEATS.indexOf("update");

export class Stepper {
  /** The leg whose rows are on the tape; null when they have to be written. @type {Leg | null} */
  placed = null;
  /** The parameters before the update. */
  #before;

  /**
   * @param {Leg} leg
   * @param {Partial<Recipe>} recipe
   */
  constructor(leg, recipe) {
    const { batch: _, ...usual } = RECIPE;
    const { parameters } = leg.structure;
    /** @type {Recipe} */
    this.recipe = { ...usual, settings: {}, ...recipe };
    /** What holds at this step: graph, tape, structure, rows. */
    this.leg = leg;
    /** The parameters' grads before the backward beat: 0, except for who forgot. */
    this.carried = new Float64Array(parameters);
    this.#before = new Float64Array(parameters);
    this.updater = this.newUpdater();
    this.step = 0;
    /** The beat to come, an index into BEATS. */
    this.next = 0;
    /** Rows that are on the tape, in order. */
    this.examples = leg.batches.at(0);
    this.loss = Number.NaN;
    /** NaN where targets are no classes. */
    this.accuracy = Number.NaN;
    /** @type {Divergence | null} */
    this.diverged = null;
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
  /** The weights as they are: a copy. */
  get parameters() {
    return this.tape.data.slice(0, this.structure.parameters);
  }
  /** Whether all steps of the recipe are done; more can be granted. */
  get finished() {
    return this.step >= this.recipe.steps;
  }
  /** The learning rate of this step. */
  get rate() {
    const { rate, steps, schedule, settings } = this.recipe;
    return SCHEDULES[schedule].rateAt(rate, this.step, steps, settings);
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
    if (this.placed !== leg || this.examples.length < leg.count) placeExamples(leg, this.examples);
    this.placed = leg;
    runForward(leg.head);
  }

  #measure() {
    const { tape, structure } = this;
    runForward(tape, structure.loss);
    this.loss = tape.data[tape.output];
    this.accuracy = accuracyOf(this.leg);
    if (Number.isFinite(this.loss)) return;
    this.#zero();
    this.#backward();
    this.record();
    this.end(firstWrong(tape, this.step));
  }

  #zero() {
    const { tape } = this;
    tape.grad.set(tape.start);
    if (!this.recipe.zero_grad) tape.grad.set(this.carried);
  }

  #backward() {
    const { tape } = this;
    tape.grad[tape.output] = 1;
    runBackward(tape);
  }

  #update() {
    const { tape, step, rate } = this;
    const before = this.#before;
    this.record();
    for (let i = 0; i < before.length; i++) before[i] = tape.data[i];
    this.updater.update(tape.data, tape.grad, rate);
    for (let i = 0; i < before.length; i++) {
      if (Number.isFinite(tape.data[i])) continue;
      const value = tape.data[i];
      tape.data.set(before);
      this.updater.updates--;
      this.end(firstWrong(tape, step) ?? { step, phase: "update", node: i, value });
      return;
    }
    for (let i = 0; i < before.length; i++) this.carried[i] = tape.grad[i];
    this.step++;
  }

  /** An optimizer without memory, as the recipe wants it. */
  newUpdater() {
    return new Updater(this.structure.parameters, this.recipe.optimizer, this.recipe.settings);
  }

  /** Before the forward beat of a step. @param {number} step */
  stand(step) {
    this.step = step;
    this.next = 0;
    this.diverged = null;
  }

  /** Called when all numbers of a step are made, before its update. */
  record() {}

  /** Where numbers ended. @param {Divergence | null} divergence */
  end(divergence) {
    this.next = UPDATE;
    this.diverged = divergence;
  }

  /** The beats of this step that were done, over changed numbers. */
  redo() {
    const { next } = this;
    this.diverged = null;
    this.next = 0;
    while (this.next < next && this.beat() !== null);
  }
}
