/**
 * The only module that fetches. A newer request wins over an older one; errors come back as the API's problem
 * documents; while the server is away the last request is tried again every five seconds.
 */

const RETRY_SECONDS = 5;

/**
 * @typedef {import("./replay.js").Graph} Graph
 * @typedef {{program: string, values?: Record<string, number | string>}} ProgramRequest
 * @typedef {{network: object, inputs: number[][], targets?: (number | number[])[], loss?: string, alpha?: number,
 *   parameters?: number[]}} NetworkRequest
 * @typedef {{code: string, title: string, detail: string, status: number, line: number | null, column: number | null,
 *   length: number | null, hint: string | null}} Problem line and column 1-based, in code points
 * @typedef {{graph: Graph} | {problem: Problem} | null} Answer null: a newer request took over
 */

/**
 * Who asks for graphs: of a program or a network, or what is wrong with it. A network's comes in columns: it may be large.
 * @param {string} base address that `api/v1/…` is relative to
 * @param {{onAway?: (seconds: number | null) => void, wait?: (seconds: number) => Promise<void>,
 *   read?: (response: Response, alike: Graph | null) => Promise<Graph>}} [options]
 *   onAway: the server did not answer, next try in so many seconds; null: it answers again
 *   read: what becomes of the answer with a graph
 * @returns {(request: ProgramRequest | NetworkRequest, alike?: Graph | null) => Promise<Answer>}
 *   alike: a network's graph that differs in numbers alone; then only the nodes' `data` are asked for
 */
export function createAsker(
  base,
  { onAway = () => {}, wait = pause, read = (answer) => answer.json() } = {},
) {
  // A text that does not make sense yet is no failed request: the problem comes with status 200.
  const address = new URL("api/v1/graph?problems=inline", base);
  let away = false;
  let current = new AbortController();

  /** @param {number | null} seconds */
  function report(seconds) {
    if (seconds === null && !away) return;
    away = seconds !== null;
    onAway(seconds);
  }

  return async (request, alike = null) => {
    current.abort();
    const columns = "network" in request ? "&shape=columns" : "";
    const from = `${address}${columns}${alike === null ? "" : "&fields=data"}`;
    const mine = new AbortController();
    current = mine;
    while (!mine.signal.aborted) {
      const answer = await ask(from, request, mine.signal, (response) => read(response, alike));
      if (mine.signal.aborted) break;
      if (answer !== "away") {
        report(null);
        return answer;
      }
      for (let left = RETRY_SECONDS; left > 0 && !mine.signal.aborted; left--) {
        report(left);
        await wait(1);
      }
    }
    return null;
  };
}

/** What stands at an address of the interface; null where nothing does. @param {string} base @param {string} path @returns {Promise<any>} */
async function got(base, path) {
  try {
    const response = await fetch(new URL(path, base));
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** The examples; none while the server is away. @param {string} base @returns {Promise<import("./state.js").Example[]>} */
export async function examplesAt(base) {
  return (await got(base, "api/v1/examples")) ?? [];
}

/**
 * All that a page of the site asks for.
 * @param {string} base address that `api/v1/…` is relative to
 * @param {Parameters<typeof createAsker>[1]} [options]
 */
export function createApi(base, options) {
  /** @param {string} path @param {object} body */
  const post = (path, body) =>
    fetch(new URL(path, base), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  return {
    graph: createAsker(base, options),
    examples: () => examplesAt(base),
    /**
     * A graph as source for another tool.
     * @param {string} format
     * @param {ProgramRequest | NetworkRequest} request
     * @returns {Promise<string | null>} null: the server does not answer, or not with that
     */
    async source(format, request) {
      try {
        const response = await fetch(new URL(`api/v1/export/${format}`, base), posted(request));
        return response.ok ? await response.text() : null;
      } catch {
        return null;
      }
    },
    /**
     * A data set's rows, for a loss that says how its targets are spelled.
     * @param {string} name
     * @param {string} loss
     * @returns {Promise<{inputs: number[][], targets: number[]} | null>} null: there is none, or the server does not answer
     */
    dataset: (name, loss) => got(base, `api/v1/datasets/${name}?loss=${loss}`),
    /**
     * The state that a stored link holds.
     * @param {string} id
     * @returns {Promise<Record<string, any> | null>} null: there is none, or the server does not answer
     */
    stored: async (id) => (await got(base, `api/v1/links/${encodeURIComponent(id)}`))?.state ?? null,
    /**
     * Stores a state under a short address.
     * @param {object} state
     * @returns {Promise<{id: string, url: string} | {problem: string}>}
     */
    async keep(state) {
      try {
        const response = await post("api/v1/links", state);
        const answer = await response.json();
        return response.ok ? answer : { problem: `${answer.detail} ${answer.hint ?? ""}`.trim() };
      } catch {
        return { problem: "The server does not answer. The long link works without it." };
      }
    },
    /**
     * A state as a web page that is one file.
     * @param {object} state
     * @returns {Promise<Blob | {problem: string}>}
     */
    async page(state) {
      try {
        const response = await post("api/v1/page", state);
        if (response.ok) return await response.blob();
        const answer = await response.json();
        return { problem: `${answer.detail} ${answer.hint ?? ""}`.trim() };
      } catch {
        return { problem: "The server does not answer, and it makes the page." };
      }
    },
  };
}

/**
 * @param {string} address
 * @param {ProgramRequest | NetworkRequest} request
 * @param {AbortSignal} signal
 * @param {(response: Response) => Promise<Graph>} read
 * @returns {Promise<{graph: Graph} | {problem: Problem} | "away">}
 */
async function ask(address, request, signal, read) {
  try {
    const response = await fetch(address, { ...posted(request), signal });
    const type = response.headers.get("content-type") ?? "";
    if (type.startsWith("application/problem+json")) return { problem: await response.json() };
    // A gateway answers for an absent server with a page of its own.
    return response.ok ? { graph: await read(response) } : "away";
  } catch {
    return "away";
  }
}

/** @param {unknown} body */
function posted(body) {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/**
 * One request as a stranger would make it, and all of its answer.
 * @param {import("./snippets.js").Asked} asked
 * @returns {Promise<{status: number, kind: string, text: string, milliseconds: number} | "away">}
 */
export async function exchange({ method, url, body, accept }) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (body !== null) headers["content-type"] = "application/json";
  if (accept !== null) headers.accept = accept;
  const began = performance.now();
  try {
    const response = await fetch(url, { method, headers, body });
    const text = await response.text();
    const kind = response.headers.get("content-type") ?? "";
    return { status: response.status, kind, text, milliseconds: performance.now() - began };
  } catch {
    return "away";
  }
}

/**
 * A style sheet for a shadow tree.
 * @param {URL} address
 * @returns {Promise<CSSStyleSheet>}
 */
export async function styleSheet(address) {
  const sheet = new CSSStyleSheet();
  return sheet.replace(await (await fetch(address)).text());
}

/** @param {number} seconds @returns {Promise<void>} */
function pause(seconds) {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}
