/**
 * Who lays a graph out: small ones on the spot, large ones in a worker, so that the page goes on. A newer graph always
 * wins: the worker that is busy with an older one is ended.
 */

import { layoutOf, packGraph } from "./layout/pack.js";

/** @typedef {import("./layout/pack.js").LaidGraph} LaidGraph */
/** @typedef {import("./layout/pack.js").LayoutOptions} LayoutOptions */
/** @typedef {ReturnType<typeof layoutOf>} Laid */

/** Graphs of more boxes go to the worker. */
const ON_THE_SPOT = 2000;

/** @typedef {{createScriptURL: (address: string) => any}} Policy */
/** @type {Policy | undefined} */
let policy;

/** The address of our own worker as the policy on script addresses wants it. @param {string} address */
function trusted(address) {
  const maker = /** @type {{createPolicy: (name: string, rules: Policy) => Policy} | undefined} */ (
    /** @type {any} */ (globalThis).trustedTypes
  );
  policy ??= maker?.createPolicy("layout-worker", {
    createScriptURL: (text) => {
      if (new URL(text, document.baseURI).origin !== new URL(import.meta.url).origin)
        throw new TypeError("the worker comes from where the page's scripts do");
      return text;
    },
  });
  return policy?.createScriptURL(address) ?? address;
}

/** @param {string | undefined} address of the worker's script; without one every layout is made on the spot */
export function createArranger(address = document.documentElement.dataset.layoutWorker) {
  /** @type {Worker | null} */
  let worker = null;
  let busy = false;

  function cancel() {
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
      if (graph.nodes.length <= ON_THE_SPOT || address === undefined) {
        done(layoutOf(graph, options));
        return;
      }
      worker ??= new Worker(trusted(address), { type: "module", name: "layout" });
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
        done(layoutOf(graph, options));
      };
      const packed = packGraph(graph);
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
