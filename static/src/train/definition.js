/**
 * A network as a form asks for it, and as the line `n = MLP(3, [4, 4, 1])`: each is made from the other. Pure.
 *
 * What the server would refuse is refused here in the server's words (tests/app/test_train_page.py compares the two), so
 * that a form can say it at once.
 */
import { parameterCount } from "./structure.js";
import { CHOICES, LIMITS, LOSSES, NETWORK } from "./tables.js";

/**
 * @typedef {{kind: "dataset", name: string, count: number, noise: number, seed: number}
 *   | {kind: "rows", text: string}} Data
 * @typedef {object} Definition
 * @property {number} nin
 * @property {number[]} nouts
 * @property {string} activation
 * @property {string | null} output_activation null: the same
 * @property {string} [initialisation]
 * @property {number} seed
 * @property {string} loss
 * @property {number} alpha
 * @property {Data} [data] what it is to learn from
 *
 * `where` is the path of what is wrong, as ["network", "nouts", 1]; `start` and `end` are its place in the line, where
 * it came from one.
 * @typedef {{code: string, message: string, hint: string, where: (string | number)[], start?: number, end?: number}} Problem
 * @typedef {{inputs: number[][], targets: (number | number[])[]}} Rows
 */

/** The lecture's network. @type {Definition} */
export const LECTURE = /** @type {Definition} */ ({
  nin: 3,
  nouts: [4, 4, 1],
  ...NETWORK,
  loss: "squared_error",
  alpha: 0,
  data: { kind: "dataset", name: "lecture", count: 4, noise: 0, seed: 1337 },
});

/**
 * The line of a network: `n = MLP(3, [4, 4, 1])`, with the fields that are not as usual by name.
 * @param {Definition} definition
 */
export function writeDefinition(definition) {
  const fields = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (definition));
  const named = Object.keys(NETWORK)
    .filter((name) => fields[name] !== undefined && fields[name] !== NETWORK[name])
    .map((name) => `, ${name}=${typeof fields[name] === "string" ? `"${fields[name]}"` : fields[name]}`);
  return `n = MLP(${definition.nin}, [${definition.nouts.join(", ")}]${named.join("")})`;
}

/**
 * The body of `POST /api/v1/graph`: the first `batch` rows, which is all that a step reads.
 * @param {Definition} definition
 * @param {Rows} rows
 * @param {number | null} [batch]
 * @param {ArrayLike<number> | null} [parameters] in place of the seed's
 */
export function requestOf(definition, rows, batch = null, parameters = null) {
  const { nin, nouts, loss, alpha } = definition;
  const fields = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (definition));
  const network = Object.fromEntries(
    ["nin", "nouts", ...Object.keys(NETWORK)]
      .filter((name) => fields[name] !== undefined)
      .map((name) => [name, fields[name]]),
  );
  return {
    network: { ...network, nin, nouts },
    inputs: rows.inputs.slice(0, batch ?? undefined),
    targets: rows.targets.slice(0, batch ?? undefined),
    loss,
    alpha,
    ...(parameters && { parameters: Array.from(parameters) }),
  };
}

/**
 * The first thing for which the server would refuse the network, or null.
 * @param {Definition} definition
 * @returns {Problem | null}
 */
export function checkDefinition(definition) {
  return checkShape(definition) ?? checkLoss(definition);
}

/** @param {Definition} definition @returns {Problem | null} */
function checkShape(definition) {
  const { nin, nouts, seed } = definition;
  const bad = checkSize(nin, ["network", "nin"]);
  if (bad) return bad;
  if (!Array.isArray(nouts) || nouts.length === 0)
    return problem("bad_size", "nouts is a list with the size of every layer.", "As in [4, 4, 1].", [
      "network",
      "nouts",
    ]);
  for (const [at, nout] of nouts.entries()) {
    const wrong = checkSize(nout, ["network", "nouts", at]);
    if (wrong) return wrong;
    if (at >= LIMITS.parameters || nout > LIMITS.parameters) return tooManyParameters();
  }
  if (parameterCount(definition) > LIMITS.parameters) return tooManyParameters();
  for (const [field, names] of Object.entries(CHOICES)) {
    const chosen = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (definition))[field];
    if (chosen === undefined || (chosen === null && NETWORK[field] === null)) continue;
    if (!names.includes(/** @type {string} */ (chosen)))
      return problem(`unknown_${field.split("_").at(-1)}`, `${field} is one of ${names.join(", ")}.`, "", [
        "network",
        field,
      ]);
  }
  if (!Number.isSafeInteger(seed) || seed < 0)
    return problem("bad_seed", "seed is a whole number from 0 to 2**53 - 1.", "As in 1337.", [
      "network",
      "seed",
    ]);
  return null;
}

/** @param {Definition} definition @returns {Problem | null} */
function checkLoss({ loss, nouts, alpha }) {
  if (!Object.hasOwn(LOSSES, loss))
    return problem("unknown_loss", `loss is one of ${Object.keys(LOSSES).join(", ")}.`, "", ["loss"]);
  if (LOSSES[loss].targets === "class" && /** @type {number} */ (nouts.at(-1)) < 2)
    return problem(
      "loss_mismatch",
      `${loss} chooses among outputs; this network has one.`,
      "Use binary_cross_entropy, or two outputs.",
      ["loss"],
    );
  if (!Number.isFinite(alpha)) return problem("not_a_number", "alpha is not a number.", "", ["alpha"]);
  return null;
}

/** @param {unknown} size @param {(string | number)[]} where */
function checkSize(size, where) {
  if (Number.isInteger(size) && /** @type {number} */ (size) >= 1) return null;
  return problem("bad_size", `${spell(where)} is not a whole number of at least 1.`, "", where);
}

function tooManyParameters() {
  const message = `The network would have more than ${grouped(LIMITS.parameters)} parameters.`;
  return problem("too_many_parameters", message, "Use fewer or smaller layers.", ["network", "nouts"]);
}

/**
 * @param {string} code
 * @param {string} message
 * @param {string} hint
 * @param {(string | number)[]} where
 * @returns {Problem}
 */
export function problem(code, message, hint, where) {
  return { code, message, hint, where };
}

/** ["inputs", 2, 0] as `inputs[2][0]`. @param {(string | number)[]} where */
export function spell(where) {
  return where
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .slice(1);
}

/** 20000 as `20,000`. @param {number} count */
export function grouped(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
