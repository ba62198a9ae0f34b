/** What a run leaves behind: weights, history, a PyTorch module; and weights loaded back. */
import { fill, h, once } from "../../dom.js";

/**
 * @typedef {{weights: () => void, history: () => void, torch: () => void, load: (file: File) => Promise<string | null>}} Slice
 *   load: answers with what is wrong with the file
 */

/** @type {WeakMap<Element, object>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function files(root, slice) {
  once(known, root, () => {
    const wrong = h("div", { class: "wrong", role: "alert", hidden: true });
    const pick = h("input", {
      type: "file",
      id: "weights-file",
      class: "visually-hidden",
      accept: ".json,application/json",
      onchange: async () => {
        const [file] = Array.from(pick.files ?? []);
        pick.value = "";
        const problem = file === undefined ? null : await slice.load(file);
        fill(wrong, problem);
        wrong.hidden = problem === null;
      },
    });
    const button = (
      /** @type {string} */ words,
      /** @type {() => void} */ onclick,
      /** @type {string} */ id,
    ) => h("button", { type: "button", class: "button", onclick, id }, words);
    root.append(
      h("h2", { id: "files-title" }, "Take it with you"),
      h(
        "div",
        { class: "row-of-buttons" },
        button("Weights (JSON)", slice.weights, "save-weights"),
        button("History (CSV)", slice.history, "save-history"),
        button("PyTorch", slice.torch, "save-torch"),
        h("label", { class: "button file", for: "weights-file" }, "Load weights"),
        pick,
      ),
      wrong,
    );
    return {};
  });
}
