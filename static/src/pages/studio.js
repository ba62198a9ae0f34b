/** The studio: the store, its effects (asking the server, the address, the clock), and every view on its slice. */
import { createApi } from "../api.js";
import { byId, set, write } from "../dom.js";
import { effectOf, eventSentence, nameOf } from "../explain.js";
import { icon } from "../icons.js";
import { pathsFrom } from "../paths.js";
import { said } from "../said.js";
import { createStage } from "../stage.js";
import { firstState, isPending, isStale, isTurnable, linkOf, reduce, titleOf, walkOf } from "../state.js";
import { createStore } from "../store.js";
import { readLink, writeLink } from "../url.js";
import { chain } from "../views/chain.js";
import { controls } from "../views/controls.js";
import { editor, goToProblem } from "../views/editor.js";
import { equation } from "../views/equation.js";
import { examples } from "../views/examples.js";
import { guess } from "../views/guess.js";
import { happened } from "../views/happened.js";
import { ledger } from "../views/ledger.js";
import { names } from "../views/names.js";
import { nudge } from "../views/nudge.js";
import { parameters } from "../views/parameters.js";
import { paths } from "../views/paths.js";
import { problem } from "../views/problem.js";
import { sheet } from "../views/sheet.js";
import { step } from "../views/step.js";
import { table } from "../views/table.js";
import { tape } from "../views/tape.js";
import { tools } from "../views/tools.js";
import { turn } from "../views/turn.js";
import { who } from "../views/who.js";

/** @typedef {import("../state.js").State} State */

/** Typing pauses this long before the server is asked. */
const PAUSE = 150;
/** What takes longer than this is said. */
const PATIENCE = 400;
const ADDRESS_PAUSE = 300;

const first = JSON.parse(byId("first").textContent ?? "{}");
const store = createStore(reduce, firstState(first));
const { dispatch: send, state: now } = store;
const api = createApi(location.href, {
  onAway: (seconds) => send({ type: "set", fields: { away: seconds } }),
});
const stage = createStage(byId("stage"), { inset: { top: 72, right: 24, bottom: 56, left: 24 } });

askTheServer();
keepTheAddress();
wireViews();
wireStage();
wireKeys();
wireBar();
play();

/** Sends the text to the server when it has rested, and says so when the answer takes its time. */
function askTheServer() {
  let timer = 0;
  let slow = 0;
  /** @type {State | null} */
  let asked = null;
  store.subscribe(
    (state) => ({
      pending: isPending(state),
      text: state.text,
      values: state.values,
      typing: state.gesture === "type",
    }),
    ({ pending, text, values, typing }) => {
      clearTimeout(timer);
      if (!pending) return;
      timer = window.setTimeout(ask, typing ? PAUSE : 0);
      async function ask() {
        asked = now();
        const mine = asked;
        clearTimeout(slow);
        slow = window.setTimeout(() => send({ type: "set", fields: { busy: "Running the text" } }), PATIENCE);
        const request = Object.keys(values).length > 0 ? { program: text, values } : { program: text };
        const answer = await api.graph(request);
        if (mine !== asked) return;
        clearTimeout(slow);
        send({ type: "set", fields: { busy: null } });
        if (answer === null) return;
        if ("graph" in answer) send({ type: "answer", text, graph: answer.graph });
        else send({ type: "refuse", text, problem: answer.problem });
      }
    },
  );
}

/** The fragment follows the state; back and forward, and a link pasted over, are followed by the state. */
function keepTheAddress() {
  let timer = 0;
  let written = location.hash;
  /** @type {string | null} */
  let example = now().example;
  const open = async () => {
    written = location.hash;
    send({ type: "open", link: await readLink(location.hash) });
    example = now().example;
  };
  addEventListener("popstate", open);
  if (location.hash.length > 1) open();
  store.subscribe(
    (state) => ({
      text: state.text,
      values: state.values,
      selected: state.selected,
      step: state.step,
      local: state.local,
      theme: state.theme,
      view: state.view,
      settled: !isPending(state),
    }),
    ({ settled }) => {
      clearTimeout(timer);
      if (settled) timer = window.setTimeout(writeAddress, ADDRESS_PAUSE);
    },
  );
  async function writeAddress() {
    const state = now();
    if (isPending(state) || isStale(state) || state.playing) return;
    const fragment = await writeLink(linkOf(state, first.example));
    const hash = fragment === "" ? "" : `#${fragment}`;
    if (hash === written || now() !== state) return;
    written = hash;
    const address = location.pathname + location.search + hash;
    // Loading an example is a step that Back undoes; everything else follows along in place.
    if (state.example !== null && state.example !== example) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    example = state.example;
  }
}

function wireViews() {
  const root = byId("studio");
  const width = () => Math.round(innerWidth / 20);
  let room = width();
  addEventListener("resize", () => {
    room = width();
    send({ type: "set", fields: {} });
  });

  store.subscribe(
    (s) => ({ tab: s.tab, sheet: s.sheet, pane: s.pane, stale: isStale(s), view: s.view }),
    ({ tab, pane, stale, view }) =>
      set(root, { "data-tab": tab, "data-pane": pane, "data-stale": stale, "data-view": view }),
  );
  store.subscribe(
    (s) => ({ title: titleOf(s), output: nameOf(s.graph, s.graph.output) }),
    ({ title, output }) => {
      for (const span of byId("legend").querySelectorAll("[data-output]")) write(span, output);
      write(byId("title"), title);
      document.title = `${title} · SeeGrad`;
    },
  );
  store.subscribe(
    ({ busy }) => ({ busy }),
    ({ busy }) => drawBusy(byId("busy"), busy),
  );
  store.subscribe(
    (s) => ({
      text: s.text,
      settled: s.settled,
      graph: s.graph,
      spans: s.spans,
      tape: s.tape,
      tick: s.tick,
      selected: s.selected,
      problem: s.problem,
      caret: s.caret,
      pending: isPending(s),
      room,
      send,
    }),
    (slice) => editor(byId("editor"), slice),
  );
  store.subscribe(
    (s) => ({
      graph: s.graph,
      tape: s.tape,
      tick: s.tick,
      selected: s.selected,
      grads: walkOf(s)?.grad ?? null,
      turnable: turnableOf(s),
      enabled: s.problem === null,
      output: nameOf(s.graph, s.graph.output),
      send,
    }),
    (slice) => parameters(byId("parameters"), slice),
  );
  store.subscribe(
    (s) => ({ examples: s.examples, example: s.example, allExamples: s.allExamples, send }),
    (slice) => examples(byId("examples"), slice),
  );
  store.subscribe(
    (s) => ({ graph: s.graph, width: room }),
    (slice) => equation(byId("equation"), slice),
  );
  store.subscribe(
    (s) => ({ problem: s.problem, away: s.away, send }),
    (slice) => problem(byId("notice"), slice),
  );
  store.subscribe(
    (s) => ({ local: s.local, pane: s.pane, view: s.view, fit: stage.fit, send }),
    (slice) => tools(byId("tools"), slice),
  );
  store.subscribe(
    (s) => ({
      ...numbers(s),
      problem: s.problem,
      id: s.selected,
      stepping: s.asking === "step" && s.problem === null,
      walk: walkOf(s),
      sheet: s.sheet,
      tab: s.tab,
      send,
    }),
    (slice) => {
      const { graph, tape: run, id, walk, stepping } = slice;
      const sentence = () => (id === null ? [] : said(effectOf(graph, run, id, walk ?? undefined)));
      if (stepping) byId("who").replaceChildren();
      else who(byId("who"), { ...slice, grads: walk?.grad ?? null, sentence: sentence() });
      const now = stepping && walk !== null ? said(eventSentence(graph, run, slice.trace, walk)) : sentence();
      sheet(byId("sheet"), { ...slice, id: stepping ? (walk?.current?.target ?? null) : id, sentence: now });
    },
  );
  store.subscribe(explained, (slice) => {
    chain(byId("chain"), slice);
    paths(byId("paths"), { ...slice, id: slice.id ?? slice.handed });
    ledger(byId("ledger"), slice);
  });
  store.subscribe(
    (s) => ({ ...numbers(s), id: explained(s).id, h: s.h, send }),
    (slice) =>
      nudge(byId("nudge"), {
        ...slice,
        id: slice.id === null || slice.tape.constant[slice.id] ? null : slice.id,
      }),
  );
  store.subscribe(
    (s) => {
      const { id } = explained(s);
      return {
        ...numbers(s),
        id: id !== null && isTurnable(s, id) ? id : null,
        enabled: s.problem === null,
        send,
      };
    },
    (slice) => turn(byId("turn"), slice),
  );
  store.subscribe(
    (s) => ({ ...numbers(s), walk: s.asking === "step" && s.problem === null ? walkOf(s) : null }),
    (slice) => step(byId("step"), slice),
  );
  store.subscribe(
    (s) => ({ ...numbers(s), open: s.problem === null && walkOf(s) !== null, send }),
    (slice) => guess(byId("guess"), slice),
  );
  store.subscribe(
    (s) => ({ ...numbers(s), problem: s.problem, walk: walkOf(s) }),
    (slice) => happened(byId("happened"), slice),
  );
  store.subscribe(
    (s) => ({ ...numbers(s), selected: s.selected, open: s.view === "table", walk: walkOf(s), send }),
    (slice) => table(byId("table"), slice),
  );
  store.subscribe(
    (s) => ({
      graph: s.graph,
      tape: s.tape,
      tick: s.tick,
      text: s.text,
      settled: s.settled,
      spans: s.spans,
      problem: s.problem,
    }),
    (slice) => names(byId("names"), slice),
  );
  store.subscribe(
    (s) => ({
      step: s.step,
      trace: s.trace,
      playing: s.playing,
      speed: s.speed,
      problem: s.problem,
      text: s.text,
      forwards: s.tape.size,
      send,
    }),
    (slice) => controls(byId("controls"), slice),
  );
  store.subscribe(
    (s) => ({
      graph: s.graph,
      tape: s.tape,
      tick: s.tick,
      trace: s.trace,
      step: s.step,
      stale: isStale(s),
      width: room,
      send,
    }),
    (slice) => tape(byId("tape"), slice),
  );
}

/** What most views read. @param {State} s */
function numbers(s) {
  return { graph: s.graph, tape: s.tape, tick: s.tick, trace: s.trace, step: s.step };
}

/** The node the inspector explains, and while stepping back the one that was just handed a gradient. @param {State} s */
function explained(s) {
  const steady = s.problem === null;
  const event = s.step > 0 ? s.trace[s.step - 1] : undefined;
  return {
    ...numbers(s),
    id: steady && s.asking === "node" ? s.selected : null,
    handed: steady && s.asking === "step" && event?.kind === "contribution" ? event.target : null,
    send,
  };
}

/** @type {{graph: State["graph"], values: State["values"], settled: string, ids: number[]} | null} */
let lastTurnable = null;

/** Parameters whose number can be turned. @param {State} state */
function turnableOf(state) {
  const { graph, values } = state;
  if (lastTurnable?.graph !== graph) {
    const ids = graph.nodes
      .filter(({ id, role }) => role === "parameter" && isTurnable(state, id))
      .map(({ id }) => id);
    lastTurnable = { graph, values, settled: state.settled, ids };
  }
  return lastTurnable.ids;
}

/** The graph: drawn anew for a new graph, its numbers written for a new tick. */
function wireStage() {
  /** @type {State["graph"] | null} */
  let shown = null;
  store.subscribe(
    (s) => ({
      graph: s.graph,
      tape: s.tape,
      tick: s.tick,
      selected: s.problem === null && s.asking === "node" ? s.selected : null,
      walk: walkOf(s),
      local: s.local,
      dimmed: isStale(s),
    }),
    ({ graph, tape: numbers, selected, walk, local, dimmed }) => {
      if (shown !== graph) stage.show(graph, numbers, { animate: shown !== null });
      shown = graph;
      const path =
        selected === null || walk !== null
          ? []
          : pathsFrom(numbers, selected).paths.flatMap(({ edges }) => edges);
      stage.select(selected);
      stage.setView({ dimmed });
      stage.update(numbers, { trace: walk, path, showLocalDerivatives: local });
    },
  );
  stage.on("select", ({ id }) => send({ type: "select", id }));
  stage.on("open", () => send({ type: "set", fields: { pane: "inspector" } }));
  stage.on("drag", ({ id, value, phase }) => {
    if (phase === "end") send({ type: "release" });
    else send({ type: "turn", id, value });
  });
}

function wireKeys() {
  byId("stage").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { step, trace, playing, graph } = now();
    /** @type {Record<string, () => void>} */
    const keys = {
      " ": () => send({ type: playing ? "pause" : "play" }),
      ".": () => send({ type: "step", step: step + 1 }),
      ",": () => send({ type: "step", step: step - 1 }),
      f: () => send({ type: "step", step: graph.nodes.length }),
      b: () => send({ type: "step", step: trace.length }),
    };
    const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run) return;
    event.preventDefault();
    if (event.key !== " ") send({ type: "pause" });
    run();
  });
  addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const typing =
      event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "F8") {
      event.preventDefault();
      send({ type: "set", fields: { tab: "code", pane: "editor" } });
      store.flush();
      goToProblem(byId("editor"));
    } else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      send({ type: "set", fields: { tab: "code", pane: "editor" } });
      store.flush();
      byId("program").focus();
    }
  });
}

function wireBar() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const theme = byId("theme");
  const isDark = () => (now().theme ?? (dark.matches ? "dark" : "light")) === "dark";
  theme.addEventListener("click", () =>
    send({ type: "set", fields: { theme: isDark() ? "light" : "dark" } }),
  );
  const draw = () => {
    const chosen = now().theme;
    set(document.documentElement, { "data-theme": chosen });
    set(theme, { "aria-pressed": isDark(), title: isDark() ? "Light theme" : "Dark theme" });
    theme.replaceChildren(icon(isDark() ? "sun" : "moon"));
  };
  dark.addEventListener("change", draw);
  store.subscribe(({ theme }) => ({ theme }), draw);

  const share = byId("share");
  share.addEventListener("click", async () => {
    const fragment = await writeLink(linkOf(now(), first.example));
    const address = `${location.origin}${location.pathname}${fragment === "" ? "" : `#${fragment}`}`;
    history.replaceState(null, "", address);
    const copied = await navigator.clipboard.writeText(address).then(
      () => true,
      () => false,
    );
    share.textContent = copied ? "Link copied" : "Copy the address";
    setTimeout(() => {
      share.textContent = "Share link";
    }, 1600);
  });
}

/** One step after another while playing. */
function play() {
  let timer = 0;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  store.subscribe(
    ({ playing, step, speed }) => ({ playing, step, speed }),
    ({ playing, step, speed }) => {
      clearTimeout(timer);
      if (!playing) return;
      timer = window.setTimeout(
        () => send({ type: "step", step: step + 1 }),
        calm.matches ? 1500 : 1000 / speed,
      );
    },
  );
}

/** @param {HTMLElement} root @param {string | null} words */
function drawBusy(root, words) {
  if (words === null) {
    root.replaceChildren();
    return;
  }
  const line = document.createElement("div");
  line.className = "busy-line";
  const said = document.createElement("span");
  said.className = "busy-words";
  said.textContent = words;
  root.replaceChildren(line, said);
}
