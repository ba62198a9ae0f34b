/** A network's graph read beside the page: an answer's bytes come in, its columns go out; see network/reader.js. */

import { buffersOf, inColumns } from "../network/columns.js";

const inbox = /** @type {{onmessage: unknown}} */ (/** @type {unknown} */ (globalThis));

inbox.onmessage = (/** @type {MessageEvent} */ { data: bytes, ports: [port] }) => {
  const columns = inColumns(JSON.parse(new TextDecoder().decode(bytes)));
  port.postMessage(columns, buffersOf(columns));
};
