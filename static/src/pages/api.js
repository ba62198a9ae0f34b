/** The API page: every operation can be tried where it stands, and is spelled in three languages. */

import { exchange } from "../api.js";
import { wireBar } from "../bar.js";
import { byId, h, set, write } from "../dom.js";
import { LANGUAGES } from "../snippets.js";

/** Characters of an answer that are shown; the rest is told by its number. */
const SHOWN = 20_000;
/** Characters of a value that stays on one line: a node of a graph does. */
const ONE_LINE = 190;
const SAID_FOR = 1600;

/** All operations are spelled in one language, the reader's. */
let language = "curl";
/** @type {(() => void)[]} */
const spellAll = [];

for (const section of document.querySelectorAll(".operation")) wire(/** @type {HTMLElement} */ (section));
/** @type {import("../bar.js").Theme | null} */
let chosen = null;
wireBar({
  get: () => chosen,
  set: (theme) => {
    chosen = theme;
  },
});

/** @param {HTMLElement} section */
function wire(section) {
  /** @param {string} selector @returns {HTMLElement | null} */
  const one = (selector) => section.querySelector(selector);
  const form = /** @type {HTMLFormElement} */ (one("form"));
  const body = /** @type {HTMLTextAreaElement | null} */ (one("textarea"));
  const example = /** @type {HTMLSelectElement | null} */ (one("[data-example]"));
  const accept = /** @type {HTMLSelectElement | null} */ (one("[data-accept]"));
  const given = /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (
    section.querySelectorAll("[data-parameter]")
  );
  const code = /** @type {HTMLElement} */ (one(".spelling code"));

  /** @returns {import("../snippets.js").Asked} */
  function asked() {
    let path = section.dataset.path ?? "";
    const query = new URLSearchParams();
    for (const { dataset, value } of given) {
      const name = dataset.parameter ?? "";
      if (dataset.place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
      else if (value !== dataset.usual && value !== "") query.set(name, value);
    }
    const url = new URL(`.${path}`, location.href);
    url.search = query.toString();
    const kind = accept?.value ?? "";
    return {
      method: section.dataset.method ?? "GET",
      url: url.href,
      body: body?.value ?? null,
      accept: kind === "" ? null : kind,
    };
  }

  /** @type {Record<string, HTMLButtonElement>} */
  const tabs = {};
  for (const [name, { title }] of Object.entries(LANGUAGES)) {
    const choose = () => {
      language = name;
      for (const spell of spellAll) spell();
    };
    tabs[name] = h("button", { type: "button", class: "tab", onclick: choose }, title);
  }
  one(".tabs")?.append(...Object.values(tabs));
  function spell() {
    for (const [name, tab] of Object.entries(tabs)) set(tab, { "aria-pressed": name === language });
    write(code, LANGUAGES[language].write(asked()));
  }
  spellAll.push(spell);
  spell();

  example?.addEventListener("change", () => {
    if (body !== null) body.value = example.value;
    grow();
    spell();
  });
  form.addEventListener("input", () => {
    grow();
    spell();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tryIt();
  });
  one("[data-copy]")?.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      announce("Copied");
    } catch {
      getSelection()?.selectAllChildren(code);
      announce("Selected; copy it with your keyboard");
    }
  });

  /** As many lines as the text has, within reason. */
  function grow() {
    if (body !== null) body.rows = Math.max(4, Math.min(18, body.value.split("\n").length));
  }
  grow();

  const reply = /** @type {HTMLElement} */ (one(".reply"));
  let turn = 0;
  async function tryIt() {
    const mine = ++turn;
    const button = /** @type {HTMLButtonElement} */ (one(".button.primary"));
    set(button, { "aria-busy": true });
    const answer = await exchange(asked());
    if (mine !== turn) return;
    set(button, { "aria-busy": null });
    reply.hidden = false;
    const [head, about] = [one(".reply-head strong"), one(".reply-head span")];
    const shown = one(".reply code");
    if (head === null || about === null || shown === null) return;
    if (answer === "away") {
      set(reply, { "data-good": false });
      write(head, "⚠ No answer");
      write(about, "The server is not connected.");
      write(shown, "");
      return;
    }
    const { status, kind, text, milliseconds } = answer;
    const good = status < 400;
    set(reply, { "data-good": good });
    write(head, `${good ? "✓" : "✗"} ${status}`);
    const size = text.length < 1000 ? `${text.length} characters` : `${(text.length / 1000).toFixed(1)} kB`;
    write(about, `${kind.split(";")[0]} · ${size} · ${milliseconds.toFixed(0)} ms`);
    const whole = readable(text, kind);
    const rest = whole.length - SHOWN;
    write(
      shown,
      rest > 0 ? `${whole.slice(0, SHOWN)}\n… and ${rest.toLocaleString("en")} more characters` : whole,
    );
  }
}

/** JSON over lines, but a short list or a node on one. @param {string} text @param {string} kind */
function readable(text, kind) {
  if (!kind.includes("json")) return text;
  try {
    return laidOut(JSON.parse(text), "", text.length);
  } catch {
    return text;
  }
}

/** @param {unknown} value @param {string} indent @param {number} room @returns {string} */
function laidOut(value, indent, room) {
  const flat = JSON.stringify(value);
  if (typeof value !== "object" || value === null || (flat.length <= ONE_LINE && flat.length < room))
    return flat;
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => laidOut(item, inner, Number.POSITIVE_INFINITY))
    : Object.entries(value).map(
        ([name, item]) => `${JSON.stringify(name)}: ${laidOut(item, inner, Number.POSITIVE_INFINITY)}`,
      );
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${items.map((item) => inner + item).join(",\n")}\n${indent}${close}`;
}

/** @param {string} text */
function announce(text) {
  const place = byId("announce");
  write(place, text);
  setTimeout(() => write(place, ""), SAID_FOR);
}
