/** The network page: one store, its effects, and the parts of the page, which wire their views to slices of the state. */
import { createApi } from "../api.js";
import { byId } from "../dom.js";
import { builtIn, isPending, modelOf, recipeOf, rowsOf } from "../network/asked.js";
import { inColumns, withRows } from "../network/columns.js";
import { announce, askForGraphs, keepTheAddress, runTraining } from "../network/effects.js";
import { bindKeys } from "../network/keys.js";
import { createReader } from "../network/reader.js";
import { firstState, reduce } from "../network/state.js";
import { createStore } from "../store.js";
import { createRun } from "../train/run.js";
import { DATASETS } from "../train/tables.js";
import { wireBoard } from "./network/board.js";
import { wireDefinition } from "./network/definition.js";
import { wireFiles } from "./network/files.js";
import { wireFrame, wireTop } from "./network/frame.js";
import { wireInset } from "./network/inset.js";
import { wirePanels } from "./network/panels.js";
import { wireShare } from "./network/share.js";
import { wireTexture } from "./network/texture.js";

const first = JSON.parse(byId("first").textContent ?? "{}");
first.graph = withRows(inColumns(first.graph));
const site = new URL(first.home, location.href).href;
const phone = matchMedia("(max-width: 799px)");
const store = createStore(reduce, firstOf());
const { dispatch: send, state: now, subscribe, flush } = store;
const api = createApi(site, {
  onAway: (away) => send({ type: "set", fields: { away } }),
  read: createReader(byId("network").dataset.graphWorker),
});
/** @type {import("./network/page.js").Page} */
const page = { now, send, subscribe, flush, api, phone };

// The theme first: what is painted asks for it.
wireTop(page);
const board = wireBoard(page);
wireFrame(page, board.stage);
wireDefinition(page, load);
wirePanels(page, { step: oneStep, reset });
wireFiles(page);
const inset = wireInset(page, board);
board.onScalars(inset.open);
wireTexture(page, inset.open);
wireShare(page, site);
askForGraphs(store, api, openRun);
runTraining(store);
keepTheAddress(store, first, { open: openRun, data: rowsNamed });
announce(store, byId("announce"));
bindKeys(store, byId("board"), {
  edit: () => {
    send({ type: "set", fields: { pane: "model" } });
    flush();
    byId("line").focus();
  },
  help: () => {
    send({ type: "set", fields: { help: !now().help } });
    flush();
    if (now().help) byId("help").querySelector("button")?.focus();
  },
  reset,
  step: oneStep,
  close: inset.close,
  scalars: () => inset.open(now().selected),
});

function firstOf() {
  const preset = first.presets.find((/** @type {{id: string}} */ { id }) => id === first.preset);
  const rows = builtIn(preset.data, first.inputs, first.answers);
  const how = recipeOf(preset);
  const asked = { model: modelOf(preset), data: rows, weights: null, batch: how.batch };
  const state = firstState(first, openRun(first.graph, asked, how));
  // A phone shows the network alone at first.
  return phone.matches ? { ...state, pane: /** @type {const} */ ("network") } : state;
}

/** @type {import("../network/effects.js").Open} */
function openRun(graph, asked, how) {
  const run = createRun(graph, asked.model, rowsOf(asked.data, asked.model.loss), how);
  run.complete();
  return run;
}

/** Rows of a built-in data set, classes as 0, 1, … @type {import("../network/effects.js").Fetch} */
async function rowsNamed(name) {
  const rows = await api.dataset(name, DATASETS[name].classes ? "binary_cross_entropy" : "squared_error");
  return rows && builtIn(name, rows.inputs, rows.targets);
}

/** @param {string} id of a preset */
async function load(id) {
  const chosen = now().presets.find((each) => each.id === id);
  const rows = chosen === undefined ? null : await rowsNamed(chosen.data);
  if (rows !== null) send({ type: "preset", id, data: rows });
}

function oneStep() {
  if (isPending(now())) return;
  now().run.advance();
  send({ type: "ran" });
}

function reset() {
  const { graph, settled, recipe: how } = now();
  send({ type: "restart", run: openRun(graph, settled, how) });
}
