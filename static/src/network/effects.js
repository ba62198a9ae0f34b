/** What the network page does besides drawing: ask for graphs, run the training, keep the address, say what happened. */
import { here } from "../dom.js";
import { shortNumber } from "../numbers.js";
import { areAlike, isPending, requestFor } from "./asked.js";
import { datasetOf, linkOf, wantedBy } from "./link.js";
import { readLink, writeLink } from "./url.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("../train/run.js").Run} Run
 * @typedef {import("../store.js").Store<State, import("./state.js").Action>} Store
 * @typedef {(graph: State["graph"], asked: State["settled"], recipe: State["recipe"]) => Run} Open
 * @typedef {(name: string) => Promise<State["data"] | null>} Fetch rows of a built-in data set
 */

/** What takes longer than this is said. */
const PATIENCE = 400;
/** Arithmetic runs this long at a stretch, then the page breathes. */
const SLICE = 12;
/** While training, numbers are redrawn so often. */
const REDRAW = 100;
/** The address follows when the state has rested this long. */
const ADDRESS_PAUSE = 300;

/**
 * Asks the server for the graph of what was asked for last; a newer request takes over.
 * @param {Store} store
 * @param {{graph: (request: any, alike: State["graph"] | null) => Promise<import("../api.js").Answer>}} api with the page's
 *   own reader of graphs
 * @param {Open} open
 */
export function askForGraphs({ subscribe, dispatch, state }, api, open) {
  let slow = 0;
  /** @type {object | null} */
  let newest = null;
  subscribe(
    (s) => ({
      pending: isPending(s),
      model: s.model,
      data: s.data,
      weights: s.weights,
      batch: s.recipe.batch,
    }),
    ({ pending, ...asked }) => {
      if (pending) ask(asked);
    },
  );

  /** @param {State["settled"]} asked */
  async function ask(asked) {
    const mine = {};
    newest = mine;
    clearTimeout(slow);
    slow = window.setTimeout(
      () => dispatch({ type: "set", fields: { busy: "Building the graph" } }),
      PATIENCE,
    );
    const request = requestFor(asked);
    const { graph, settled } = state();
    const answer = await api.graph(request, areAlike(request, requestFor(settled)) ? graph : null);
    if (mine !== newest) return;
    clearTimeout(slow);
    dispatch({ type: "set", fields: { busy: null } });
    if (answer === null) return;
    if ("graph" in answer) {
      const graph = /** @type {State["graph"]} */ (answer.graph);
      const { settled, recipe } = state();
      // Other rows for the same network: it goes on with the weights that it has.
      const goesOn =
        asked.model === settled.model && asked.weights === settled.weights && asked.batch === settled.batch;
      if (goesOn) dispatch({ type: "rows", asked, graph });
      else dispatch({ type: "answer", asked, graph, run: open(graph, asked, recipe) });
    } else dispatch({ type: "refuse", asked, problem: answer.problem });
  }
}

/**
 * Steps while training, or on the way to where a link wants the run, in slices of time between which the page is drawn
 * and listens. The state hears of it ten times a second.
 * @param {Store} store
 */
export function runTraining({ subscribe, dispatch, state }) {
  const channel = new MessageChannel();
  let running = false;
  let told = 0;
  /** Whether there is anything to run. */
  const isWanted = () => state().playing || (state().goal !== null && !isPending(state()));
  /** Changes on the way of a link are made where they were. @returns {boolean} whether other rows are waited for */
  const change = () => {
    const { run, changes, settled } = state();
    const due = changes.find(({ step }) => step === run.step);
    if (due === undefined) return false;
    run.setRecipe(due.fields);
    if (due.data === undefined || due.data === settled.data) return false;
    dispatch({ type: "data", data: due.data });
    return true;
  };
  channel.port1.onmessage = () => {
    const { run, goal } = state();
    let more = isWanted();
    for (const until = performance.now() + SLICE; more && performance.now() < until; ) {
      if (goal !== null && change()) {
        running = false;
        return;
      }
      more = (goal === null || run.step < goal.step) && run.advance();
    }
    if (more && performance.now() - told < REDRAW) {
      channel.port2.postMessage(null);
      return;
    }
    told = performance.now();
    dispatch({ type: "ran" });
    if (more) channel.port2.postMessage(null);
    else {
      running = false;
      if (goal === null) dispatch({ type: "pause" });
      else if (!isPending(state())) dispatch({ type: "arrive" });
    }
  };
  subscribe(
    ({ playing, goal, run, settled, model, data, weights }) => ({
      playing,
      goal,
      run,
      settled,
      model,
      data,
      weights,
    }),
    () => {
      if (running || !isWanted()) return;
      running = true;
      channel.port2.postMessage(null);
    },
  );
}

/**
 * The fragment follows the state; back and forward, and a link pasted over, are followed by the state. A stored link
 * keeps its short address until its state is changed; then the address is the plain one and the fragment.
 * @param {Store} store
 * @param {{home: string, link?: Record<string, string>}} first what the page came with; `link`: the stored fields
 * @param {{open: Open, data: Fetch}} make
 */
export function keepTheAddress({ subscribe, dispatch, state }, { home, link: kept }, { open, data }) {
  const short = location.pathname;
  /** The fragment that a stored link stands for. */
  const stored = kept === undefined ? null : `#${new URLSearchParams(kept)}`;
  const isStored = () => stored !== null && location.pathname === short && location.hash.length < 2;
  let timer = 0;
  let written = here();
  /** The fragment of what the stored link shows; null until it is shown. @type {Promise<string> | null} */
  let shown = null;
  /** Whether it is about to be shown. */
  let awaited = false;
  /** What a step back in the history undoes: another network or other data. */
  const chapterOf = (/** @type {State} */ { settled, origin, changes }) =>
    JSON.stringify([
      requestFor({ ...settled, data: origin }),
      changes.filter((change) => change.data).map(({ step, data }) => [step, data]),
    ]);
  let chapter = chapterOf(state());
  const follow = async () => {
    if (here() === written) return;
    written = here();
    const own = isStored();
    const link = await readLink(stored !== null && own ? stored : location.hash);
    const now = state();
    const name = datasetOf(now.presets, link);
    const known = [now.data, now.settled.data].find((each) => each.name === name && name !== null);
    const wanted = wantedBy(now, link, name === null ? null : (known ?? (await data(name))));
    const same =
      JSON.stringify(requestFor({ ...wanted, batch: wanted.recipe.batch })) ===
      JSON.stringify(requestFor(now.settled));
    const asked = {
      model: wanted.model,
      data: wanted.data,
      weights: wanted.weights,
      batch: wanted.recipe.batch,
    };
    const run = same ? open(now.graph, asked, wanted.recipe) : null;
    dispatch({ type: "open", wanted, run });
    [shown, awaited] = [own ? null : shown, own];
    chapter = chapterOf({ ...state(), settled: asked });
  };
  addEventListener("popstate", follow);
  addEventListener("hashchange", follow);
  if (location.hash.length > 1 || stored !== null) {
    written = "";
    follow();
  }
  subscribe((s) => ({ ...s, tick: 0, away: 0, busy: null, room: 0, help: false, pane: "" }), soon);

  function soon() {
    const now = state();
    // At once: what the reader changes a moment later is another state.
    if (awaited && !isPending(now) && now.goal === null) {
      awaited = false;
      shown = writeLink(linkOf(now));
    }
    clearTimeout(timer);
    timer = window.setTimeout(write, ADDRESS_PAUSE);
  }

  async function write() {
    const now = state();
    if (isPending(now) || now.playing || now.goal !== null) return;
    const fragment = await writeLink(linkOf(now));
    const own = fragment === (await shown);
    if (state() !== now) return soon();
    const address = own ? short : `${home}network${location.search}${fragment === "" ? "" : `#${fragment}`}`;
    if (address === written) return;
    written = address;
    const next = chapterOf(now);
    if (next !== chapter) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    chapter = next;
  }
}

/** Steps, said politely to a screen reader: not each one while training, but where it stopped. @param {Store} store @param {HTMLElement} root */
export function announce({ subscribe, state }, root) {
  let first = true;
  const NEXT = ["Forward", "Loss", "Zero the grads", "Backward", "Update"];
  subscribe(
    ({ step, beat, playing, problem, run, goal }) => ({ step, beat, playing, problem, run, goal }),
    ({ step, beat, playing, problem, run, goal }) => {
      if (first || goal !== null) {
        first = false;
        return;
      }
      if (problem !== null) root.textContent = problem.detail;
      else if (playing) root.textContent = "Training.";
      else {
        const { losses } = state();
        const what =
          run.diverged === null ? `Next: ${NEXT[beat]}.` : "Training stopped: a number is no longer finite.";
        root.textContent = `Step ${step}, loss ${shortNumber(losses[step])}. ${what}`;
      }
    },
  );
}
