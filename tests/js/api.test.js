import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { createApi } from "../../static/src/api.js";

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

const json = (body, status = 200, type = "application/json") =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": type } });

test("a graph and a problem are told apart by their type", async () => {
  const answers = [json({ output: 0 }), json({ code: "unknown_name" }, 200, "application/problem+json")];
  globalThis.fetch = async () => answers.shift();
  const api = createApi("http://seegrad.test/base/");
  assert.deepEqual(await api.graph({ program: "a = 1" }), { graph: { output: 0 } });
  assert.deepEqual(await api.graph({ program: "a" }), { problem: { code: "unknown_name" } });
});

test("it asks beside the page, wherever that is mounted", async () => {
  let asked = "";
  globalThis.fetch = async (address) => {
    asked = String(address);
    return json({});
  };
  await createApi("http://seegrad.test/base/?x#y").graph({ program: "a = 1" });
  assert.ok(asked.startsWith("http://seegrad.test/base/api/v1/graph"));
});

test("of a graph that is alike only the numbers are asked for, and put together with it", async () => {
  const asked = [];
  globalThis.fetch = async (address) => {
    asked.push(String(address).replace(/.*&/, ""));
    return json({ nodes: { data: [1] } });
  };
  const api = createApi("http://seegrad.test/", {
    read: async (response, alike) => ({ alike, ...(await response.json()) }),
  });
  const request = { network: {}, inputs: [[1]] };
  const { graph } = await api.graph(request);
  assert.equal(graph.alike, null);
  assert.deepEqual(await api.graph(request, graph), { graph: { alike: graph, nodes: { data: [1] } } });
  assert.deepEqual(asked, ["shape=columns", "fields=data"]);
});

test("a newer request wins", async () => {
  const waiting = [];
  globalThis.fetch = (_, { signal }) =>
    new Promise((done, fail) => {
      waiting.push(done);
      signal.addEventListener("abort", () => fail(new DOMException("", "AbortError")));
    });
  const api = createApi("http://seegrad.test/");
  const older = api.graph({ program: "old" });
  const newer = api.graph({ program: "new" });
  waiting[1](json({ output: 1 }));
  assert.equal(await older, null);
  assert.deepEqual(await newer, { graph: { output: 1 } });
});

test("while the server is away the request is tried again, and the seconds are counted", async () => {
  const answers = [
    () => Promise.reject(new TypeError("network")),
    () => new Response("<h1>", { status: 502 }),
    () => json({ output: 2 }),
  ];
  globalThis.fetch = async () => answers.shift()();
  const heard = [];
  const api = createApi("http://seegrad.test/", {
    onAway: (seconds) => heard.push(seconds),
    wait: async () => {},
  });
  assert.deepEqual(await api.graph({ program: "a = 1" }), { graph: { output: 2 } });
  assert.deepEqual(heard, [5, 4, 3, 2, 1, 5, 4, 3, 2, 1, null]);
});
