/** The state as a link holds it, and what a link asks for. Pure. */

import { writeDefinition } from "../train/definition.js";
import { readDefinition } from "../train/line.js";
import { OPTIMIZERS, SCHEDULES } from "../train/optim.js";
import { LOSSES } from "../train/tables.js";
import { modelOf, recipeOf } from "./asked.js";
import { UPDATE } from "./progress.js";
import { applied, dataOf, spliceOf, textOf } from "./rows.js";
import { usualInset } from "./state.js";
import { MOST_WEIGHTS } from "./url.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Preset} Preset
 * @typedef {import("./url.js").Link} Link
 */

/** The preset that most of a state is told by: the one of its data. @param {Pick<State, "presets" | "data">} s */
export function presetOf({ presets, data }) {
  return presets.find((preset) => preset.data === data.name) ?? null;
}

/** @param {State} s @returns {Link} */
export function linkOf(s) {
  const { model, origin: data, weights, begun } = s;
  const preset = presetOf({ ...s, data }) ?? s.presets[0];
  const [usual, how] = [modelOf(preset), recipeOf(preset)];
  const net = writeDefinition(model);
  const { batch } = begun;
  return present({
    preset: preset === s.presets[0] ? undefined : preset.id,
    net: net === writeDefinition(usual) ? undefined : net,
    loss: model.loss === usual.loss ? undefined : model.loss,
    alpha: model.alpha === usual.alpha ? undefined : model.alpha,
    rows: data.name === null ? textOf(data, model.loss) : undefined,
    weights: weights !== null && weights.length <= MOST_WEIGHTS ? weights : undefined,
    rate: begun.rate === how.rate ? undefined : begun.rate,
    optimizer: begun.optimizer === how.optimizer ? undefined : begun.optimizer,
    schedule: begun.schedule === how.schedule ? undefined : begun.schedule,
    batch: batch === how.batch ? undefined : (batch ?? 0),
    steps: begun.steps === how.steps ? undefined : begun.steps,
    zero: begun.zero_grad ? undefined : false,
    settings: sameSettings(begun.settings, how.settings) ? undefined : begun.settings,
    changes: s.changes.length === 0 ? undefined : writtenChanges(s),
    step: (s.goal?.step ?? s.step) || undefined,
    beat: s.beat === UPDATE ? undefined : s.beat,
    example: s.example === 0 ? undefined : s.example + 1,
    open: s.inset === usualInset(model) ? undefined : (s.inset ?? "none"),
    fold: s.folds.size === 0 ? undefined : [...s.folds],
    log: s.log || undefined,
    view: s.view === "texture" ? s.view : undefined,
    theme: s.theme ?? undefined,
  });
}

/** @param {State} s @returns {Link["changes"]} */
function writtenChanges({ changes, origin, model }) {
  let before = origin;
  return changes.map(({ step, fields, data }) => {
    if (data === undefined) return { step, fields };
    const rows = spliceOf(before, data, model.loss);
    before = data;
    return { step, fields, rows };
  });
}

/** @param {NonNullable<Link["changes"]>} changes @param {State["data"]} origin @param {State["model"]} model @returns {State["changes"]} */
function readChanges(changes, origin, model) {
  let before = origin;
  return changes.map(({ step, fields, rows }) => {
    const data = rows === undefined ? null : applied(before, rows, model);
    if (data === null) return { step, fields };
    before = data;
    return { step, fields, data };
  });
}

/** @param {Record<string, number>} one @param {Record<string, number>} other */
function sameSettings(one, other) {
  const names = Object.keys({ ...one, ...other });
  return names.every((name) => one[name] === other[name]);
}

/** @param {Link} link @returns {Link} without the absent fields */
function present(link) {
  return Object.fromEntries(Object.entries(link).filter(([, value]) => value !== undefined));
}

/** The built-in data set that a link needs, or null where it brings rows of its own. @param {Preset[]} presets @param {Link} link */
export function datasetOf(presets, link) {
  return link.rows === undefined ? presetIn(presets, link).data : null;
}

/** @param {Preset[]} presets @param {Link} link */
function presetIn(presets, link) {
  return presets.find(({ id }) => id === link.preset) ?? presets[0];
}

/**
 * What a link asks for; what it says badly is as usual.
 * @param {State} s
 * @param {Link} link
 * @param {State["data"] | null} builtIn the rows of `datasetOf`
 * @returns {import("./state.js").Wanted}
 */
export function wantedBy(s, link, builtIn) {
  const preset = presetIn(s.presets, link);
  const usual = {
    ...modelOf(preset),
    ...known({ loss: link.loss }, LOSSES),
    alpha: link.alpha ?? preset.alpha,
  };
  const read = link.net === undefined ? null : readDefinition(link.net, usual).definition;
  const { nin, nouts, activation, output_activation, initialisation, seed } = read ?? usual;
  const model = {
    ...{ nin, nouts, activation, output_activation, seed },
    ...(initialisation === undefined ? {} : { initialisation }),
    ...{ loss: usual.loss, alpha: usual.alpha },
  };
  const data = link.rows === undefined ? builtIn : dataOf(link.rows, model).data;
  const how = recipeOf(preset);
  const begun = {
    ...how,
    ...known({ optimizer: link.optimizer }, OPTIMIZERS),
    ...known({ schedule: link.schedule }, SCHEDULES),
    ...(link.rate !== undefined && link.rate > 0 ? { rate: link.rate } : {}),
    ...(link.steps ? { steps: link.steps } : {}),
    ...(link.batch === undefined ? {} : { batch: link.batch || null }),
    ...(link.settings === undefined ? {} : { settings: link.settings }),
    zero_grad: link.zero ?? true,
  };
  return {
    model,
    data: data ?? s.data,
    weights: link.weights ?? null,
    recipe: begun,
    begun,
    changes: readChanges(link.changes ?? [], data ?? s.data, model),
    example: (link.example ?? 1) - 1,
    asked: link.open !== undefined && link.open !== "none",
    inset: link.open === undefined ? usualInset(model) : link.open === "none" ? null : link.open,
    folds: new Set(link.fold ?? []),
    goal: { step: link.step ?? 0, beat: Math.min(link.beat ?? UPDATE, UPDATE) },
    log: link.log ?? false,
    theme: link.theme ?? null,
    view: link.view ?? "graph",
  };
}

/** A field where its value is a row's name. @param {Record<string, string | undefined>} field @param {Record<string, unknown>} table */
function known(field, table) {
  const [[name, value]] = Object.entries(field);
  return value !== undefined && Object.hasOwn(table, value) ? { [name]: value } : {};
}
