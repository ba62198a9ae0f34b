/**
 * The network page's state: one plain object, and the pure function that answers an action with the next one. The one
 * thing written in place is the run, a run of training; `tick` counts its writings.
 */
import { builtIn, modelOf, recipeOf } from "./asked.js";
import { atStart, changed, gone, goneOn, leaving, ran, UPDATE } from "./progress.js";

/**
 * @typedef {import("./columns.js").NetworkGraph} Graph
 * @typedef {import("../api.js").Problem} Problem
 * @typedef {import("../train/run.js").Run} Run
 * @typedef {import("../train/run.js").Recipe & {batch: number | null}} Recipe
 * @typedef {import("./url.js").Link} Link
 *
 * @typedef {{nin: number, nouts: number[], activation: string, output_activation: string | null, initialisation?: string,
 *   seed: number, loss: string, alpha: number}} Model
 * @typedef {{name: string | null, inputs: number[][], answers: (number | number[])[], classes: number}} Data
 *   name of a built-in set, while nothing of it was changed; answers: classes from 0, where `classes` is not 0 (or 1 and
 *   −1 as typed), else numbers
 * @typedef {{id: string, title: string, note: string, data: string, network: {nin: number, nouts: number[],
 *   activation: string, output_activation: string | null, seed: number}, loss: string, alpha: number,
 *   recipe: {steps: number, rate: number, optimizer: string, schedule: string, batch: number | null,
 *   settings: Record<string, number>}}} Preset
 * @typedef {{losses: readonly number[], words: string}} LastRun
 * @typedef {{step: number, fields: Partial<Recipe>, data?: Data}} Change of the recipe or the data, from a step on
 * @typedef {{step: number, beat: number}} Goal
 * @typedef {{model: Model, data: Data, weights: number[] | null, batch: number | null}} Asked
 */

/**
 * @typedef {object} State
 * @property {Preset[]} presets
 * @property {Model} model as asked for
 * @property {Data} data
 * @property {number[] | null} weights instead of the seed's
 * @property {Recipe} recipe as it holds now
 * @property {Recipe} begun the recipe that the run started with
 * @property {Data} origin the data that it started with
 * @property {Change[]} changes of both since, by step
 * @property {Asked} settled what `graph` was made from
 * @property {Graph} graph
 * @property {Run} run
 * @property {number} tick
 * @property {number} step shown
 * @property {number} top the last step there is
 * @property {readonly number[]} losses of all steps up to it
 * @property {number} beat shown: 0 forward, 1 loss, 2 zero the grads, 3 backward, 4 update
 * @property {boolean} playing
 * @property {number} example on screen, from 0
 * @property {string | null} inset the neuron in the inset, `layer1.neuron3`
 * @property {boolean} asked whether it was asked for: without that a phone shows the network alone
 * @property {ReadonlySet<string>} folds
 * @property {number | null} selected node of the graph
 * @property {LastRun | null} last
 * @property {Problem | null} problem of what was asked for
 * @property {boolean} log scale of the loss
 * @property {boolean} worst first, in the predictions
 * @property {Goal | null} goal of the run: where a link wants it, reached in slices of time
 * @property {number | null} away
 * @property {string | null} busy
 * @property {"network" | "train" | "model"} pane
 * @property {boolean} help
 * @property {"graph" | "texture"} view
 * @property {"light" | "dark" | null} theme
 * @property {boolean} dark whether the system is: what is painted follows
 * @property {number} room
 */

/**
 * @typedef {{type: "model", fields: Partial<Model>} | {type: "data", data: Data, nin?: number} | {type: "recipe", fields: Partial<Recipe>}
 *   | {type: "preset", id: string, data: Data} | {type: "answer", asked: Asked, graph: Graph, run: Run}
 *   | {type: "rows", asked: Asked, graph: Graph}
 *   | {type: "refuse", asked: Asked, problem: Problem} | {type: "revert"}
 *   | {type: "weights", model: Partial<Model>, weights: number[]}
 *   | {type: "ran"} | {type: "arrive"} | {type: "go", step: number, beat?: number} | {type: "restart", run: Run}
 *   | {type: "play"} | {type: "pause"} | {type: "select", id: number | null} | {type: "example", example: number}
 *   | {type: "inset", group: string | null} | {type: "fold", group: string} | {type: "open", wanted: Wanted, run: Run | null}
 *   | {type: "set", fields: Partial<Pick<State, "log" | "worst" | "away" | "busy" | "pane" | "help" | "theme" | "dark" | "room" | "view" | "goal">>}
 * } Action
 */

const FIRST_NEURON = "layer1.neuron3";
/** Up to so many neurons in a layer there is room for one of them down to its scalars. */
const FEW_NEURONS = 6;

/** The neuron that is open at first sight: in a small network its third. @param {{nouts: number[]}} shape */
export function usualInset({ nouts }) {
  return nouts[0] >= 3 && Math.max(...nouts) <= FEW_NEURONS ? FIRST_NEURON : null;
}

/**
 * @param {{preset: string, presets: Preset[], graph: Graph, inputs: number[][], answers: number[]}} first what the page
 *   came with
 * @param {Run} run
 * @returns {State}
 */
export function firstState({ preset, presets, graph, inputs, answers }, run) {
  const chosen = presets.find(({ id }) => id === preset) ?? presets[0];
  const data = builtIn(chosen.data, inputs, answers);
  const model = modelOf(chosen);
  return {
    presets,
    model,
    data,
    weights: null,
    recipe: recipeOf(chosen),
    begun: recipeOf(chosen),
    origin: data,
    changes: [],
    settled: { model, data, weights: null, batch: chosen.recipe.batch },
    graph,
    run,
    tick: 0,
    step: 0,
    top: 0,
    losses: [run.loss],
    beat: UPDATE,
    playing: false,
    example: 0,
    inset: usualInset(model),
    asked: false,
    folds: new Set(),
    selected: null,
    last: null,
    problem: null,
    log: false,
    worst: false,
    goal: null,
    away: null,
    busy: null,
    pane: "train",
    help: false,
    view: "graph",
    theme: null,
    dark: false,
    room: 0,
  };
}

/**
 * What a link asks for, whole.
 * @typedef {Pick<State, "model" | "data" | "weights" | "recipe" | "begun" | "changes" | "example" | "inset" | "asked" | "folds" | "goal" |
 *   "log" | "theme" | "view">} Wanted
 */

/** Other data; where its rows are of another width, the network reads as many. @param {State} s @param {Data} data @param {number} nin @returns {State} */
function withData(s, data, nin) {
  const example = Math.min(s.example, data.inputs.length - 1);
  const now = { ...s, data, example, problem: null };
  return nin === s.model.nin ? now : { ...now, model: { ...s.model, nin }, weights: null, playing: false };
}

/** @param {State} s @param {Action} action @returns {State} */
export function reduce(s, action) {
  switch (action.type) {
    case "model":
      return { ...s, model: { ...s.model, ...action.fields }, weights: null, problem: null, playing: false };
    case "data":
      return withData(s, action.data, action.nin ?? s.model.nin);
    case "preset": {
      const preset = s.presets.find(({ id }) => id === action.id);
      if (preset === undefined) return s;
      const [model, recipe] = [modelOf(preset), recipeOf(preset)];
      const cleared = {
        inset: usualInset(model),
        folds: new Set(),
        selected: null,
        example: 0,
        last: null,
        problem: null,
      };
      const started = {
        model,
        recipe,
        begun: recipe,
        origin: action.data,
        changes: [],
        data: action.data,
        weights: null,
        goal: null,
      };
      return { ...s, ...cleared, ...started, playing: false };
    }
    case "weights":
      return { ...s, model: { ...s.model, ...action.model }, weights: action.weights, problem: null };
    case "recipe":
      return changed(s, action.fields);
    case "answer": {
      const { asked } = action;
      if (asked.model !== s.model || asked.data !== s.data || asked.weights !== s.weights) return s;
      const same = JSON.stringify(s.settled.model) === JSON.stringify(s.model);
      return {
        ...s,
        settled: action.asked,
        graph: action.graph,
        ...atStart(action.run),
        begun: s.goal === null ? s.recipe : s.begun,
        origin: asked.data,
        changes: s.goal === null ? [] : s.changes,
        last: same ? leaving(s) : null,
        tick: s.tick + 1,
        example: Math.min(s.example, s.data.inputs.length - 1),
        selected: null,
        problem: null,
      };
    }
    case "rows": {
      const { asked } = action;
      if (asked.model !== s.model || asked.data !== s.data || asked.weights !== s.weights) return s;
      return goneOn(s, asked, action.graph);
    }
    case "refuse":
      return { ...s, problem: action.problem, busy: null, goal: null };
    case "revert": {
      const { model, data, weights, batch } = s.settled;
      return { ...s, model, data, weights, recipe: { ...s.recipe, batch }, problem: null };
    }
    case "restart":
      return {
        ...s,
        ...atStart(action.run),
        begun: s.recipe,
        origin: s.settled.data,
        changes: [],
        last: leaving(s),
        tick: s.tick + 1,
      };
    case "ran":
      return ran(s);
    case "arrive":
      if (s.goal === null) return s;
      return { ...s, goal: null, beat: s.goal.beat, recipe: { ...s.run.recipe, batch: s.recipe.batch } };
    case "go":
      return gone(s, action.step, action.beat);
    case "play":
      return s.run.diverged ? s : { ...s, playing: true };
    case "pause":
      return s.playing ? { ...ran(s), playing: false } : s;
    case "select":
      return { ...s, selected: action.id };
    case "example":
      return {
        ...s,
        example: Math.max(0, Math.min(s.data.inputs.length - 1, action.example)),
        selected: null,
      };
    case "inset":
      return { ...s, inset: action.group, asked: action.group !== null };
    case "fold": {
      const folds = new Set(s.folds);
      if (!folds.delete(action.group)) folds.add(action.group);
      return { ...s, folds };
    }
    case "open": {
      const { run, wanted } = action;
      const { model, data, weights, recipe } = wanted;
      const asked = { model, data, weights, batch: recipe.batch };
      const open = {
        ...s,
        ...wanted,
        origin: data,
        problem: null,
        playing: false,
        last: null,
        selected: null,
      };
      return run === null ? open : { ...open, settled: asked, ...atStart(run), tick: s.tick + 1 };
    }
    case "set":
      return { ...s, ...action.fields };
  }
}
