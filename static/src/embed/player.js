/**
 * An embedded graph: a stage, its formula, one sentence and a bar. The same in a frame of its own and in an element's
 * shadow tree; it reads no address and knows no host.
 */

import { h, set, write } from "../dom.js";
import { drawOn } from "../drawn.js";
import { announce, playTheTrace } from "../effects.js";
import { effectOf, eventSentence, nameOf } from "../explain.js";
import { ROOM, SMALLEST } from "../glyphs.js";
import { loadGrain } from "../grain.js";
import { bindStageKeys } from "../keys.js";
import { directionIn, sizesOf } from "../layout/direction.js";
import { said } from "../said.js";
import { placeOf } from "../shown.js";
import { asking, controlling, staging } from "../slices.js";
import { createStage } from "../stage.js";
import { firstState, isPending, linkOf, reduce } from "../state.js";
import { createStore } from "../store.js";
import { writeLink } from "../url.js";
import { equation } from "../views/equation.js";
import { bar, openLink } from "./bar.js";
import { meant, nodeReport, reportOf, valuesOf } from "./report.js";
import { heightFor } from "./room.js";

/**
 * - `ready` {state}: drawn for the first time
 * - `resize` {height}: the height that suits the width, when it is another than before
 * - `change` {values, output, state}: a number, or the program, is another
 * - `select` {node}: what the sentence is about, or null
 * - `step` {step, steps, playing}
 * @typedef {"ready" | "resize" | "change" | "select" | "step"} EventName
 * @typedef {import("../url.js").Link} Link
 * @typedef {import("./options.js").Options} Options
 * @typedef {import("../state.js").Graph} Graph
 * @typedef {Pick<ReturnType<typeof import("../api.js").createApi>, "graph" | "examples">} Api
 */

/** What is kept free beside the graph. */
const SIDE = 16;
const BELOW = 12;
/** A small frame shows the graph whole while its names can be read; numbers come as one zooms in, and in the sentence. */
const WHOLE = SMALLEST / ROOM.names;
/** The link to the studio follows when the state has rested this long. */
const REST = 100;

/** What a host asked for and cannot have; the message says why. */
export class Refusal extends Error {}

/**
 * @param {HTMLElement} root it becomes the embedded graph
 * @param {{api: Api, studio: URL, options: Options}} how studio: the address that "Open in SeeGrad" adds the state to
 */
export function createPlayer(root, { api, studio, options }) {
  /** @type {import("../effects.js").Store | null} */
  let store = null;
  /** @type {Map<EventName, Set<(detail: any) => void>>} */
  const handlers = new Map();
  /** @param {EventName} event @param {object} detail */
  const emit = (event, detail) => {
    for (const handler of handlers.get(event) ?? []) handler(detail);
  };

  const formula = h("div", { class: "equation" });
  const sentence = h("p", { class: "embed-sentence" });
  const head = h("div", { class: "embed-head" }, formula, sentence);
  const board = h("div", {});
  const notice = h("div", { class: "embed-notice", role: "status" });
  const foot = h("div", { class: "embed-bar", role: "group", "aria-label": "Steps" });
  const spoken = h("div", { class: "visually-hidden", role: "status" });
  const open = openLink();
  root.classList.add("embed");
  root.append(head, board, notice, foot, spoken);

  const stage = createStage(board, {
    direction: "right",
    wheel: "ctrl",
    legible: { cards: WHOLE },
    covered: () => head.offsetHeight,
    inset: () => ({ top: head.offsetHeight + 6, right: SIDE, bottom: BELOW, left: SIDE }),
  });
  /** What is drawn, and how large it likes to be. @type {{graph: import("../scene.js").SceneGraph, sizes: import("../layout/direction.js").Sizes} | null} */
  let seen = null;
  /** The room that the direction was chosen for. */
  let chosenIn = "";
  let asked = 0;
  let newest = 0;
  let drawn = false;
  /** The theme that the shown link asks for. @type {"light" | "dark" | null} */
  let linked = null;
  const observer = new ResizeObserver(() => arrange());
  observer.observe(root);
  show(options);

  /** The options that can change while the graph stands. @param {Options} now */
  function show(now) {
    options = now;
    const bare = options.lock === "all" ? "none" : options.controls;
    set(root, {
      lang: options.lang,
      "data-theme": options.theme === "auto" ? linked : options.theme,
      "data-controls": bare,
      "data-lock": options.lock,
    });
    formula.hidden = options.hide.includes("equation");
    sentence.hidden = options.hide.includes("sentence");
    open.hidden = options.hide.includes("open");
    foot.hidden = bare === "none" || store === null;
    arrange();
  }

  /** Which way the graph runs in the room it has, and the height it asks for. */
  function arrange() {
    const { clientWidth, clientHeight } = root;
    if (!drawn || clientWidth === 0) return;
    const around = head.offsetHeight + foot.offsetHeight + 6 + BELOW;
    const room = { width: clientWidth - 2 * SIDE, height: clientHeight - around };
    if (seen !== null && chosenIn !== `${room.width} ${room.height}`) {
      chosenIn = `${room.width} ${room.height}`;
      stage.setView({ direction: directionIn(sizesOf(seen.graph, room), room) });
    }
    revealAsked();
    const height = options.height ?? heightFor(seen?.sizes ?? null, room.width, around + 2 * BELOW);
    if (height === asked) return;
    asked = height;
    emit("resize", { height });
  }

  /** What the sentence is about is in sight, where not all of the graph is. */
  function revealAsked() {
    const state = store?.state();
    if (state === undefined || state.selected === null) return;
    const { graph, shown } = staging(state);
    stage.reveal(placeOf(shown, graph, state.selected));
  }

  /**
   * Shows a state: asks for its graph unless it is given, and says what is wrong where there is none.
   * @param {Link} link without a program: its example's, else the first example's
   * @param {Graph} [graph] of that program and its values
   */
  async function load(link, graph) {
    const mine = ++newest;
    const program = link.program ?? (await programOf(link.example));
    if (mine !== newest) return;
    const values = link.values ?? {};
    if (graph === undefined) {
      set(root, { "data-busy": true });
      const answer = await api.graph(Object.keys(values).length > 0 ? { program, values } : { program });
      set(root, { "data-busy": null });
      if (answer === null) return;
      if ("problem" in answer) {
        refuse(answer.problem, program);
        throw new Refusal(answer.problem.detail);
      }
      graph = answer.graph;
    }
    if (graph.groups.length > 0 || link.open) await loadGrain();
    if (mine !== newest) return;
    notice.replaceChildren();
    const wanted = {
      ...link,
      program,
      example: undefined,
      local: options.hide.includes("chips") ? false : link.local,
    };
    const first = store === null;
    if (store === null) {
      const example = { id: "embedded", title: "", note: "", operands: [], request: { program, values } };
      store = createStore(reduce, firstState({ example: example.id, graph, examples: [example] }));
    }
    linked = link.theme ?? null;
    show(options);
    store.dispatch({ type: "open", link: wanted });
    if (isPending(store.state())) store.dispatch({ type: "answer", text: program, graph });
    if (first) begin(store, link);
    if (first) wire(store);
    store.flush();
    if (first) emit("ready", { state: reportOf(store.state()) });
  }

  /** @param {string | undefined} id */
  async function programOf(id) {
    const examples = await api.examples();
    return (examples.find((example) => example.id === id) ?? examples[0])?.request.program ?? "";
  }

  /** Where the walk stands and what is selected, as the options say. @param {import("../effects.js").Store} now @param {Link} link */
  function begin({ dispatch, state }, link) {
    const { start, step, selected } = options;
    const { trace, tape } = state();
    const from = { end: trace.length, begin: 0, forward: tape.size, play: 0 }[start];
    dispatch({ type: "step", step: step ?? (start === "end" ? (link.step ?? from) : from) });
    const id = selected === null ? null : meant(state(), selected);
    if (selected === "none" || id !== null) dispatch({ type: "select", id });
    if (start === "play" && step === null) dispatch({ type: "play" });
  }

  /** @param {import("../effects.js").Store} now */
  function wire(now) {
    const { dispatch: send, state, subscribe } = now;
    subscribe(
      (s) => ({ graph: s.graph, shown: staging(s).shown.graph }),
      ({ graph, shown }) => {
        seen = { graph: shown, sizes: sizesOf(shown) };
        chosenIn = "";
        set(stage.svg, { "aria-label": `Computation graph of ${nameOf(graph, graph.output)}` });
        arrange();
      },
    );
    subscribe(
      (s) => ({ graph: s.graph, width: s.room }),
      (slice) => equation(formula, slice),
    );
    subscribe(asking, ({ graph, tape, trace, id, walk, stepping }) => {
      const pieces =
        stepping && walk !== null
          ? said(eventSentence(graph, tape, trace, walk))
          : id === null
            ? [`Click any value: how does ${nameOf(graph, graph.output)} answer to it?`]
            : said(effectOf(graph, tape, id, walk ?? undefined));
      sentence.replaceChildren(...pieces);
    });
    subscribe(
      (s) => ({ ...controlling(s), send }),
      ({ trace, step, playing, forwards }) =>
        bar(foot, { step, steps: trace.length, forwards, playing, send }, open),
    );
    /** @type {typeof now} */
    const reader = { ...now, dispatch: (action) => (isLocked(action) ? undefined : send(action)) };
    drawn = true;
    arrange();
    drawOn(stage, reader);
    revealAsked();
    bindStageKeys(reader, board);
    playTheTrace(now);
    announce(now, spoken);

    heard(
      subscribe,
      ({ tick, text }) => ({ tick, text }),
      () => {
        emit("change", { values: valuesOf(state()), output: nodeReport(state(), state().graph.output) });
      },
    );
    heard(
      subscribe,
      ({ selected }) => ({ selected }),
      ({ selected }) => emit("select", { node: selected === null ? null : nodeReport(state(), selected) }),
    );
    heard(
      subscribe,
      ({ step, playing, trace }) => ({ step, playing, trace }),
      ({ step, playing, trace }) => emit("step", { step, steps: trace.length, playing }),
    );
    let timer = 0;
    subscribe(
      ({ tick, text, selected, step, opened, folds }) => ({ tick, text, selected, step, opened, folds }),
      () => {
        window.clearTimeout(timer);
        timer = window.setTimeout(pointToStudio, REST);
      },
    );
  }

  /** Whether the reader may not do this; the host may. @param {import("../state.js").Action} action */
  function isLocked({ type }) {
    return type === "turn" && options.lock !== "none";
  }

  /** The state as it is now, in the address of the studio. */
  async function pointToStudio() {
    if (store === null) return;
    const fragment = await writeLink(linkOf(store.state(), ""));
    open.href = new URL(`#${fragment}`, studio).href;
  }

  /**
   * What stands in the graph's place.
   * @param {import("../api.js").Problem | string} problem
   * @param {string} [program] whose problem it is
   */
  function refuse(problem, program = "") {
    if (typeof problem === "string") return notice.replaceChildren(problem);
    const { title, detail, line, column, length, hint } = problem;
    const text = Array.from(program.split("\n")[(line ?? 0) - 1] ?? "");
    const from = (column ?? 1) - 1;
    const to = from + (length ?? 0);
    const [before, meant, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
    notice.replaceChildren(
      h("b", {}, line === null ? title : `Line ${line}: ${title}`),
      text.length === 0
        ? ""
        : h("code", {}, before.join(""), h("span", { class: "mark" }, meant.join("")), after.join("")),
      h("p", {}, detail),
      hint ? h("p", { class: "quiet" }, hint) : "",
    );
  }

  /** @returns {import("../effects.js").Store} */
  function there() {
    if (store === null) throw new Refusal("There is no graph yet.");
    return store;
  }

  return {
    load,
    show,
    refuse,
    /** Whether there is a graph. */
    has: () => store !== null,
    /** For who draws more of the same state. @throws {Refusal} before there is a graph */
    store: there,
    /** @param {number | null} seconds until the server is asked again; null: it answers */
    away(seconds) {
      write(notice, seconds === null ? "" : `Not connected. Trying again in ${seconds} s.`);
    },
    /** @throws {Refusal} before there is a graph */
    state: () => reportOf(there().state()),
    /**
     * @param {string | number} which a name or an id
     * @param {unknown} value
     * @throws {Refusal}
     */
    setValue(which, value) {
      const { dispatch, state, flush } = there();
      const id = meant(state(), which);
      if (id === null) throw new Refusal(`There is no value named ${String(which).slice(0, 40)}.`);
      if (typeof value !== "number" || !Number.isFinite(value))
        throw new Refusal("A value is set to a finite number.");
      const before = state().tick;
      dispatch({ type: "turn", id, value });
      dispatch({ type: "release" });
      if (state().tick === before)
        throw new Refusal(`${nameOf(state().graph, id)} is not a number that can be set.`);
      flush();
    },
    /** @param {number} to events of the trace that have happened */
    step(to) {
      const { dispatch, flush } = there();
      dispatch({ type: "pause" });
      dispatch({ type: "step", step: Math.round(to) });
      flush();
    },
    /** @param {boolean} on */
    play(on) {
      const { dispatch, flush } = there();
      dispatch({ type: on ? "play" : "pause" });
      flush();
    },
    /** @param {string | number | null} which @throws {Refusal} */
    select(which) {
      const { dispatch, state, flush } = there();
      const id = which === null ? null : meant(state(), which);
      if (which !== null && id === null)
        throw new Refusal(`There is no value named ${String(which).slice(0, 40)}.`);
      dispatch({ type: "select", id });
      flush();
    },
    /** @param {EventName} event @param {(detail: any) => void} handler */
    on(event, handler) {
      handlers.set(event, (handlers.get(event) ?? new Set()).add(handler));
    },
    destroy() {
      store?.dispatch({ type: "pause" });
      store?.flush();
      handlers.clear();
      observer.disconnect();
      stage.destroy();
      root.replaceChildren();
    },
  };
}

/**
 * `subscribe` without the first call: what is there from the start is no news.
 * @template {object} T
 * @param {import("../effects.js").Store["subscribe"]} subscribe
 * @param {(state: import("../state.js").State) => T} slice
 * @param {(slice: T) => void} listener
 */
function heard(subscribe, slice, listener) {
  let first = true;
  subscribe(slice, (now) => {
    if (first) first = false;
    else listener(now);
  });
}

/** @typedef {ReturnType<typeof createPlayer>} Player */
