import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { LANGUAGES, pythonValue } from "../../static/src/snippets.js";

const URL = "http://127.0.0.1:8000/api/v1/graph?shape=columns";
const AWKWARD = JSON.stringify({
  program: 'a = 2 # it\'s "quoted" $HOME `x`\nb = \\a',
  values: { a: -0.5, b: null, c: true },
});

/** @param {Partial<import("../../static/src/snippets.js").Asked>} given */
const asked = (given = {}) => ({ method: "POST", url: URL, body: AWKWARD, accept: null, ...given });

test("curl: the shell passes on exactly this body, these headers and this address", () => {
  const text = LANGUAGES.curl.write(asked({ accept: "text/plain" }));
  const shown = execFileSync("sh", ["-c", text.replace("curl", "printf '%s\\n'")], { encoding: "utf8" });
  const words = shown.slice(0, -1).split("\n");
  assert.deepEqual(words.slice(0, 7), [
    "-s",
    URL,
    "-H",
    "accept: text/plain",
    "-H",
    "content-type: application/json",
    "-d",
  ]);
  assert.deepEqual(JSON.parse(words.slice(7).join("\n")), JSON.parse(AWKWARD));
});

test("curl: a plain GET is one line", () => {
  const url = "http://127.0.0.1:8000/api/v1/ops";
  assert.equal(LANGUAGES.curl.write(asked({ method: "GET", url, body: null })), `curl -s ${url}`);
});

test("Python: what is written is the same value", () => {
  const value = JSON.parse(AWKWARD);
  const text = `import json\nprint(json.dumps(${pythonValue({ ...value, rows: Array.from({ length: 40 }, (_, k) => k) })}))`;
  const read = JSON.parse(execFileSync("python3", ["-c", text], { encoding: "utf8" }));
  assert.deepEqual(read, { ...value, rows: Array.from({ length: 40 }, (_, k) => k) });
});

test("Python: the request is one that compiles, and asks as told", () => {
  for (const given of [
    {},
    { accept: "text/plain" },
    { method: "GET", body: null },
    { body: "{ no JSON", accept: "text/plain" },
  ]) {
    const text = LANGUAGES.python.write(asked(given));
    execFileSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], { input: text });
    assert.match(text, given.method === "GET" ? /httpx\.get\(/ : /httpx\.post\(/);
    assert.equal(text.includes("answer.text"), given.accept === "text/plain");
  }
});

test("JavaScript: run with a fetch that only listens, it asks as told", async () => {
  for (const given of [{}, { accept: "text/plain" }, { method: "GET", body: null }, { body: "{ no JSON" }]) {
    /** @type {{url: string, options: any}[]} */
    const heard = [];
    const fetch = async (/** @type {string} */ url, /** @type {any} */ options = {}) => {
      heard.push({ url, options });
      return { json: async () => "json", text: async () => "text" };
    };
    const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
    await new AsyncFunction("fetch", "console", LANGUAGES.javascript.write(asked(given)))(fetch, {
      log() {},
    });
    assert.equal(heard.length, 1);
    const { url, options } = heard[0];
    assert.equal(url, URL);
    assert.equal(options.method ?? "GET", given.method ?? "POST");
    if (given.body === undefined) assert.deepEqual(JSON.parse(options.body), JSON.parse(AWKWARD));
    else assert.equal(options.body ?? null, given.body);
    assert.equal(options.headers?.accept ?? null, given.accept ?? null);
  }
});

test("every language has a title", () => {
  assert.deepEqual(
    Object.values(LANGUAGES).map(({ title }) => title),
    ["curl", "Python", "JavaScript"],
  );
});
