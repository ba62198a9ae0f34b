/** The network as a line of code and as a form, each following the other; how large it is. */
import { fill, h, once, write } from "../../dom.js";
import { field, list, show } from "../../form.js";
import { ACTIVATIONS, INITIALISATIONS, LOSSES, NETWORK } from "../../train/tables.js";

/**
 * @typedef {import("../../network/state.js").Model} Model
 * @typedef {{model: Model, parameters: number, values: number, weights: boolean, problem: {detail: string, hint: string | null} | null,
 *   line: {text: string, read: (text: string) => {definition: Model | null, problem: {message: string, hint: string} | null}},
 *   send: (action: import("../../network/state.js").Action) => void}} Slice
 *   values: nodes of the graph, literals too; weights: whether they were loaded instead of drawn
 * @typedef {{line: HTMLTextAreaElement, wrong: HTMLElement, words: HTMLElement, parameters: HTMLElement, values: HTMLElement,
 *   nin: HTMLInputElement, nouts: HTMLInputElement, activation: HTMLSelectElement, output: HTMLSelectElement, start: HTMLSelectElement,
 *   seed: HTMLInputElement, loss: HTMLSelectElement, alpha: HTMLInputElement, formWrong: HTMLElement, slice: Slice}} Parts
 */

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function model(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const { model: now } = slice;
  show(parts.line, slice.line.text, !parts.wrong.hidden);
  write(parts.parameters, slice.parameters.toLocaleString("en"));
  write(parts.values, slice.values.toLocaleString("en"));
  const end = now.output_activation ?? now.activation;
  fill(
    parts.words,
    "A list of layers. A layer is a list of neurons. A neuron is ",
    h("em", {}, now.activation === "linear" ? "" : now.activation),
    now.activation === "linear" ? "sum(w·x) + b." : "(sum(w·x) + b).",
    end !== now.activation && ` The last layer's is ${end === "linear" ? "the sum itself" : end}.`,
    slice.weights && " Its weights were loaded.",
  );
  show(parts.nin, String(now.nin), isWrong(parts, "nin"));
  show(parts.nouts, now.nouts.join(", "), isWrong(parts, "nouts"));
  parts.activation.value = now.activation;
  parts.output.value = now.output_activation ?? "";
  parts.start.value = now.initialisation ?? String(NETWORK.initialisation);
  show(parts.seed, String(now.seed), isWrong(parts, "seed"));
  parts.loss.value = now.loss;
  show(parts.alpha, String(now.alpha), isWrong(parts, "alpha"));
  if (slice.problem !== null && parts.formWrong.dataset.of !== "field") tell(parts, "server", slice.problem);
  else if (parts.formWrong.dataset.of === "server") parts.formWrong.hidden = slice.problem === null;
}

/** @param {Parts} parts @param {string} which */
function isWrong({ formWrong }, which) {
  return !formWrong.hidden && formWrong.dataset.field === which;
}

/** @param {Parts} parts @param {"server" | "field"} of @param {{detail: string, hint?: string | null}} problem @param {string} [which] */
function tell({ formWrong }, of, { detail, hint }, which = "") {
  formWrong.dataset.of = of;
  formWrong.dataset.field = which;
  fill(formWrong, detail, hint ? ` ${hint}` : "");
  formWrong.hidden = false;
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  const options = Object.keys(ACTIVATIONS).map((value) => ({ value, title: value }));
  /** @param {Partial<Model>} fields */
  const send = (fields) => {
    parts.formWrong.hidden = true;
    parts.formWrong.dataset.of = "";
    parts.wrong.hidden = true;
    parts.slice.send({ type: "model", fields });
  };
  /** A field's text goes through the line of code's reader, so that both refuse the same things. @param {string} which @param {string} text @param {(text: string) => Partial<Model> | string} read */
  const take = (which, text, read) => {
    const fields = read(text);
    if (typeof fields !== "string") return send(fields);
    tell(parts, "field", { detail: fields }, which);
    model(root, parts.slice);
  };
  /** @type {Parts} */
  const parts = {
    line: h("textarea", {
      rows: 1,
      class: "line-of-code",
      id: "line",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      "aria-label": "Model as code",
      onchange: () => readLine(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        // What is typed is taken over, as in any field of one line; this one wraps so that its end is in sight.
        parts.line.blur();
        parts.line.focus();
      },
    }),
    wrong: h("div", { class: "wrong", role: "alert", hidden: true }),
    words: h("p", { class: "note" }),
    parameters: h("dd", { id: "parameters" }),
    values: h("dd", { id: "values" }),
    nin: field("nin", (text) => take("nin", text, (typed) => whole(typed, "nin", "numbers of an example"))),
    nouts: field("nouts", (text) => take("nouts", text, sizes)),
    activation: list("activation", options, (activation) => send({ activation })),
    output: list("output-activation", [{ value: "", title: "the same" }, ...options], (output_activation) =>
      send({ output_activation: output_activation || null }),
    ),
    start: list(
      "initialisation",
      Object.values(INITIALISATIONS).map(({ name, title }) => ({ value: name, title })),
      (initialisation) => send({ initialisation }),
    ),
    seed: field("seed", (text) => take("seed", text, seed)),
    loss: list(
      "loss-kind",
      Object.values(LOSSES).map(({ name }) => ({ value: name, title: name.replaceAll("_", " ") })),
      (loss) => send({ loss }),
    ),
    alpha: field("alpha", (text) => take("alpha", text, alpha)),
    formWrong: h("div", { class: "wrong", role: "alert", hidden: true }),
    slice: first,
  };
  function readLine() {
    const read = parts.slice.line.read(parts.line.value);
    if (read.definition === null) {
      fill(parts.wrong, `${read.problem?.message} ${read.problem?.hint}`);
      parts.wrong.hidden = false;
      model(root, parts.slice);
    } else {
      const { nin, nouts, activation, output_activation, initialisation, seed } = read.definition;
      send({ nin, nouts, activation, output_activation, initialisation, seed });
    }
  }
  const rows = /** @type {[string, string, HTMLElement][]} */ ([
    ["nin", "Inputs", parts.nin],
    ["nouts", "Layers", parts.nouts],
    ["activation", "Activation", parts.activation],
    ["output-activation", "Last layer", parts.output],
    ["initialisation", "First weights", parts.start],
    ["seed", "Seed", parts.seed],
    ["loss-kind", "Loss", parts.loss],
    ["alpha", "L2 weight", parts.alpha],
  ]);
  root.append(
    h("h2", { id: "model-title" }, "Model"),
    parts.line,
    parts.wrong,
    parts.words,
    parts.formWrong,
    h(
      "dl",
      { class: "counts" },
      h("div", {}, h("dt", {}, "parameters"), parts.parameters),
      h("div", {}, h("dt", {}, "values in the graph"), parts.values),
    ),
    h(
      "details",
      { id: "model-form" },
      h("summary", {}, "As a form"),
      h(
        "div",
        { class: "form" },
        ...rows.flatMap(([id, title, input]) => [h("label", { for: id }, title), input]),
      ),
    ),
  );
  return parts;
}

/** @param {string} text @param {"nin"} which @param {string} what @returns {Partial<Model> | string} */
function whole(text, which, what) {
  const number = Number(text);
  if (text.trim() !== "" && Number.isInteger(number) && number >= 1) return { [which]: number };
  return `Inputs is how many ${what} there are: a whole number of at least 1, as in 3.`;
}

/** @param {string} text @returns {Partial<Model> | string} */
function sizes(text) {
  const parts = text.replace(/^\s*\[|\]\s*$/g, "").split(",");
  const nouts = parts.map(Number);
  const at = parts.findIndex((part, k) => part.trim() === "" || !Number.isInteger(nouts[k]) || nouts[k] < 1);
  if (at < 0) return { nouts };
  const said = parts[at].trim();
  return `Layers are whole numbers of at least 1, as in 4, 4, 1; ${said === "" ? "one is empty" : `“${said.slice(0, 20)}” is not one`}.`;
}

/** @param {string} text @returns {Partial<Model> | string} */
function seed(text) {
  const number = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(number) && number >= 0) return { seed: number };
  return "A seed is a whole number from 0, as in 1337.";
}

/** @param {string} text @returns {Partial<Model> | string} */
function alpha(text) {
  const number = Number(text);
  if (text.trim() !== "" && Number.isFinite(number) && number >= 0) return { alpha: number };
  return "The L2 weight is a number, not negative; 0 leaves the penalty out.";
}
