/** The parts of the network page's state that views read, kept while what they come from is the same. */
import { OPS } from "../kernel.js";
import { MINUS, shortNumber } from "../numbers.js";
import { contributionOf } from "../replay.js";
import { fill, plain } from "../sentence.js";
import { measure, told } from "../train/measures.js";
import { LOSSES } from "../train/tables.js";
import { Updater } from "../train/updater.js";
import { isPending, targetsOf } from "./asked.js";
import { rowOf } from "./columns.js";
import { exampleOf } from "./part.js";
import { pictureOf, placeIn } from "./picture.js";
import { UPDATE } from "./progress.js";
import { scalarsOf } from "./scalars.js";

/** @typedef {import("./state.js").State} State */

/**
 * Remembers the last answer, for the same arguments.
 * @template {unknown[]} A
 * @template R
 * @param {(...args: A) => R} make
 * @returns {(...args: A) => R}
 */
function kept(make) {
  /** @type {{args: A, answer: R} | null} */
  let last = null;
  return (...args) => {
    if (last === null || args.some((each, k) => each !== last?.args[k]))
      last = { args, answer: make(...args) };
    return last.answer;
  };
}

const exampleKept = kept(exampleOf);
const pictureKept = kept(pictureOf);
const scalarsKept = kept(scalarsOf);

/** Where the example on screen stands among those of the graph: a batch holds fewer. @param {State} s */
export function place(s) {
  return Math.max(0, s.run.examples.indexOf(s.example));
}

/** The example on screen as a graph of its own. @param {State} s */
function part(s) {
  return exampleKept(s.graph, place(s), s.run.structure);
}

/** @param {State} s */
export function picture(s) {
  return pictureKept(part(s), s.folds, s.settled.model, s.run.structure.examples);
}

/** The neuron in the inset. @param {State} s */
export function scalars(s) {
  if (s.inset === null) return null;
  const several = s.run.structure.examples > 1;
  return scalarsKept(part(s), `${several ? `example${place(s) + 1}.` : ""}${s.inset}`);
}

/**
 * What of a step is written before a beat, as a walk through the trace has it; null when all of it is.
 * @param {State} s
 * @returns {import("../trace.js").TraceState | null}
 */
export function walk({ run, step, beat, recipe }) {
  if (beat === UPDATE) return null;
  const { tape, structure } = run;
  const computed = new Uint8Array(tape.size).fill(1);
  if (beat === 0)
    for (let i = 0; i < tape.size; i++) computed[i] = tape.first[i] === tape.first[i + 1] ? 1 : 0;
  if (beat === 1) computed.fill(0, structure.loss);
  const written = new Uint8Array(tape.size);
  const grad = new Float64Array(tape.size).fill(Number.NaN);
  const carries = step > 0 && (beat < 3 || !recipe.zero_grad);
  if (carries) {
    const before = run.history.gradsAt(run.history.nearest(step - 1));
    for (let k = 0; k < structure.parameters; k++) [written[k], grad[k]] = [1, before[k]];
  }
  const crossed = new Uint8Array(tape.operand.length);
  return { step: 0, current: null, computed, written, grad, waiting: new Int32Array(tape.size), crossed };
}

/** @param {State} s */
export function numbers(s) {
  return { run: s.run, tick: s.tick, step: s.step, beat: s.beat };
}

/** The loss and what can be done about it. @param {State} s */
export function curve(s) {
  const { run } = s;
  const done = run.finished && s.step === s.top;
  return {
    ...numbers(s),
    // Before the beat that makes it, a step's loss is not there.
    step: s.beat < 2 ? s.step - 1 : s.step,
    losses: s.losses,
    changes: s.changes,
    steps: s.recipe.steps,
    last: s.last,
    log: s.log,
    playing: s.playing,
    stopped:
      stopped(s) ??
      (done ? `All ${s.recipe.steps} steps are done. More steps can be asked for below.` : null),
    diverged: run.diverged !== null,
    enabled: run.diverged === null && !isPending(s) && !run.finished,
    accuracy: Number.isNaN(run.accuracy) ? null : run.accuracy,
  };
}

/** @param {State} s */
export function stepping(s) {
  const { run, step, recipe } = s;
  const rule =
    recipe.optimizer === "sgd"
      ? `w ← w − ${rateWords(s)} · w.grad`
      : `${recipe.optimizer}, rate ${rateWords(s)}`;
  return {
    step,
    beat: s.beat,
    last: s.top,
    steps: recipe.steps,
    loss: s.beat < 2 ? null : run.loss,
    rate: run.rate,
    examples: run.structure.examples,
    parameters: run.structure.parameters,
    zero: recipe.zero_grad,
    rule,
    playing: s.playing,
    enabled: run.diverged === null && !run.finished,
  };
}

/** @param {State} s */
function rateWords({ run }) {
  return String(Number(run.rate.toPrecision(3)));
}

/** Why a run cannot go on, in words. @param {State} s @returns {string | null} */
export function stopped({ run, graph }) {
  const { diverged } = run;
  if (diverged === null) return null;
  const { step, phase, node, value } = diverged;
  const name = placeIn(rowOf(graph, node).group)
    .replaceAll(".", ", ")
    .replace(/([a-z])(\d)/g, "$1 $2");
  const what = phase === "forward" ? "a value" : phase === "backward" ? "a gradient" : "an update";
  return `Stopped at step ${step}: ${what} became ${Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞"}, first in ${name || "the loss"} (node ${node}). A smaller learning rate helps; the history is kept.`;
}

/** Rows of the examples on the tape: outputs, targets, and each one's part of the loss. @param {State} s */
export function predicting(s) {
  const { tape, structure, examples } = s.run;
  const { width } = structure;
  const { loss } = s.settled.model;
  return {
    ...numbers(s),
    rows: Array.from({ length: structure.examples }, (_, k) => ({
      index: examples[k],
      outputs:
        s.beat === 0
          ? null
          : Array.from(structure.outputs.slice(k * width, (k + 1) * width), (id) => tape.data[id]),
      targets: Array.from(structure.targets.slice(k * width, (k + 1) * width), (id) => tape.data[id]),
      term: s.beat < 2 ? null : tape.data[structure.terms[k]],
    })),
    example: s.example,
    worst: s.worst,
    loss: s.beat < 2 ? null : tape.data[tape.output],
    total: `${LOSSES[loss].mean ? "mean" : "sum"}${s.settled.model.alpha > 0 ? " + penalty" : ""} = loss`,
    squared: loss.includes("squared"),
  };
}

/** The parameters as the update to come makes them. @param {State["run"]} run */
export function afterUpdate(run) {
  const data = run.parameters;
  const { updater } = run;
  const after = new Updater(data.length, updater.row.name, updater.settings);
  after.updates = updater.updates;
  for (const [k, memory] of updater.memory.entries()) after.memory[k].set(memory);
  after.update(data, run.tape.grad, run.rate);
  return data;
}

/** What is said about the neuron in the inset. @param {State} s @param {import("./scalars.js").Scalars} scalars */
export function scalarsSaid(s, { graph, additions }) {
  const { run } = s;
  const [, layer, neuron] = /^layer(\d+)\.neuron(\d+)$/.exec(s.inset ?? "") ?? [];
  const { examples } = run.structure;
  const { op, operands } = graph.nodes[graph.output];
  const whole = scalarsIds(s);
  const edge = run.tape.first[whole];
  const ends = operands.length === 1;
  const formula = ends ? `${op}(w·x + b)` : "w·x + b";
  return {
    title: `Layer ${layer}, neuron ${neuron}, down to its scalars`,
    note: `${formula} on example ${run.examples[place(s)] + 1}${examples > 1 ? `; each w.grad adds up all ${examples}` : ""}`,
    foot: [
      ...(additions > 1 ? [`Σ stands for ${additions} additions.`] : []),
      ...(ends && s.beat === UPDATE ? [passesOn(op, run.tape.code[whole], run.tape.partial[edge])] : []),
    ],
  };
}

/** @param {State} s */
function scalarsIds(s) {
  const { ids, graph } = /** @type {import("./scalars.js").Scalars} */ (scalars(s));
  return ids[graph.output];
}

/** What the activation does to the gradient, in the table's words. @param {string} op @param {number} code @param {number} partial */
function passesOn(op, code, partial) {
  const number = shortNumber(partial, 6, 3);
  const [sentence] = OPS[code].hands;
  const share = partial === 1 ? "all" : partial === 0 ? "none" : number;
  return sentence === undefined
    ? `${op} passes on ${share} of the gradient.`
    : `Of the gradient: ${plain(fill(sentence, { partial: number }))}`;
}

/** The scalar that is asked about: a node on its own, not a neuron. @param {State} s */
export function asking(s) {
  const { selected: id, graph, run } = s;
  if (id === null) return null;
  const seen = walk(s);
  return { graph, tape: run.tape, tick: s.tick, id, problem: null, walk: seen, grads: seen?.grad ?? null };
}

/**
 * What the examples add to a weight's gradient.
 * @param {State} s @param {number} id @param {Node} name
 * @returns {import("../views/network/shares.js").Slice | null}
 */
export function adding({ run, beat }, id, name) {
  const { tape, structure, examples } = run;
  if (id >= structure.parameters || structure.examples < 2 || beat !== UPDATE) return null;
  const amounts = new Float64Array(structure.examples);
  for (let e = 0; e < tape.operand.length; e++) {
    const at = Math.floor((tape.owner[e] - structure.parameters) / structure.stride);
    if (tape.operand[e] === id && at < structure.examples) amounts[at] += contributionOf(tape, e);
  }
  const all = amounts.reduce((sum, amount) => sum + amount, 0);
  const grad = tape.grad[id];
  const other = Math.abs(grad - all) > 1e-9 * Math.max(Math.abs(grad), Math.abs(all)) ? grad - all : 0;
  return {
    shares: Array.from(amounts, (amount, k) => ({ example: examples[k], amount })),
    name,
    other,
    grad,
  };
}

/** That gradients on screen are those of the step before; that the example is not in this step's batch. @param {State} s */
export function leftOver({ beat, step, recipe, example, run }) {
  const drawn = run.examples[0];
  const other = run.examples.includes(example)
    ? ""
    : `Example ${example + 1} is not in this step's batch: example ${drawn + 1} is drawn. `;
  const words =
    step === 0 || beat === UPDATE || (beat === 3 && recipe.zero_grad)
      ? ""
      : beat === 3
        ? `Not zeroed: the gradients of step ${step - 1} stay, and the next ones add to them.`
        : `The gradients are still those of step ${step - 1}.`;
  return { words: other + words };
}

/** What stands in the top bar: with all values on screen, also how the run is going. @param {State} s @param {string} name */
export function headline({ view, settled, step, losses, run }, name) {
  if (view === "graph") return name;
  const { nin, nouts } = settled.model;
  const accuracy = Number.isNaN(run.accuracy) ? "" : `, accuracy ${Math.round(run.accuracy * 100)} %`;
  return `${name}, MLP(${nin}, [${nouts.join(", ")}]), step ${step}, loss ${shortNumber(losses[step], 7)}${accuracy}`;
}

/** What a line of the rows holds. @param {State["model"]} model */
export function columnWords({ nin, nouts, loss }) {
  const width = LOSSES[loss].targets === "class" ? 1 : nouts[nouts.length - 1];
  const kinds = { plus_minus: "−1 or 1", probability: "from 0 to 1", class: "a class from 0", number: "" };
  const kind = kinds[/** @type {keyof typeof kinds} */ (LOSSES[loss].targets)];
  return `${nin} ${nin === 1 ? "number" : "numbers"}, then ${width === 1 ? "the target" : `${width} targets`}${kind && `, ${kind}`}`;
}

/** The plane of two inputs, where the targets are classes. @param {State} s */
export function plane(s) {
  const { run } = s;
  const { model, data } = s.settled;
  const { judged } = run.leg;
  const kind = LOSSES[model.loss].targets;
  const width = model.nouts[model.nouts.length - 1];
  if (model.nin !== 2 || !judged || (width > 1 && kind !== "class")) return null;
  const numbers =
    kind === "class" ? Array.from({ length: width }, (_, k) => k) : [kind === "probability" ? 0 : -1, 1];
  const all = targetsOf(data, model.loss);
  return {
    run,
    tick: s.tick,
    shape: model,
    inputs: data.inputs,
    classes: all.map((target) => numbers.indexOf(Number(target))),
    level: 0,
    kinds: numbers.map((each) => `${each < 0 ? MINUS : ""}${Math.abs(each)}`),
    targets: numbers,
    example: s.example,
  };
}

/** Weights and gradients by layer, and what is worth a sentence. @param {State} s */
export function spread(s) {
  const { run, settled } = s;
  const said = s.beat === UPDATE ? told(measure(run.tape, run.structure, settled.model.alpha !== 0)) : [];
  return { ...numbers(s), told: said, waits: s.beat !== UPDATE };
}

/** @param {State} s */
export function example(s) {
  const { data, model } = s;
  return { example: s.example, inputs: data.inputs, targets: targetsOf(data, model.loss) };
}
