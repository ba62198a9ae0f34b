/**
 * `<seegrad-graph program="…">`: the embedded graph drawn in the page itself, in a shadow tree. Its attributes are the
 * words of a link and of the option table; its properties and events are those of the frame's protocol.
 */
import { createApi, styleSheet } from "../api.js";
import { readLink, WORDS, writeValues } from "../url.js";
import { readOptions } from "./options.js";
import { createPlayer, Refusal } from "./player.js";
import { OPTIONS } from "./table.js";

const EVENTS = /** @type {const} */ (["ready", "resize", "change", "select", "step"]);
const LOOKS = OPTIONS.map(({ name }) => name);
/** What is shown; `step` is among the options. */
const SHOWN = WORDS.filter((name) => !LOOKS.includes(name));
/** The id of a stored link, under whose state the words stand. */
const STORED = "link";
/** Properties that may have been set before the element was defined. */
const EARLY = ["program", "values", "step", "selected"];

/**
 * Defines the element, once per page.
 * @param {URL} base the address of the site
 * @param {URL} style the address of the style sheet
 */
export function defineGraph(base, style) {
  if (customElements.get("seegrad-graph") !== undefined) return;
  customElements.define("seegrad-graph", graphElement(base, styleSheet(style)));
}

/** @param {URL} base @param {Promise<CSSStyleSheet>} sheet one for all elements of the page */
function graphElement(base, sheet) {
  return class extends HTMLElement {
    static observedAttributes = [STORED, ...SHOWN, ...LOOKS];

    #shadow = this.attachShadow({ mode: "open" });
    /** The height that the graph asks for; a rule, so that the page's own style sheet may say otherwise. */
    #size = new CSSStyleSheet();
    /** @type {import("./player.js").Player | null} */
    #player = null;
    /** @type {ReturnType<typeof createApi> | null} */
    #api = null;
    #waits = false;

    async connectedCallback() {
      for (const name of EARLY) this.#upgrade(name);
      this.#shadow.adoptedStyleSheets = [await sheet, this.#size];
      if (!this.isConnected || this.#player !== null) return;
      const root = document.createElement("div");
      this.#shadow.append(root);
      const api = createApi(base.href, { onAway: (seconds) => this.#player?.away(seconds) });
      this.#api = api;
      const player = createPlayer(root, { api, studio: base, options: this.#options() });
      this.#player = player;
      player.on("resize", ({ height }) => this.#size.replaceSync(`:host { height: ${height}px }`));
      for (const event of EVENTS)
        player.on(event, (detail) => this.dispatchEvent(new CustomEvent(event, { detail })));
      this.#reload();
    }

    disconnectedCallback() {
      // An element that is only moved is connected again at once, and keeps its numbers.
      queueMicrotask(() => {
        if (this.isConnected) return;
        this.#player?.destroy();
        this.#player = null;
        this.#shadow.replaceChildren();
      });
    }

    /** @param {string} name @param {string | null} before @param {string | null} now */
    attributeChangedCallback(name, before, now) {
      if (this.#player === null || before === now) return;
      if (name === STORED || SHOWN.includes(name)) this.#reload();
      else this.#player.show(this.#options());
      if (name === "step" && now !== null) this.#attempt(({ step }) => step(this.#options().step ?? 0));
      if (name === "selected") this.#attempt(({ select }) => select(this.#options().selected));
    }

    /** The program's text as it is now. */
    get program() {
      return this.state?.program ?? this.getAttribute("program") ?? "";
    }
    set program(text) {
      this.removeAttribute("values");
      this.setAttribute("program", text);
      // The same text again brings back the numbers it had.
      this.#reload();
    }

    /** The numbers that can be set, by name. @returns {Record<string, number>} */
    get values() {
      return this.state?.values ?? {};
    }
    set values(values) {
      if (this.state === null) this.setAttribute("values", writeValues(values));
      else for (const [name, value] of Object.entries(values)) this.setValue(name, value);
    }

    /** Events of the trace that have happened. @returns {number | null} */
    get step() {
      return this.state?.step ?? null;
    }
    set step(to) {
      if (this.state === null) this.setAttribute("step", String(to));
      else this.#player?.step(Number(to));
    }

    /** Name or id of what the sentence is about. @returns {string | number | null} */
    get selected() {
      const selected = this.state?.selected;
      return selected?.name ?? selected?.id ?? null;
    }
    set selected(which) {
      if (this.state === null) this.setAttribute("selected", String(which ?? "none"));
      else this.#player?.select(which);
    }

    /** Everything there is to know; null before there is a graph. @returns {import("./report.js").Report | null} */
    get state() {
      return this.#player?.has() ? this.#player.state() : null;
    }

    /** @param {string | number} name @param {number} value @throws {Refusal} */
    setValue(name, value) {
      this.#player?.setValue(name, value);
    }

    play() {
      this.#attempt(({ play }) => play(true));
    }

    pause() {
      this.#attempt(({ play }) => play(false));
    }

    #options() {
      return readOptions((name) => this.getAttribute(name));
    }

    /** The attributes together, after the last of those that are being changed. */
    #reload() {
      if (this.#waits) return;
      this.#waits = true;
      queueMicrotask(async () => {
        this.#waits = false;
        const words = new URLSearchParams();
        for (const name of WORDS) {
          const text = this.getAttribute(name);
          if (text !== null) words.set(name, text);
        }
        const id = this.getAttribute(STORED);
        const stored = id === null ? {} : await this.#api?.stored(id);
        if (!stored || stored.page === "network") {
          this.#player?.refuse(`There is no graph under the link ${id}.`);
          return;
        }
        try {
          await this.#player?.load({ ...stored, ...(await readLink(words.toString())) });
        } catch (error) {
          // The element shows what is wrong with the program.
          if (!(error instanceof Refusal)) throw error;
        }
      });
    }

    /** What an attribute asks for and the graph does not have is passed over. @param {(player: import("./player.js").Player) => void} act */
    #attempt(act) {
      if (this.#player?.has()) {
        try {
          act(this.#player);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      }
    }

    /** @param {string} name */
    #upgrade(name) {
      const own = Object.getOwnPropertyDescriptor(this, name);
      if (own === undefined) return;
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, own.value);
    }
  };
}
