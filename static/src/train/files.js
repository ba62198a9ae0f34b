/** What a run leaves behind, as files: architecture and weights as JSON and back, its history as CSV. Pure. */
import { fromJson, toJson } from "../numbers.js";
import { checkDefinition, grouped, problem } from "./definition.js";
import { layersOf, parameterCount } from "./structure.js";
import { LIMITS, NETWORK } from "./tables.js";

/**
 * @typedef {import("./definition.js").Definition} Definition
 * @typedef {import("./definition.js").Problem} Problem
 * @typedef {{step: number, loss: number}} Trained how far a run had come
 */

const FORMAT = "seegrad-network";
const VERSION = 1;

/**
 * A network with its weights, in the order of the contract: neuron by neuron, w… then b.
 * @param {Definition} definition
 * @param {ArrayLike<number>} parameters
 * @param {Trained | null} [trained]
 */
export function writeModel(definition, parameters, trained = null) {
  const { nin, nouts, loss, alpha, data } = definition;
  const fields = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (definition));
  const network = Object.fromEntries(
    Object.keys(NETWORK).map((name) => [name, fields[name] ?? NETWORK[name]]),
  );
  const file = {
    format: FORMAT,
    version: VERSION,
    network: { nin, nouts, ...network },
    loss,
    alpha,
    data,
    trained: trained && { ...trained, loss: toJson(trained.loss) },
    parameters: Array.from(parameters, toJson),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * @param {string} text
 * @returns {{definition: Definition, parameters: Float64Array, trained: Trained | null, problem: null}
 *   | {definition: null, parameters: null, trained: null, problem: Problem}}
 */
export function readModel(text) {
  const read = readFile(text);
  return "code" in read
    ? { definition: null, parameters: null, trained: null, problem: read }
    : { ...read, problem: null };
}

/** @param {string} text */
function readFile(text) {
  if (text.length > LIMITS.training_body_bytes) {
    const most = grouped(Math.floor(LIMITS.training_body_bytes / 1024));
    return problem("file_too_large", `A file of weights has at most ${most} kB.`, "", []);
  }
  /** @type {any} */
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return problem("malformed_json", "The file is not JSON.", "Choose a file that was saved here.", []);
  }
  if (file === null || typeof file !== "object" || file.format !== FORMAT)
    return problem("invalid_value", "The file holds no network.", `Its format would be "${FORMAT}".`, [
      "format",
    ]);
  if (file.version !== VERSION) {
    const hint = `Version ${VERSION} can be read here.`;
    return problem("invalid_value", "The file is of another version.", hint, ["version"]);
  }
  const { network, loss, alpha = 0, data, trained = null } = file;
  if (network === null || typeof network !== "object")
    return problem("missing_field", "`network` is missing.", "", ["network"]);
  const known = ["nin", "nouts", ...Object.keys(NETWORK)];
  const stray = Object.keys(network).find((name) => !known.includes(name));
  if (stray !== undefined)
    return problem(
      "unknown_field",
      `There is no field \`${stray.slice(0, 40)}\`.`,
      `The fields are ${known.join(", ")}.`,
      ["network"],
    );
  const definition = /** @type {Definition} */ ({
    ...NETWORK,
    ...network,
    loss,
    alpha,
    ...(data && { data }),
  });
  const wrong = checkDefinition(definition) ?? checkData(data) ?? checkNumbers(file.parameters, definition);
  if (wrong) return wrong;
  const parameters = Float64Array.from(file.parameters, fromJson);
  const { step, loss: reached } = trained ?? {};
  const isTrained = Number.isInteger(step) && isNumber(reached);
  return { definition, parameters, trained: isTrained ? { step, loss: fromJson(reached) } : null };
}

/** @param {any} data @returns {Problem | null} */
function checkData(data) {
  if (data === undefined) return null;
  const numbers = ["count", "noise", "seed"];
  const fits =
    data !== null &&
    typeof data === "object" &&
    ((data.kind === "rows" && typeof data.text === "string") ||
      (data.kind === "dataset" &&
        typeof data.name === "string" &&
        numbers.every((name) => Number.isFinite(data[name]))));
  return fits ? null : problem("invalid_value", "`data` is neither a data set nor rows.", "", ["data"]);
}

/** @param {unknown} numbers @param {Definition} definition @returns {Problem | null} */
function checkNumbers(numbers, definition) {
  if (!Array.isArray(numbers))
    return problem("not_a_list", "parameters is not a list of numbers.", "", ["parameters"]);
  const needed = parameterCount(definition);
  if (numbers.length !== needed) {
    const message = `parameters has ${grouped(numbers.length)} numbers; ${grouped(needed)} are needed.`;
    return problem("wrong_width", message, "", ["parameters"]);
  }
  const at = numbers.findIndex((number) => !isNumber(number));
  if (at < 0) return null;
  return problem("not_a_number", `parameters[${at}] is not a number.`, "", ["parameters", at]);
}

/** @param {unknown} number as the contract writes one */
function isNumber(number) {
  return (
    typeof number === "number" || ["NaN", "Infinity", "-Infinity"].includes(/** @type {string} */ (number))
  );
}

/**
 * A parameter's name by its place: `layer1.neuron2.w[0]`.
 * @param {Definition} definition
 */
export function parameterNames(definition) {
  return layersOf(definition).flatMap(({ nin, size }, l) =>
    Array.from({ length: size }, (_, j) => [
      ...Array.from({ length: nin }, (_, s) => `layer${l + 1}.neuron${j + 1}.w[${s}]`),
      `layer${l + 1}.neuron${j + 1}.b`,
    ]).flat(),
  );
}

/**
 * The history as CSV, a line per step: step, loss, accuracy (empty where there is none), rate, and on demand each weight
 * and its gradient before the step's update, for the steps that are kept.
 * @param {import("./history.js").History} history
 * @param {Definition | null} [definition] with it, the weights
 */
export function historyCsv(history, definition = null) {
  const names = definition ? parameterNames(definition) : [];
  const lines = [
    ["step", "loss", "accuracy", "rate", ...names, ...names.map((name) => `${name}.grad`)].join(","),
  ];
  const cell = (/** @type {number} */ x) => (Object.is(x, -0) ? "-0" : String(x));
  for (let step = 0; step < history.length; step++) {
    if (definition && !history.has(step)) continue;
    const accuracy = history.accuracy[step];
    const cells = [
      String(step),
      cell(history.loss[step]),
      Number.isNaN(accuracy) ? "" : cell(accuracy),
      cell(history.rate[step]),
    ];
    if (definition)
      for (const numbers of [history.parametersAt(step), history.gradsAt(step)])
        for (const x of numbers) cells.push(cell(x));
    lines.push(cells.join(","));
  }
  return `${lines.join("\n")}\n`;
}
