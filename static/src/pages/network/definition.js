/** The left column: the model, its data, the example on screen. */
import { byId } from "../../dom.js";
import { dataOf, textOf, withRow } from "../../network/rows.js";
import * as slices from "../../network/slices.js";
import { writeDefinition } from "../../train/definition.js";
import { readDefinition } from "../../train/line.js";
import { checkFile } from "../../train/rows.js";
import { data } from "../../views/network/data.js";
import { example } from "../../views/network/example.js";
import { model } from "../../views/network/model.js";

/** @typedef {import("./page.js").Page} Page */

/** @param {Page} page @param {(id: string) => void} load of a preset */
export function wireDefinition({ now, send, subscribe }, load) {
  subscribe(
    (s) => ({ model: s.model, weights: s.weights, problem: s.problem, run: s.run }),
    ({ model: shape, weights, problem, run }) =>
      model(byId("model"), {
        model: shape,
        parameters: run.structure.parameters,
        values: run.tape.size,
        weights: weights !== null,
        problem,
        line: {
          text: writeDefinition(shape),
          read: (text) => readDefinition(text, shape),
        },
        send,
      }),
  );
  subscribe(
    (s) => ({ data: s.data, presets: s.presets, model: s.model }),
    (slice) =>
      data(byId("data"), {
        ...slice,
        rows: () => textOf(now().data, now().model.loss),
        columns: slices.columnWords(slice.model),
        pick: load,
        use: useRows,
        open: openFile,
      }),
  );
  subscribe(
    (s) => ({ ...slices.example(s), edit, add: addRow, remove: removeRow, send }),
    (slice) => example(byId("example"), slice),
  );

  /** Takes typed rows over, or says what is wrong with them. @param {string} text */
  function useRows(text) {
    const read = dataOf(text, now().model);
    if (read.data === null) return { problems: read.problems, more: read.more, message: null };
    send({ type: "data", data: read.data, nin: read.nin });
    return null;
  }

  /** @param {number} at @param {number[]} input @param {number | number[]} target */
  function edit(at, input, target) {
    putRow({ now, send }, at, input, target);
  }

  /** One more example like the one on screen, which comes on screen to be changed. */
  function addRow() {
    const { inputs, targets, example: at } = slices.example(now());
    edit(inputs.length, inputs[at], targets[at]);
    send({ type: "example", example: inputs.length });
  }

  /** @param {number} at */
  function removeRow(at) {
    const { data: rows } = now();
    const without = (/** @type {any[]} */ list) => list.filter((_, k) => k !== at);
    send({
      type: "data",
      data: { ...rows, name: null, inputs: without(rows.inputs), answers: without(rows.answers) },
    });
  }
}

/** A file's text, unless it is too large to be read. @param {File} file */
async function openFile(file) {
  const problem = checkFile(file.size, file.name);
  return problem === null ? { text: await file.text() } : { message: `${problem.message} ${problem.hint}` };
}

/**
 * An example's numbers, or one more example at the end.
 * @param {Pick<Page, "now" | "send">} page @param {number} at @param {number[]} input @param {number | number[]} target
 */
export function putRow({ now, send }, at, input, target) {
  send({ type: "data", data: withRow(now().data, now().model.loss, at, input, target) });
}
