/** Layouts that take their time are made in a worker: loaded with the first graph that needs it. */

import { startWorker } from "./beside.js";
import { layoutOf, packGraph } from "./layout/pack.js";

export { layoutOf };

/** @typedef {import("./layout/pack.js").LaidGraph} LaidGraph */
/** @typedef {import("./layout/pack.js").LayoutOptions} LayoutOptions */
/** @typedef {ReturnType<typeof layoutOf>} Laid */

/** @param {string} address of the worker's script */
export function createCourier(address) {
  /** @type {Worker | null} */
  let worker = null;

  function end() {
    worker?.terminate();
    worker = null;
  }

  return {
    end,
    /**
     * @param {LaidGraph} graph @param {LayoutOptions} options
     * @param {(layout: Laid) => void} done @param {(share: number) => void} progress
     * @param {() => void} failed a worker that cannot run is no reason to show nothing
     */
    send(graph, options, done, progress, failed) {
      worker ??= startWorker(address, "layout");
      worker.onmessage = ({ data }) => {
        if (data.layout === undefined) progress(data.share);
        else done(data.layout);
      };
      worker.onerror = failed;
      const packed = packGraph(graph);
      const { first, operand, sort, home } = packed;
      worker.postMessage(
        { packed, options },
        [first, operand, sort, home].map(({ buffer }) => buffer),
      );
    },
  };
}
