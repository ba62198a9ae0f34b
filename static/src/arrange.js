/**
 * Who lays a graph out: small ones on the spot, large ones in a worker, so that the page goes on. A newer graph always
 * wins: the worker that is busy with an older one is ended.
 */

import { COMPOUND_FROM } from "./layout/boxes.js";
import { layoutGraph } from "./layout/index.js";

/** @typedef {import("./layout/pack.js").LaidGraph} LaidGraph */
/** @typedef {import("./layout/pack.js").LayoutOptions} LayoutOptions */
/** @typedef {ReturnType<typeof import("./layout/pack.js").layoutOf>} Laid */

/** Graphs of more boxes go to the worker. */
const ON_THE_SPOT = 2000;

/**
 * What lays out groups and asks the worker: loaded with the first graph that needs it.
 * @type {typeof import("./arrange-large.js") | null}
 */
let large = null;

/** On the spot, with what is loaded. @param {LaidGraph} graph @param {LayoutOptions} options @returns {Laid} */
export function layoutNow(graph, options) {
  return large === null ? layoutGraph(graph, options) : large.layoutOf(graph, options);
}

/** @param {string | undefined} address of the worker's script; without one every layout is made on the spot */
export function createArranger(address = document.documentElement.dataset.layoutWorker) {
  /** @type {ReturnType<typeof import("./arrange-large.js").createCourier> | null} */
  let courier = null;
  let busy = false;
  let turn = 0;

  function cancel() {
    turn++;
    if (!busy) return;
    courier?.end();
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
        import("./arrange-large.js").then(
          (loaded) => {
            large = loaded;
            if (own === turn) this.arrange(graph, options, done, progress);
          },
          () => {
            if (own !== turn) return;
            busy = false;
            done(layoutNow(graph, options));
          },
        );
        return;
      }
      if (large === null || size <= ON_THE_SPOT || !address) {
        done(layoutNow(graph, options));
        return;
      }
      courier ??= large.createCourier(address);
      busy = true;
      courier.send(
        graph,
        options,
        (layout) => {
          busy = false;
          done(layout);
        },
        (share) => progress?.(share),
        () => {
          cancel();
          address = undefined;
          done(layoutNow(graph, options));
        },
      );
    },
    cancel,
    get busy() {
      return busy;
    },
  };
}
