/** What is taken away: weights, history, a module for PyTorch; and weights that are brought back. */
import { byId } from "../../dom.js";
import { requestFor } from "../../network/asked.js";
import { textOf } from "../../network/rows.js";
import { partOf } from "../../part.js";
import { historyCsv, readModel, writeModel } from "../../train/files.js";
import { checkFile } from "../../train/rows.js";
import { files } from "../../views/network/files.js";

/** @param {import("./page.js").Page} page */
export function wireFiles({ api, now, send }) {
  files(byId("files"), { weights: saveWeights, history: saveHistory, torch: saveTorch, load: loadWeights });

  function saveWeights() {
    const { run, step, losses, settled } = now();
    const text = textOf(settled.data, settled.model.loss);
    /** @type {import("../../train/definition.js").Definition} */
    const definition = { ...settled.model, data: { kind: "rows", text } };
    save(writeModel(definition, run.parameters, { step, loss: losses[step] }), "application/json", ".json");
  }

  /** The losses of all steps, the one on screen last of all. */
  function saveHistory() {
    const { run } = now();
    save(historyCsv(run.history), "text/csv", ".csv");
  }

  async function saveTorch() {
    const { settled, run } = now();
    const source = await api.source("torch", requestFor({ ...settled, weights: Array.from(run.parameters) }));
    if (source !== null) save(source, "text/x-python", ".py");
  }

  /** @param {File} file @returns {Promise<string | null>} what is wrong with it */
  async function loadWeights(file) {
    const problem = checkFile(file.size, file.name);
    const read = problem === null ? readModel(await file.text()) : { problem };
    if (read.problem !== null) return `${read.problem.message} ${read.problem.hint}`;
    const {
      nin,
      nouts,
      activation,
      output_activation,
      initialisation,
      seed,
      loss: kind,
      alpha,
    } = read.definition;
    const shape = { nin, nouts, activation, output_activation, initialisation, seed, loss: kind, alpha };
    send({ type: "weights", model: shape, weights: Array.from(read.parameters) });
    return null;
  }
}

/** @param {string} text @param {string} type @param {string} ending */
async function save(text, type, ending) {
  const loaded = await partOf(() => import("../../save.js"));
  if (loaded === null) return;
  const { fileName, hand } = loaded;
  hand(new Blob([text], { type }), `${fileName(document.title.split(" · ")[0])}${ending}`);
}
