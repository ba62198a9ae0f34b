/** Layouts beside the page: a graph's shape comes in, its places go out; see arrange.js. */

import { layoutOf, unpackGraph } from "../layout/pack.js";

const port =
  /** @type {{onmessage: unknown, postMessage: (message: unknown, transfer?: ArrayBuffer[]) => void}} */ (
    /** @type {unknown} */ (globalThis)
  );

port.onmessage = (/** @type {MessageEvent} */ { data: { packed, options } }) => {
  let told = 0;
  const layout = layoutOf(unpackGraph(packed), options, (share) => {
    if (share < told + 0.05) return;
    told = share;
    port.postMessage({ share });
  });
  const arrays = Object.values(layout).filter((value) => ArrayBuffer.isView(value));
  port.postMessage(
    { layout },
    arrays.map(({ buffer }) => /** @type {ArrayBuffer} */ (buffer)),
  );
};
