/** The network page: one store, its effects, and every view on its slice of the state. */

import { createApi } from "../api.js";
import { systemDark, wireBar } from "../bar.js";
import { byId, fill, h, set, s as svg, write } from "../dom.js";
import { effectOf } from "../explain.js";
import { segments } from "../form.js";
import { placeOf, shownWalk } from "../granularity.js";
import { nodeName } from "../names.js";
import { withNames } from "../network/columns.js";
import { announce, askForGraphs, keepTheAddress, runTraining } from "../network/effects.js";
import { bindKeys, KEY_MAP } from "../network/keys.js";
import { linkOf, presetOf } from "../network/link.js";
import { pictureTape, placeIn } from "../network/picture.js";
import { dataOf, textOf, withRow } from "../network/rows.js";
import { nextOf, scalarsTape } from "../network/scalars.js";
import * as slices from "../network/slices.js";
import {
  builtIn,
  firstState,
  isPending,
  modelOf,
  recipeOf,
  reduce,
  requestFor,
  rowsOf,
} from "../network/state.js";
import { writeLink } from "../network/url.js";
import { said } from "../said.js";
import { createStage } from "../stage.js";
import { createStore } from "../store.js";
import { writeDefinition } from "../train/definition.js";
import { historyCsv, readModel, writeModel } from "../train/files.js";
import { readDefinition } from "../train/line.js";
import { checkFile } from "../train/rows.js";
import { createRun } from "../train/run.js";
import { DATASETS } from "../train/tables.js";
import { help } from "../views/help.js";
import { beats } from "../views/network/beats.js";
import { boundary } from "../views/network/boundary.js";
import { data } from "../views/network/data.js";
import { example } from "../views/network/example.js";
import { files } from "../views/network/files.js";
import { histograms } from "../views/network/histograms.js";
import { inset } from "../views/network/inset.js";
import { loss } from "../views/network/loss.js";
import { model } from "../views/network/model.js";
import { notice } from "../views/network/notice.js";
import { predictions } from "../views/network/predictions.js";
import { recipe } from "../views/network/recipe.js";
import { shares } from "../views/network/shares.js";
import { texture } from "../views/network/texture.js";
import { tools } from "../views/network/tools.js";
import { who } from "../views/who.js";

/** Scales at which the neuron in the middle opens, and at which it closes again. */
const ZOOM = { opens: 2.4, closes: 1 };
/** Two presses so close are one double click. */
const DOUBLE = 260;
/** From this width on the page has both its columns. */
const WIDE = 1200;
/** Room about the network: names stand over its layers. */
const AROUND = { top: 74, right: 28, bottom: 28, left: 46 };

/** @type {import("../network/picture.js").Picture | null} What is drawn: nodes on the stage go by its numbers. */
let drawn = null;
/** Neurons that were opened by zoom, the last one last. @type {Set<string>} */
const zoomed = new Set();
/** Whether the picture that comes is one that the zoom asked for. */
let zooming = false;

const first = JSON.parse(byId("first").textContent ?? "{}");
first.graph = withNames(first.graph);
const phone = matchMedia("(max-width: 799px)");
const store = createStore(reduce, firstOf());
const { dispatch: send, state: now, subscribe } = store;
const api = createApi(new URL(first.home, location.href).href, {
  onAway: (away) => send({ type: "set", fields: { away } }),
});
const stage = createStage(byId("stage"), {
  direction: phone.matches ? "down" : "right",
  label: "Network",
  gaps: phone.matches ? { row: 16, rank: 64 } : { row: 17, rank: 92 },
  density: "cards",
  legible: 0.5,
  inset: () => ({ ...AROUND, bottom: AROUND.bottom + (phone.matches ? 0 : byId("inset").offsetHeight) }),
});

wireFrame();
wireLeft();
wireRight();
wireStage();
wireTexture();
wireInset();
wireTop();
wireShare();
askForGraphs(store, api, openRun);
runTraining(store);
keepTheAddress(store, first, { open: openRun, data: rowsNamed });
announce(store, byId("announce"));
bindKeys(store, byId("board"), {
  edit: () => {
    send({ type: "set", fields: { pane: "model" } });
    store.flush();
    byId("line").focus();
  },
  help: () => {
    send({ type: "set", fields: { help: !now().help } });
    store.flush();
    if (now().help) byId("help").querySelector("button")?.focus();
  },
  reset,
  step: oneStep,
  close: closeInset,
  scalars: () => openScalars(now().selected),
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

function wireFrame() {
  const root = byId("network");
  subscribe(
    ({ pane, problem, view }) => ({ pane, problem, view }),
    ({ pane, problem, view }) =>
      set(root, { "data-pane": pane, "data-stale": problem !== null, "data-view": view }),
  );
  subscribe(
    ({ busy }) => ({ busy }),
    ({ busy }) =>
      fill(
        byId("busy"),
        busy !== null && h("div", { class: "busy-line" }),
        busy !== null && h("span", { class: "busy-words" }, busy),
      ),
  );
  subscribe(slices.leftOver, ({ words }) => write(byId("left-over"), words));
  subscribe(
    (s) => ({ problem: s.problem, away: s.away, send }),
    (slice) => notice(byId("notice"), slice),
  );
  subscribe(
    (s) => ({ open: s.help, rows: KEY_MAP, send }),
    (slice) => help(byId("help"), slice),
  );
  const showKeys = () => send({ type: "set", fields: { help: !now().help } });
  tools(byId("tools"), { fit: stage.fit, help: showKeys });
  const panes = segments(
    "Panel",
    [
      { value: "network", title: "Network" },
      { value: "train", title: "Training" },
      { value: "model", title: "Model and data" },
    ],
    (pane) => send({ type: "set", fields: { pane: /** @type {"network" | "train" | "model"} */ (pane) } }),
  );
  byId("panes").append(panes.element);
  subscribe(
    ({ pane }) => ({ pane }),
    ({ pane }) => panes.update(pane),
  );
}

function wireLeft() {
  subscribe(
    (s) => ({ model: s.model, weights: s.weights, problem: s.problem, run: s.run }),
    ({ model: shape, weights, problem, run }) =>
      model(byId("model"), {
        model: shape,
        parameters: run.structure.parameters,
        values: run.tape.size,
        weights: weights !== null,
        problem,
        line: {
          text: writeDefinition(shape),
          read: (text) => readDefinition(text, shape),
        },
        send,
      }),
  );
  subscribe(
    (s) => ({ data: s.data, presets: s.presets, model: s.model }),
    (slice) =>
      data(byId("data"), {
        ...slice,
        rows: () => textOf(now().data, now().model.loss),
        columns: slices.columnWords(slice.model),
        pick: load,
        use: useRows,
        open: openFile,
      }),
  );
  subscribe(
    (s) => ({ ...slices.example(s), edit: editRow, add: addRow, remove: removeRow, send }),
    (slice) => example(byId("example"), slice),
  );
}

/** Takes typed rows over, or says what is wrong with them. @param {string} text */
function useRows(text) {
  const read = dataOf(text, now().model);
  if (read.data === null) return { problems: read.problems, more: read.more, message: null };
  send({ type: "data", data: read.data, nin: read.nin });
  return null;
}

/** A file's text, unless it is too large to be read. @param {File} file */
async function openFile(file) {
  const problem = checkFile(file.size, file.name);
  return problem === null ? { text: await file.text() } : { message: `${problem.message} ${problem.hint}` };
}

/** @param {number} at @param {number[]} input @param {number | number[]} target */
function editRow(at, input, target) {
  send({ type: "data", data: withRow(now().data, now().model.loss, at, input, target) });
}

/** One more example like the one on screen, which comes on screen to be changed. */
function addRow() {
  const { inputs, targets, example: at } = slices.example(now());
  editRow(inputs.length, inputs[at], targets[at]);
  send({ type: "example", example: inputs.length });
}

/** @param {number} at */
function removeRow(at) {
  const { data: rows } = now();
  const without = (/** @type {any[]} */ list) => list.filter((_, k) => k !== at);
  send({
    type: "data",
    data: { ...rows, name: null, inputs: without(rows.inputs), answers: without(rows.answers) },
  });
}

function wireRight() {
  const go = {
    step: oneStep,
    reset,
    seed: () => send({ type: "model", fields: { seed: now().model.seed + 1 } }),
  };
  subscribe(
    (s) => ({ ...slices.numbers(s), graph: s.graph, selected: s.selected }),
    () => {
      const slice = slices.asking(now());
      byId("who").hidden = slice === null;
      shares(byId("shares"), slice && slices.adding(now(), slice.id, nodeName(slice.graph, slice.id)));
      if (slice === null) return;
      who(byId("who"), {
        ...slice,
        sentence: said(effectOf(slice.graph, slice.tape, slice.id, slice.walk ?? undefined)),
      });
    },
  );
  subscribe(
    (s) => ({ ...slices.curve(s), go, send }),
    (slice) => loss(byId("loss"), slice),
  );
  subscribe(
    (s) => ({ recipe: s.recipe, examples: s.settled.data.inputs.length, send }),
    (slice) => recipe(byId("recipe"), slice),
  );
  subscribe(
    (s) => ({ ...slices.numbers(s), example: s.example, worst: s.worst }),
    () => predictions(byId("predictions"), { ...slices.predicting(now()), send }),
  );
  subscribe(
    (s) => ({
      ...slices.numbers(s),
      data: s.settled.data,
      model: s.settled.model,
      example: s.example,
      theme: s.theme,
      dark: s.dark,
    }),
    () => {
      const slice = slices.plane(now());
      const add = (/** @type {number[]} */ point, /** @type {number} */ kind) => {
        const at = now().data.inputs.length;
        editRow(at, point, slice?.targets[kind] ?? 0);
        send({ type: "example", example: at });
      };
      boundary(byId("boundary"), slice && { ...slice, add, send });
    },
  );
  subscribe(
    (s) => slices.numbers(s),
    () => histograms(byId("histograms"), slices.spread(now())),
  );
  files(byId("files"), { weights: saveWeights, history: saveHistory, torch: saveTorch, load: loadWeights });
  subscribe(
    (s) => ({ ...slices.numbers(s), recipe: s.recipe, top: s.top, playing: s.playing }),
    () => beats(byId("beats"), { ...slices.stepping(now()), send }),
  );
}

/** @param {string} text @param {string} type @param {string} ending */
async function save(text, type, ending) {
  const { fileName, hand } = await import("../save.js");
  hand(new Blob([text], { type }), `${fileName(document.title.split(" · ")[0])}${ending}`);
}

function saveWeights() {
  const { run, step, losses, settled } = now();
  const text = textOf(settled.data, settled.model.loss);
  /** @type {import("../train/definition.js").Definition} */
  const definition = { ...settled.model, data: { kind: "rows", text } };
  save(writeModel(definition, run.parameters, { step, loss: losses[step] }), "application/json", ".json");
}

/** The losses of all steps, the one on screen last of all. */
function saveHistory() {
  const { run } = now();
  save(historyCsv(run.history), "text/csv", ".csv");
}

async function saveTorch() {
  const { settled, run } = now();
  const source = await api.source("torch", requestFor({ ...settled, weights: Array.from(run.parameters) }));
  if (source !== null) save(source, "text/x-python", ".py");
}

/** @param {File} file @returns {Promise<string | null>} what is wrong with it */
async function loadWeights(file) {
  const problem = checkFile(file.size, file.name);
  const read = problem === null ? readModel(await file.text()) : { problem };
  if (read.problem !== null) return `${read.problem.message} ${read.problem.hint}`;
  const {
    nin,
    nouts,
    activation,
    output_activation,
    initialisation,
    seed,
    loss: kind,
    alpha,
  } = read.definition;
  const shape = { nin, nouts, activation, output_activation, initialisation, seed, loss: kind, alpha };
  send({ type: "weights", model: shape, weights: Array.from(read.parameters) });
  return null;
}

function wireStage() {
  /** @type {import("../replay.js").Graph | null} */
  let graph = null;
  let opening = 0;
  subscribe(
    (s) => ({
      ...slices.numbers(s),
      picture: slices.picture(s),
      selected: s.selected,
      inset: s.inset,
      problem: s.problem,
    }),
    ({ picture, run, selected, problem, inset: group }) => {
      const walk = slices.walk(now());
      const seen = pictureTape(picture, run.tape, walk);
      if (picture !== drawn) {
        // Another example of the same network is drawn in place.
        const same = graph === now().graph && drawn?.graph.nodes.length === picture.graph.nodes.length;
        const within = byId("stage").contains(document.activeElement);
        const keepView = same || zooming;
        stage.show(picture.graph, seen, { animate: drawn !== null, keepView, frames: picture.frames });
        [drawn, graph] = [picture, now().graph];
        if (zooming) centreOn([...zoomed].at(-1) ?? null);
        zooming = false;
        const place = selected === null ? undefined : placeOf(picture, picture.own, selected);
        if (within && place !== undefined && place >= 0) stage.focus(place);
        else if (within && !byId("stage").contains(document.activeElement)) focusEntry();
      }
      const opened = picture.graph.nodes.findIndex(({ card }) => card && placeIn(card.group) === group);
      const chosen = selected === null ? opened : placeOf(picture, picture.own, selected);
      stage.select(chosen === undefined || chosen < 0 ? null : chosen);
      stage.setView({ dimmed: problem !== null });
      stage.update(seen, {
        trace: walk === null ? null : slices.seenWalk(picture, shownWalk(picture, walk), walk),
        showLocalDerivatives: false,
        arrows: false,
      });
      drawBeam();
    },
  );
  stage.on("view", ({ k }) => {
    drawBeam();
    openByZoom(k);
  });
  stage.on("select", ({ id }) => {
    if (drawn === null) return;
    send({ type: "select", id: id === null ? null : drawn.stands[id] });
    if (id === null) return;
    const chosen = drawn.stands[id];
    // The network moves up for the inset: not between the two presses of a double click.
    if (byId("inset").hidden) opening = window.setTimeout(() => openScalars(chosen), DOUBLE);
    else openScalars(chosen);
  });
  stage.on("open", ({ id }) => {
    clearTimeout(opening);
    const card = drawn?.graph.nodes[id].card;
    const group = card?.group ?? drawn?.own.nodes[drawn.stands[id]].group ?? null;
    if (group !== null) send({ type: "fold", group: placeIn(group).replace(/\.sum$/, "") });
  });
  phone.addEventListener("change", () => stage.setView({ direction: phone.matches ? "down" : "right" }));
}

/** Near enough, the neuron in the middle opens in place; from farther away it closes again. @param {number} k */
function openByZoom(k) {
  if (zooming || drawn === null || stage.scene === null) return;
  if (k < ZOOM.closes) {
    for (const group of zoomed) {
      zooming ||= now().folds.has(group);
      if (now().folds.has(group)) send({ type: "fold", group });
    }
    zoomed.clear();
  }
  if (k < ZOOM.opens) return;
  const { x, y } = stage.transform;
  const { clientWidth, clientHeight } = byId("stage");
  const [across, down] = [(clientWidth / 2 - x) / k, (clientHeight / 2 - y) / k];
  const inMiddle = stage.scene.nodes.find(
    (box) =>
      box.kind === "neuron" &&
      Math.abs(box.x + box.width / 2 - across) < box.width / 2 &&
      Math.abs(box.y + box.height / 2 - down) < box.height / 2,
  );
  if (inMiddle === undefined) return;
  const group = placeIn(drawn.graph.nodes[inMiddle.id].card?.group ?? null);
  zoomed.add(group);
  zooming = true;
  send({ type: "fold", group });
}

/** What was opened or closed by zoom stays in the middle. @param {string | null} group */
function centreOn(group) {
  const { layout } = stage;
  const at = drawn?.graph.nodes.findLastIndex(({ card, group: own }) =>
    placeIn(card?.group ?? own).startsWith(group ?? "-"),
  );
  if (layout !== null && at !== undefined && at >= 0) stage.centre(layout.x[at], layout.y[at]);
}

/** Every value at once, in the network's place. */
function wireTexture() {
  const show = (/** @type {boolean} */ whole) =>
    send({ type: "set", fields: { view: whole ? "texture" : "graph" } });
  subscribe(
    (s) => ({ ...slices.numbers(s), graph: s.graph, view: s.view, playing: s.playing }),
    ({ run, graph, view, playing }) =>
      texture(byId("texture"), byId("tools"), {
        run: { graph, tape: run.tape },
        shown: view === "texture",
        playing,
        show,
        open: ({ example: at, node }) => {
          send({ type: "example", example: now().run.examples[at] });
          show(false);
          store.flush();
          openScalars(node);
        },
      }),
  );
}

/** The neuron that a node of the picture is, or is part of, in the inset. @param {number | null} id node of the graph */
function openScalars(id) {
  const { own } = slices.picture(now());
  const group = id === null ? null : placeIn(own.nodes[id].group);
  const neuron = /^layer\d+\.neuron\d+/.exec(group ?? "");
  if (neuron !== null && (neuron[0] !== now().inset || !now().asked))
    send({ type: "inset", group: neuron[0] });
}

/** @returns {boolean} whether it was open */
function closeInset() {
  if (now().inset === null) return false;
  send({ type: "inset", group: null });
  store.flush();
  focusEntry();
  return true;
}

/** The keys stay with the network when the box that had them is gone. */
function focusEntry() {
  const entry = stage.svg.querySelector(".node[tabindex='0']");
  if (entry instanceof SVGElement) entry.focus({ preventScroll: true });
}

/** A shadow from the neuron to the inset that shows it. */
function drawBeam() {
  const beam = byId("beam");
  const { inset: group } = now();
  const at = drawn?.graph.nodes.findIndex(({ card }) => card && placeIn(card.group) === group) ?? -1;
  const box = group === null || at < 0 ? undefined : stage.scene?.nodes[at];
  const [panel, board] = [byId("inset"), byId("board")];
  if (box === undefined || phone.matches || panel.hidden) return fill(beam);
  const { x, y, k } = stage.transform;
  const [left, right] = [x + box.x * k, x + (box.x + box.width) * k];
  const [bottom, top] = [y + (box.y + box.height) * k, panel.offsetTop];
  if (bottom > top) return fill(beam);
  const [from, to] = [panel.offsetLeft, panel.offsetLeft + panel.offsetWidth];
  const shape = svg("path", { d: `M${left} ${bottom}H${right}L${to} ${top}H${from}Z` });
  fill(beam, svg("svg", { viewBox: `0 0 ${board.clientWidth} ${board.clientHeight}` }, shape));
}

function wireInset() {
  const root = byId("inset");
  /** @type {import("../stage.js").Stage | null} */
  let scalarStage = null;
  /** @type {import("../network/scalars.js").Scalars | null} */
  let shown = null;
  subscribe(
    (s) => ({ ...slices.numbers(s), scalars: phone.matches && !s.asked ? null : slices.scalars(s) }),
    ({ scalars, run }) => {
      const was = root.hidden;
      inset(root, scalars === null ? null : { ...slices.scalarsSaid(now(), scalars), close: closeInset });
      if (was !== root.hidden) stage.refit();
      drawBeam();
      if (scalars === null) return;
      const fresh = scalarStage === null;
      scalarStage ??= createStage(byId("inset-stage"), {
        direction: "right",
        density: "compact",
        gaps: { row: 6, rank: innerWidth < WIDE ? 17 : 22 },
        rank: "first",
        legible: 0.786,
        opensAt: "start",
        label: "The neuron's scalars",
        inset: () => ({ top: 46, right: 14, bottom: 16, left: innerWidth < WIDE ? 98 : 118 }),
      });
      if (fresh)
        scalarStage.on("select", ({ id }) => {
          if (shown !== null)
            send({ type: "select", id: id === null ? null : shown.ids[shown.shown.stands[id]] });
        });
      const seen = scalarsTape(scalars, run.tape);
      if (shown !== scalars) scalarStage.show(scalars.shown.graph, seen);
      shown = scalars;
      const walk = slices.walk(now());
      scalarStage.update(seen, {
        trace: walk === null ? null : slices.scalarsWalk(scalars, walk),
        next: walk === null ? nextOf(scalars, run.parameters, slices.afterUpdate(run)) : null,
        showLocalDerivatives: false,
      });
    },
  );
}

function wireTop() {
  const { draw } = wireBar({
    get: () => now().theme,
    set: (theme) => send({ type: "set", fields: { theme } }),
  });
  subscribe(({ theme }) => ({ theme }), draw);
  systemDark().addEventListener("change", ({ matches }) => send({ type: "set", fields: { dark: matches } }));
  let name = "";
  subscribe(
    (s) => ({ settled: s.settled, presets: s.presets }),
    ({ settled, presets }) => {
      const { inputs } = settled.data;
      const found = presetOf({ presets, data: settled.data });
      const title = found?.title ?? `${inputs.length} examples, ${inputs[0].length} numbers each`;
      name = title;
      document.title = `${title} · SeeGrad network`;
    },
  );
  subscribe(
    (s) => ({ ...slices.numbers(s), view: s.view }),
    () => write(byId("title"), slices.headline(now(), name)),
  );
}

/** The button that gives the state away; its panel is loaded when it is asked for. */
function wireShare() {
  const site = new URL(first.home, location.href).href;
  const fragment = () => writeLink(linkOf(now()));
  /** @type {ReturnType<typeof import("../share/panel.js").createPanel> | null} */
  let panel = null;
  const button = byId("share");
  button.addEventListener("click", async () => {
    const { createPanel } = await import("../share/panel.js");
    panel ??= createPanel(document.body, {
      site,
      address: async () => {
        const words = await fragment();
        return `${site}network${words === "" ? "" : `#${words}`}`;
      },
      fragment: async () => "",
      state: async () => {
        const words = new URLSearchParams(await fragment());
        words.delete("v");
        return { page: "network", fields: Object.fromEntries(words) };
      },
      title: () => document.title,
      frames: false,
      pictures: false,
      keep: api.keep,
      page: api.page,
    });
    await panel.open("link", button);
  });
  store.subscribe(linkOf, () => panel?.refresh());
}
