/** What the studio does besides drawing: ask the server, keep the address, play the trace, say the steps aloud. */

import { here } from "./dom.js";
import { eventSentence } from "./explain.js";
import { loadGrain } from "./grain.js";
import { plain } from "./sentence.js";
import { isPending, linkOf, walkOf } from "./state.js";
import { readLink, writeLink } from "./url.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./store.js").Store<State, import("./state.js").Action>} Store
 */

/** Typing pauses this long before the server is asked. */
const PAUSE = 150;
/** What takes longer than this is said. */
const PATIENCE = 400;
/** The address follows when the state has rested this long: browsers count every change. */
const ADDRESS_PAUSE = 300;
/** With reduced motion a step waits so long, whatever the speed. */
const CALM_STEP = 1500;

/**
 * Sends the text to the server when it has rested, and says so when the answer takes its time.
 * @param {Store} store
 * @param {{graph: (request: import("./api.js").ProgramRequest) => Promise<import("./api.js").Answer>}} api
 */
export function askTheServer({ subscribe, dispatch, state }, api) {
  let timer = 0;
  let slow = 0;
  /** @type {object | null} */
  let last = null;
  subscribe(
    (s) => ({ pending: isPending(s), text: s.text, values: s.values }),
    ({ pending, text, values }) => {
      clearTimeout(timer);
      if (pending) timer = window.setTimeout(() => ask(text, values), state().gesture === "type" ? PAUSE : 0);
    },
  );

  /** @param {string} text @param {State["values"]} values */
  async function ask(text, values) {
    const mine = {};
    last = mine;
    clearTimeout(slow);
    slow = window.setTimeout(() => dispatch({ type: "set", fields: { busy: "Running the text" } }), PATIENCE);
    const answer = await api.graph(
      Object.keys(values).length > 0 ? { program: text, values } : { program: text },
    );
    await loadGrain();
    if (mine !== last) return;
    clearTimeout(slow);
    dispatch({ type: "set", fields: { busy: null } });
    if (answer === null) return;
    if ("graph" in answer) dispatch({ type: "answer", text, graph: answer.graph });
    else dispatch({ type: "refuse", text, problem: answer.problem });
  }
}

/**
 * The fragment follows the state; back and forward, and a link pasted over, are followed by the state.
 * A stored link keeps its short address until its state is changed; then the address is the plain one and the fragment.
 * @param {Store} store
 * @param {object} first what the page came with
 * @param {string} first.example id of the example that the plain address opens
 * @param {string} first.home path of the plain address
 * @param {import("./url.js").Link} [first.link] what the page's own address shows, if it is a stored link's
 */
export function keepTheAddress({ subscribe, dispatch, state }, { example: usual, home, link: stored }) {
  const short = location.pathname;
  let timer = 0;
  let written = here();
  let example = state().example;
  /** The fragment of what the stored link shows; null until it is shown. @type {Promise<string> | null} */
  let shown = null;
  /** The text that the stored link is about to show. @type {string | null} */
  let awaited = null;
  const open = async () => {
    if (here() === written) return;
    written = here();
    const isStored = stored !== undefined && location.pathname === short && location.hash.length < 2;
    const link = isStored ? stored : await readLink(location.hash);
    dispatch({
      type: "open",
      link: "program" in link || "example" in link ? link : { ...link, example: usual },
    });
    shown = isStored ? null : shown;
    awaited = isStored ? state().text : null;
    example = state().example;
  };
  addEventListener("popstate", open);
  addEventListener("hashchange", open);
  if (location.hash.length > 1 || stored !== undefined) {
    written = "";
    open();
  }
  subscribe(
    (s) => ({
      text: s.text,
      values: s.values,
      selected: s.selected,
      step: s.step,
      local: s.local,
      theme: s.theme,
      view: s.view,
      graph: s.graph,
      folds: s.folds,
      playing: s.playing,
      pending: isPending(s),
    }),
    soon,
  );

  function soon() {
    const now = state();
    // At once: what the reader changes a moment later is another state.
    if (awaited !== null && awaited === now.text && !isPending(now)) {
      awaited = null;
      shown = writeLink(linkOf(now, usual));
    }
    clearTimeout(timer);
    timer = window.setTimeout(write, ADDRESS_PAUSE);
  }

  async function write() {
    const now = state();
    // A text with a problem is kept too: a reload must not lose it.
    if (isPending(now) || now.playing) return;
    const fragment = await writeLink(linkOf(now, usual));
    const own = fragment === (await shown);
    if (state() !== now) return soon();
    const address = own ? short : home + location.search + (fragment === "" ? "" : `#${fragment}`);
    if (address === written) return;
    written = address;
    // Loading an example is a step that Back undoes; everything else follows along in place.
    if (now.example !== null && now.example !== example) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    example = now.example;
  }
}

/** One step after another while playing. @param {Store} store */
export function playTheTrace({ subscribe, dispatch }) {
  let timer = 0;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  subscribe(
    ({ playing, step, speed }) => ({ playing, step, speed }),
    ({ playing, step, speed }) => {
      clearTimeout(timer);
      if (!playing) return;
      timer = window.setTimeout(
        () => dispatch({ type: "step", step: step + 1 }),
        calm.matches ? CALM_STEP : 1000 / speed,
      );
    },
  );
}

/** Steps and problems, said politely to a screen reader. @param {Store} store @param {HTMLElement} root */
export function announce({ subscribe, state }, root) {
  let first = true;
  subscribe(
    ({ step, trace, problem }) => ({ step, trace, problem }),
    ({ step, trace, problem }) => {
      if (first) {
        first = false;
        return;
      }
      const { graph, tape } = state();
      const walk = walkOf(state());
      if (problem !== null) root.textContent = "";
      else if (walk === null) root.textContent = `Step ${step} of ${trace.length}, done.`;
      else
        root.textContent = `Step ${step} of ${trace.length}. ${plain(eventSentence(graph, tape, trace, walk))}`;
    },
  );
}
