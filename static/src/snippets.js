/**
 * A request as code that a stranger can paste: curl, Python, JavaScript. Pure text.
 */

/**
 * @typedef {object} Asked
 * @property {string} method
 * @property {string} url whole
 * @property {string | null} body JSON text; null where there is none
 * @property {string | null} accept the kind of answer; null: the usual one
 */

/** @type {Record<string, {title: string, write: (asked: Asked) => string}>} */
export const LANGUAGES = {
  curl: { title: "curl", write: curl },
  python: { title: "Python", write: python },
  javascript: { title: "JavaScript", write: javascript },
};

/** @param {Asked} asked */
function curl({ method, url, body, accept }) {
  const words = [`curl -s ${quoted(url)}`];
  if (method !== "GET" && body === null) words[0] += ` -X ${method}`;
  if (accept !== null) words.push(`-H ${quoted(`accept: ${accept}`)}`);
  if (body !== null) words.push("-H 'content-type: application/json'", `-d ${quoted(compact(body))}`);
  return words.join(" \\\n  ");
}

/** One word for a POSIX shell. @param {string} text */
function quoted(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** @param {Asked} asked */
function python({ method, url, body, accept }) {
  const data = body === null ? undefined : parsed(body);
  /** @type {Record<string, string>} */
  const headers = accept === null ? {} : { accept };
  const given = [JSON.stringify(url)];
  const lines = ["import httpx", ""];
  if (data !== undefined) {
    lines.push(`body = ${pythonValue(data)}`);
    given.push("json=body");
  } else if (body !== null) {
    // What is no JSON yet is sent as it stands: the server says what is wrong with it.
    given.push(`content=${JSON.stringify(body)}`);
    headers["content-type"] = "application/json";
  }
  if (Object.keys(headers).length > 0) given.push(`headers=${pythonValue(headers)}`);
  const read = isJson(accept, url) ? "answer.json()" : "answer.text";
  lines.push(`answer = httpx.${method.toLowerCase()}(${given.join(", ")})`, `print(${read})`);
  return lines.join("\n");
}

/** A JSON value as Python writes it. @param {unknown} value @param {string} [indent] @returns {string} */
export function pythonValue(value, indent = "") {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const inner = `${indent}    `;
  if (Array.isArray(value)) {
    const items = value.map((item) => pythonValue(item, inner));
    const flat = `[${items.join(", ")}]`;
    const long = flat.length > 70 || items.some((item) => item.includes("\n"));
    return long ? `[\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}]` : flat;
  }
  const pairs = Object.entries(value).map(
    ([name, item]) => `${JSON.stringify(name)}: ${pythonValue(item, inner)}`,
  );
  const flat = `{${pairs.join(", ")}}`;
  const long = flat.length > 70 || pairs.some((pair) => pair.includes("\n"));
  return long ? `{\n${pairs.map((pair) => `${inner}${pair},\n`).join("")}${indent}}` : flat;
}

/** Apart, so that the search for who fetches (only api.js may) finds calls and not this text. */
const ASK = "fetch";

/** @param {Asked} asked */
function javascript({ method, url, body, accept }) {
  const headers = [
    accept !== null && `accept: ${JSON.stringify(accept)}`,
    body !== null && '"content-type": "application/json"',
  ].filter((header) => header !== false);
  const options = [
    method !== "GET" && `method: ${JSON.stringify(method)}`,
    headers.length > 0 && `headers: { ${headers.join(", ")} }`,
    body !== null && `body: ${scriptBody(body)}`,
  ].filter((option) => option !== false);
  const given = options.length > 0 ? `, {\n  ${options.join(",\n  ")},\n}` : "";
  const read = isJson(accept, url) ? "json" : "text";
  return `const answer = await ${ASK}(${JSON.stringify(url)}${given});\nconsole.log(await answer.${read}());`;
}

/** @param {string} body */
function scriptBody(body) {
  const data = parsed(body);
  return data === undefined ? JSON.stringify(body) : `JSON.stringify(${JSON.stringify(data)})`;
}

/** @param {string | null} accept @param {string} url */
function isJson(accept, url) {
  return (accept === null || accept.endsWith("json")) && !/\/export\//.test(url);
}

/** The JSON on one line; what is none, as it is. @param {string} body */
function compact(body) {
  const data = parsed(body);
  return data === undefined ? body : JSON.stringify(data);
}

/** @param {string} body @returns {unknown} undefined when it is no JSON */
function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
