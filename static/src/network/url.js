/**
 * The network page's state in the fragment, from one table of fields. A field at its usual value is left out, so that
 * the plain page has the plain address. Old links keep opening: fields are added, never given another meaning; what is
 * unknown or unreadable is passed over.
 */
import { checkSetting } from "../train/setting.js";
import { deflate, inflate } from "../url.js";

export const VERSION = 1;
/** Loaded weights of larger networks do not fit an address. */
export const MOST_WEIGHTS = 1200;

/**
 * What a link holds; absent means as usual.
 * @typedef {object} Link
 * @property {string} [preset] whose network, data and recipe hold where nothing else is said
 * @property {string} [net] the line `n = MLP(…)`
 * @property {string} [loss]
 * @property {number} [alpha]
 * @property {string} [data] a built-in data set
 * @property {string} [rows] the data as text
 * @property {number[]} [weights] instead of the seed's
 * @property {number} [rate]
 * @property {string} [optimizer]
 * @property {string} [schedule]
 * @property {number} [batch]
 * @property {number} [steps]
 * @property {boolean} [zero] false: the grads are not zeroed
 * @property {Record<string, number>} [settings] of the optimizer and the schedule
 * @property {{step: number, fields: Partial<import("./state.js").Recipe>, rows?: import("./rows.js").Splice}[]} [changes]
 *   of the recipe and the rows on the way
 * @property {number} [step]
 * @property {number} [beat]
 * @property {number} [example] from 1
 * @property {string} [open] the neuron in the inset; "none"
 * @property {string[]} [fold]
 * @property {number} [node]
 * @property {boolean} [log]
 * @property {"texture"} [view]
 * @property {"light" | "dark"} [theme]
 */

const word = {
  write: (/** @type {string} */ text) => text,
  read: (/** @type {string} */ text) => (/^[\w.-]{1,64}$/.test(text) ? text : undefined),
};
const text = {
  write: (/** @type {string} */ text) => text,
  read: (/** @type {string} */ text) => (text.length <= 400 ? text : undefined),
};
const count = {
  write: String,
  read: (/** @type {string} */ text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined),
};
const number = {
  write: String,
  read: (/** @type {string} */ text) =>
    text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined,
};
const flag = {
  write: (/** @type {boolean} */ on) => (on ? "on" : "off"),
  read: (/** @type {string} */ text) => (text === "on" || text === "off" ? text === "on" : undefined),
};
const packed = { write: deflate, read: inflate };

/**
 * One row per field: how it is written and read. `read` answers undefined for nonsense.
 * @type {{[K in keyof Link]-?: {write: (value: NonNullable<Link[K]>) => string | Promise<string>,
 *   read: (text: string) => Link[K] | Promise<Link[K]>}}}
 */
export const FIELDS = {
  preset: word,
  net: text,
  loss: word,
  alpha: number,
  data: word,
  rows: packed,
  weights: {
    write: (weights) => deflate(weights.join(",")),
    read: async (text) => {
      const numbers = (await inflate(text))?.split(",").map(Number);
      return numbers?.every(Number.isFinite) ? numbers : undefined;
    },
  },
  rate: number,
  optimizer: word,
  schedule: word,
  batch: count,
  steps: count,
  zero: flag,
  settings: {
    write: (settings) =>
      Object.entries(settings)
        .map(([name, value]) => `${name}:${value}`)
        .join(","),
    read: readSettings,
  },
  changes: {
    write: writeChanges,
    read: readChanges,
  },
  step: count,
  beat: count,
  example: count,
  open: word,
  fold: {
    write: (groups) => groups.join(","),
    read: (text) => (/^[\w.]+(,[\w.]+)*$/.test(text) ? text.split(",") : undefined),
  },
  node: count,
  log: flag,
  view: { write: (view) => view, read: (text) => (text === "texture" ? text : undefined) },
  theme: {
    write: (theme) => theme,
    read: (text) => (text === "light" || text === "dark" ? text : undefined),
  },
};

/** The fragment of a link, without `#`; empty for the plain page. @param {Link} link @returns {Promise<string>} */
export async function writeLink(link) {
  const words = new URLSearchParams();
  for (const [key, field] of Object.entries(FIELDS)) {
    const value = link[/** @type {keyof Link} */ (key)];
    if (value !== undefined) words.set(key, await /** @type {(value: any) => string} */ (field.write)(value));
  }
  return words.size === 0 ? "" : `v=${VERSION}&${words}`;
}

/** @param {string} fragment with or without `#` @returns {Promise<Link>} */
export async function readLink(fragment) {
  const words = new URLSearchParams(fragment.replace(/^#/, ""));
  /** @type {Record<string, unknown>} */
  const link = {};
  for (const [key, field] of Object.entries(FIELDS)) {
    const written = words.get(key);
    const value = written === null ? undefined : await field.read(written);
    if (value !== undefined) link[key] = value;
  }
  return link;
}

/** The settings that can change on the way. @type {Record<string, (text: string) => number | string | boolean | undefined>} */
const CHANGING = {
  rate: number.read,
  optimizer: word.read,
  schedule: word.read,
  steps: count.read,
  zero_grad: (text) => (text === "true" || text === "false" ? text === "true" : undefined),
};

/** `8~rate:0.1!12~optimizer:adam~rows:4.1.<text>`. @param {NonNullable<Link["changes"]>} changes */
async function writeChanges(changes) {
  const parts = changes.map(async ({ step, fields, rows }) => {
    const pairs = Object.entries(fields).filter(([name]) => Object.hasOwn(CHANGING, name));
    for (const [name, value] of Object.entries(fields.settings ?? {}))
      pairs.push([`settings.${name}`, value]);
    const words = pairs.map(([name, value]) => `${name}:${value}`);
    if (rows !== undefined) words.push(`rows:${rows.at}.${rows.cut}.${await deflate(rows.text)}`);
    return [step, ...words].join("~");
  });
  return (await Promise.all(parts)).join("!");
}

/** @param {string} text @returns {Promise<Link["changes"]>} */
async function readChanges(text) {
  const changes = [];
  for (const part of text.split("!")) {
    const [at, ...pairs] = part.split("~");
    const step = count.read(at);
    /** @type {Record<string, unknown>} */
    const fields = {};
    /** @type {import("./rows.js").Splice | undefined} */
    let rows;
    for (const pair of pairs) {
      const [name, ...rest] = pair.split(":");
      if (name === "rows") {
        const [, from, cut, packed] = /^(\d{1,6})\.(\d{1,6})\.(.*)$/.exec(rest.join(":")) ?? [];
        const lines = from === undefined ? undefined : await inflate(packed);
        if (lines === undefined) return undefined;
        rows = { at: Number(from), cut: Number(cut), text: lines };
        continue;
      }
      const own = /^settings\.([a-z]\w{0,31})$/.exec(name)?.[1];
      const text = rest.join(":");
      const known = Object.hasOwn(CHANGING, name) ? CHANGING[name](text) : undefined;
      const value = own === undefined ? known : readSetting(own, text);
      if (value === undefined) return undefined;
      if (own === undefined) fields[name] = value;
      else fields.settings = { .../** @type {object} */ (fields.settings), [own]: value };
    }
    if (step === undefined) return undefined;
    changes.push({ step, fields, ...(rows === undefined ? {} : { rows }) });
  }
  return changes;
}

/** @param {string} name @param {string} text */
function readSetting(name, text) {
  const read = number.read(text);
  return read === undefined || checkSetting(name, read) !== null ? undefined : read;
}

/** `momentum:0.8,decay:0.5`. @param {string} text @returns {Record<string, number> | undefined} */
function readSettings(text) {
  /** @type {Record<string, number>} */
  const settings = {};
  for (const pair of text.split(",")) {
    const [, name, value] = /^([a-z]\w{0,31}):(.+)$/.exec(pair) ?? [];
    const read = name === undefined ? undefined : readSetting(name, value);
    if (read === undefined) return undefined;
    settings[name] = read;
  }
  return settings;
}
