/** Who reads the answer with a network's graph: a small one the page on the spot, a large one a worker beside it. */

import { startWorker } from "../beside.js";
import { inColumns, withData, withRows } from "./columns.js";

/** Answers of more bytes go to the worker. */
const ON_THE_SPOT = 200_000;

/** @param {string | undefined} address of the worker's script; without one every answer is read on the spot */
export function createReader(address) {
  /** @type {Worker | null} */
  let worker = null;

  /** @param {ArrayBuffer} bytes @returns {Promise<import("./columns.js").Columns>} */
  async function columnsIn(bytes) {
    const here = async () => inColumns(JSON.parse(new TextDecoder().decode(bytes)));
    if (bytes.byteLength <= ON_THE_SPOT || address === undefined) return here();
    worker ??= startWorker(address, "graph");
    const asked = worker;
    const { port1, port2 } = new MessageChannel();
    return new Promise((done) => {
      port1.onmessage = ({ data }) => done(data);
      // A worker that cannot run is no reason to show nothing.
      asked.onerror = () => {
        address = undefined;
        asked.terminate();
        done(here());
      };
      asked.postMessage(bytes, [port2]);
    });
  }

  /** @param {Response} response @param {unknown} alike the graph that the answer has other numbers for, or null */
  return async (response, alike) => {
    if (alike === null) return withRows(await columnsIn(await response.arrayBuffer()));
    const { nodes } = await response.json();
    return withData(/** @type {import("./columns.js").NetworkGraph} */ (alike), nodes.data);
  };
}
