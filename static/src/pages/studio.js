/** The studio: one store, its effects, and every view on its slice of the state. */

import { createApi } from "../api.js";
import { wireBar } from "../bar.js";
import { coded } from "../calls.js";
import { byId, fill, h, set, write } from "../dom.js";
import { drawOn } from "../drawn.js";
import { announce, askTheServer, keepTheAddress, playTheTrace } from "../effects.js";
import { effectOf, eventSentence, nameOf } from "../explain.js";
import { loadGrain } from "../grain.js";
import { bindPageKeys, bindStageKeys } from "../keys.js";
import { partOf } from "../part.js";
import { whenResting } from "../rest.js";
import { said } from "../said.js";
import * as slices from "../slices.js";
import { createStage } from "../stage.js";
import { firstState, linkOf, reduce, titleOf } from "../state.js";
import { createStore } from "../store.js";
import { writeLink } from "../url.js";
import { apart } from "../views/apart.js";
import { chain } from "../views/chain.js";
import { controls } from "../views/controls.js";
import { editor, goToProblem } from "../views/editor.js";
import { equation } from "../views/equation.js";
import { examples } from "../views/examples.js";
import { groups } from "../views/groups.js";
import { parameters } from "../views/parameters.js";
import { problem } from "../views/problem.js";
import { sheet } from "../views/sheet.js";
import { tape } from "../views/tape.js";
import { tools } from "../views/tools.js";
import { turn } from "../views/turn.js";
import { who } from "../views/who.js";

/** Views that depend on the room they have are drawn again when the page has grown or shrunk by so much. */
const NOTICEABLE = 20;

const first = JSON.parse(byId("first").textContent ?? "{}");
if (first.link || first.graph.groups.length > 0) await loadGrain();
const store = createStore(reduce, firstState(first));
const { dispatch: send, state: now, subscribe } = store;
const api = createApi(new URL(first.home, location.href).href, {
  onAway: (away) => send({ type: "set", fields: { away } }),
});
const phone = matchMedia("(max-width: 799px)");
/** @type {Promise<void> | null} */
let opened = null;
const stage = createStage(byId("stage"), {
  direction: phone.matches ? "down" : "right",
  compound: true,
  // The formula and the buttons stand over the graph, the legend under it; a phone has neither.
  inset: () => {
    const [above, below] = [byId("board-head").offsetHeight, byId("legend").offsetHeight];
    return { top: above > 0 ? above + 20 : 14, right: 18, bottom: below > 0 ? below + 16 : 26, left: 18 };
  },
});

wireFrame();
wireLeft();
wireInspector();
wireTape();
wireStage();
wireTop();
wireShare();
whenResting(() => {
  wireOpened();
  stage.warm();
  loadGrain();
});
subscribe(
  ({ help, view }) => ({ wanted: help || view === "table" }),
  ({ wanted }) => wanted && wireOpened(),
);
askTheServer(store, api);
keepTheAddress(store, first);
playTheTrace(store);
announce(store, byId("announce"));
bindStageKeys(store, byId("stage"), {
  s: () => wireOpened().then(() => byId("find").dispatchEvent(new Event("open"))),
});
bindPageKeys({
  edit: () => showEditor(() => byId("program").focus()),
  problem: () => showEditor(() => goToProblem(byId("editor"))),
  help: async () => {
    send({ type: "set", fields: { help: !now().help } });
    await wireOpened();
    store.flush();
    if (now().help) byId("help").querySelector("button")?.focus();
  },
});

/** Brings the editor into sight, where only one column or sheet is. @param {() => void} then */
function showEditor(then) {
  send({ type: "set", fields: { tab: "code", pane: "editor" } });
  store.flush();
  then();
}

function wireFrame() {
  const root = byId("studio");
  subscribe(slices.frame, ({ tab, sheet, pane, view, stale }) =>
    set(root, {
      "data-tab": tab,
      "data-sheet": sheet,
      "data-pane": pane,
      "data-view": view,
      "data-stale": stale,
    }),
  );
  subscribe(
    (s) => ({ title: titleOf(s), output: coded(nameOf(s.graph, s.graph.output)) }),
    ({ title, output }) => {
      for (const span of byId("legend").querySelectorAll("[data-output]")) write(span, output);
      write(byId("title"), title);
      document.title = `${title} · SeeGrad`;
    },
  );
  subscribe(
    ({ busy }) => ({ busy }),
    ({ busy }) =>
      fill(
        byId("busy"),
        busy !== null && h("div", { class: "busy-line" }),
        busy !== null &&
          h(
            "span",
            { class: "busy-words" },
            busy,
            stage.waiting &&
              h("button", { type: "button", class: "busy-stop", onclick: stage.cancel }, "Stop"),
          ),
      ),
  );
  subscribe(
    (s) => ({ problem: s.problem, away: s.away, send }),
    (slice) => problem(byId("notice"), slice),
  );
  subscribe(
    (s) => ({ local: s.local, pane: s.pane, view: s.view, fit: stage.fit, send }),
    (slice) => tools(byId("tools"), slice),
  );
  subscribe(withRoom, (slice) => {
    equation(byId("equation"), slice);
    equation(byId("bar-equation"), slice);
  });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (Math.abs(innerWidth - width) < NOTICEABLE) return;
    width = innerWidth;
    send({ type: "set", fields: { room: width } });
  });
}

/** The views that are not needed at first sight. What did not come is asked for again the next time it is wanted. */
function wireOpened() {
  opened ??= import("../opened.js").then(
    (views) => views.wireOpened(store, stage),
    () => {
      opened = null;
    },
  );
  return opened;
}

function wireLeft() {
  subscribe(
    (s) => ({ ...slices.editing(s), room: s.room, send }),
    (slice) => editor(byId("editor"), slice),
  );
  subscribe(
    (s) => ({ ...slices.turning(s), send }),
    (slice) => parameters(byId("parameters"), slice),
  );
  subscribe(
    (s) => ({ examples: s.examples, example: s.example, allExamples: s.allExamples, send }),
    (slice) => examples(byId("examples"), slice),
  );
}

function wireInspector() {
  subscribe(
    (s) => ({ ...slices.asking(s), sheet: s.sheet, tab: s.tab, send }),
    (slice) => {
      const { graph, tape: run, trace, id, walk, stepping } = slice;
      const answer = () => (id === null ? [] : said(effectOf(graph, run, id, walk ?? undefined)));
      if (stepping) fill(byId("who"));
      else who(byId("who"), { ...slice, grads: walk?.grad ?? null, sentence: answer() });
      const event = stepping && walk !== null ? said(eventSentence(graph, run, trace, walk)) : answer();
      const at = stepping ? (walk?.current?.target ?? -1) : id;
      const whose = at === -1 ? (walk?.current?.node ?? null) : at;
      sheet(byId("sheet"), {
        ...slice,
        id: slice.problem === null ? whose : null,
        sentence: slice.problem === null ? event : [slice.problem.detail],
      });
    },
  );
  subscribe(
    (s) => ({ ...slices.explaining(s), send }),
    (slice) => chain(byId("chain"), slice),
  );
  subscribe(
    (s) => ({ ...slices.swapping(s), send }),
    (slice) => apart(byId("apart"), slice),
  );
  subscribe(
    (s) => ({ ...slices.folding(s), send }),
    (slice) => groups(byId("groups"), slice),
  );
  subscribe(
    (s) => ({ ...slices.turningOne(s), send }),
    (slice) => turn(byId("turn"), slice),
  );
}

function wireTape() {
  subscribe(
    (s) => ({ ...slices.controlling(s), send }),
    (slice) => controls(byId("controls"), slice),
  );
  subscribe(
    (s) => ({ ...slices.numbers(s), stale: s.problem !== null, width: s.room, pane: s.pane, send }),
    (slice) => tape(byId("tape"), slice),
  );
}

function wireStage() {
  drawOn(stage, store);
  phone.addEventListener("change", () => stage.setView({ direction: phone.matches ? "down" : "right" }));
  stage.on("open", () => send({ type: "set", fields: { pane: "inspector", tab: "paths", sheet: "half" } }));
  stage.on("busy", (busy) => {
    const share = busy && busy.share > 0 ? `, ${Math.round(100 * busy.share)} %` : "";
    const words = busy && `Laying out ${busy.values.toLocaleString("en")} values${share}`;
    send({ type: "set", fields: { busy: words } });
  });
}

function wireTop() {
  const { draw, closeMenu } = wireBar({
    get: () => now().theme,
    set: (theme) => send({ type: "set", fields: { theme } }),
  });
  subscribe(({ theme }) => ({ theme }), draw);
  byId("menu-table").addEventListener("click", () => {
    send({ type: "set", fields: { view: now().view === "table" ? "graph" : "table" } });
    closeMenu();
  });
  subscribe(
    ({ view }) => ({ view }),
    ({ view }) => write(byId("menu-table"), view === "table" ? "As a graph" : "As a table"),
  );
}

/** The buttons that give the state away; their panel is loaded when it is asked for. */
function wireShare() {
  const site = new URL(first.home, location.href).href;
  /** What a page elsewhere shows: the text itself, whatever becomes of our examples, and none of this page's looks. */
  const graph = () => {
    const { example, theme, view, ...link } = linkOf({ ...now(), examples: [] }, "");
    return link;
  };
  /** @type {ReturnType<typeof import("../share/panel.js").createPanel> | null} */
  let panel = null;
  /** @param {"link" | "embed"} part @param {HTMLElement} button */
  const open = async (part, button) => {
    const loaded = await partOf(() => import("../share/panel.js"));
    if (loaded === null) return;
    panel ??= loaded.createPanel(document.body, {
      site,
      address: async () => {
        const fragment = await writeLink(linkOf(now(), first.example));
        return fragment === "" ? site : `${site}#${fragment}`;
      },
      fragment: () => writeLink(graph()),
      state: async () => graph(),
      title: () => `The graph of ${nameOf(now().graph, now().graph.output)}`,
      frames: true,
      pictures: byId("share").dataset.pictures === "true",
      keep: api.keep,
      page: api.page,
    });
    await panel.open(part, button);
  };
  for (const part of /** @type {const} */ (["link", "embed"])) {
    const button = byId(part === "link" ? "share" : "embed");
    button.addEventListener("click", () => open(part, button));
  }
  subscribe(
    ({ text, values, selected, step, opened, folds, local }) => ({
      text,
      values,
      selected,
      step,
      opened,
      folds,
      local,
    }),
    () => panel?.refresh(),
  );
}

/** @param {import("../state.js").State} s */
function withRoom(s) {
  return { graph: s.graph, width: s.room };
}
