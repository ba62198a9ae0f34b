/**
 * Who lays a graph out: small ones on the spot, large ones in a worker, so that the page goes on. A newer graph always
 * wins: the worker that is busy with an older one is ended.
 */

import { startWorker } from "./beside.js";
import { COMPOUND_FROM } from "./layout/boxes.js";
import { layoutGraph } from "./layout/index.js";

/** @typedef {import("./layout/pack.js").LaidGraph} LaidGraph */
/** @typedef {import("./layout/pack.js").LayoutOptions} LayoutOptions */
/** @typedef {ReturnType<typeof import("./layout/pack.js").layoutOf>} Laid */

/** Graphs of more boxes go to the worker. */
const ON_THE_SPOT = 2000;

/**
 * What lays out groups and packs a graph for the worker: loaded with the first graph that needs it.
 * @type {typeof import("./layout/pack.js") | null}
 */
let large = null;

/** On the spot, with what is loaded. @param {LaidGraph} graph @param {LayoutOptions} options @returns {Laid} */
export function layoutNow(graph, options) {
  return large === null ? layoutGraph(graph, options) : large.layoutOf(graph, options);
}

/** @param {string | undefined} address of the worker's script; without one every layout is made on the spot */
export function createArranger(address = document.documentElement.dataset.layoutWorker) {
  /** @type {Worker | null} */
  let worker = null;
  let busy = false;
  let turn = 0;

  function cancel() {
    turn++;
    if (!busy) return;
    worker?.terminate();
    worker = null;
    busy = false;
  }

  return {
    /**
     * @param {LaidGraph} graph @param {LayoutOptions} options
     * @param {(layout: Laid) => void} done called on the spot for a small graph, else later, unless a newer one comes
     * @param {(share: number) => void} [progress]
     */
    arrange(graph, options, done, progress) {
      cancel();
      const own = turn;
      const size = graph.nodes.length;
      const grouped = options.compound === true && size >= COMPOUND_FROM;
      if (large === null && (grouped || size > ON_THE_SPOT)) {
        busy = true;
        import("./layout/pack.js").then(
          (loaded) => {
            large = loaded;
            if (own === turn) this.arrange(graph, options, done, progress);
          },
          () => own === turn && done(layoutNow(graph, options)),
        );
        return;
      }
      if (size <= ON_THE_SPOT || !address) {
        done(layoutNow(graph, options));
        return;
      }
      worker ??= startWorker(address, "layout");
      busy = true;
      worker.onmessage = ({ data }) => {
        if (data.layout === undefined) return progress?.(data.share);
        busy = false;
        done(data.layout);
      };
      // A worker that cannot run is no reason to show nothing.
      worker.onerror = () => {
        cancel();
        address = undefined;
        done(layoutNow(graph, options));
      };
      const packed = /** @type {NonNullable<typeof large>} */ (large).packGraph(graph);
      const { first, operand, sort, home } = packed;
      worker.postMessage(
        { packed, options },
        [first, operand, sort, home].map(({ buffer }) => buffer),
      );
    },
    cancel,
    get busy() {
      return busy;
    },
  };
}
