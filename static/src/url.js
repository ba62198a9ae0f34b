/**
 * State in the address: everything that matters stands in the fragment, from the one table of fields below.
 * A field at its usual value is left out, so that the plain studio has the plain address. Old links keep opening:
 * fields are added, never given another meaning; what is unknown or unreadable is passed over.
 */

export const VERSION = 1;

/** Texts longer than this travel compressed (`z=`, raw deflate in base64url) instead of plain (`program=`). */
const PLAIN_CHARACTERS = 600;

/**
 * What a link holds; absent means as usual.
 * @typedef {object} Link
 * @property {string} [program] the text
 * @property {string} [example] id of the example it came from
 * @property {Record<string, number>} [values] numbers of names that the text does not assign
 * @property {number} [node] the selected node's id; -1: none
 * @property {number[]} [open] ids of nodes taken apart
 * @property {string[]} [fold] groups that are not as usual: closed ones opened, open ones closed
 * @property {number} [step] events of the trace that have happened; absent: all
 * @property {boolean} [local] local derivatives on the edges
 * @property {"light" | "dark"} [theme] when chosen
 * @property {"graph" | "table"} [view]
 */

/**
 * One row per field: its key in the fragment, how it is written and read. `read` answers undefined for nonsense.
 * @type {{[K in Exclude<keyof Link, "program">]-?: {write: (value: NonNullable<Link[K]>) => string,
 *   read: (text: string) => Link[K]}}}
 */
const FIELDS = {
  example: { write: (id) => id, read: (text) => (/^[\w-]{1,64}$/.test(text) ? text : undefined) },
  values: {
    write: writeValues,
    read: readValues,
  },
  node: { write: String, read: (text) => (text === "-1" ? -1 : readCount(text)) },
  open: { write: (ids) => ids.join("."), read: readIds },
  fold: {
    write: (groups) => groups.join(","),
    read: (text) => (/^[\w.]+(,[\w.]+)*$/.test(text) ? text.split(",") : undefined),
  },
  step: { write: String, read: readCount },
  local: {
    write: (on) => (on ? "on" : "off"),
    read: (text) => (text === "on" || text === "off" ? text === "on" : undefined),
  },
  theme: {
    write: (theme) => theme,
    read: (text) => (text === "light" || text === "dark" ? text : undefined),
  },
  view: { write: (view) => view, read: (text) => (text === "graph" || text === "table" ? text : undefined) },
};

/** Every word that a link may use. */
export const WORDS = ["program", "z", ...Object.keys(FIELDS)];

/**
 * The fragment of a link, without `#`; empty for the plain studio.
 * @param {Link} link
 * @returns {Promise<string>}
 */
export async function writeLink(link) {
  const words = new URLSearchParams();
  if (link.program !== undefined) {
    if (link.program.length <= PLAIN_CHARACTERS) words.set("program", link.program);
    else words.set("z", await deflate(link.program));
  }
  for (const [key, field] of Object.entries(FIELDS)) {
    const value = link[/** @type {keyof Link} */ (key)];
    if (value !== undefined) words.set(key, /** @type {(value: any) => string} */ (field.write)(value));
  }
  return words.size === 0 ? "" : `v=${VERSION}&${words}`;
}

/**
 * @param {string} fragment with or without `#`
 * @returns {Promise<Link>}
 */
export async function readLink(fragment) {
  const words = new URLSearchParams(fragment.replace(/^#/, ""));
  /** @type {Record<string, unknown>} */
  const link = {};
  const plain = words.get("program");
  const packed = words.get("z");
  const program = plain ?? (packed === null ? undefined : await inflate(packed));
  if (program !== undefined) link.program = program;
  for (const [key, field] of Object.entries(FIELDS)) {
    const text = words.get(key);
    const value = text === null ? undefined : field.read(text);
    if (value !== undefined) link[key] = value;
  }
  return link;
}

/** @param {string} text */
function readCount(text) {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** @param {string} text @returns {number[] | undefined} */
function readIds(text) {
  return /^\d{1,9}(?:\.\d{1,9}){0,99}$/.test(text) ? text.split(".").map(Number) : undefined;
}

/** Numbers by name as one word: `c:10.5,x:-2`. @param {Record<string, number>} values */
export function writeValues(values) {
  return Object.entries(values)
    .map(([name, value]) => `${name}:${value}`)
    .join(",");
}

/** @param {string} text @returns {Record<string, number> | undefined} */
function readValues(text) {
  /** @type {Record<string, number>} */
  const values = Object.create(null);
  for (const pair of text.split(",")) {
    const at = pair.lastIndexOf(":");
    const value = Number(pair.slice(at + 1));
    if (at < 1 || pair.slice(at + 1).trim() === "" || !Number.isFinite(value)) return undefined;
    values[pair.slice(0, at)] = value;
  }
  return values;
}

/** @param {string} text @returns {Promise<string>} */
export async function deflate(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} packed @returns {Promise<string | undefined>} undefined when it was cut or never was a text */
export async function inflate(packed) {
  try {
    const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return await new Response(stream).text();
  } catch {
    return undefined;
  }
}
