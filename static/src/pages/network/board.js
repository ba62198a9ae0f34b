/** The network on its stage: drawn as the state says, opened by press, key and zoom. */
import { byId } from "../../dom.js";
import { boxOf, nodeOf, pictureTape, pictureWalk, placeIn } from "../../network/picture.js";
import * as slices from "../../network/slices.js";
import { createStage } from "../../stage.js";

/** @typedef {ReturnType<typeof wireBoard>} Board */

/** Scales at which the neuron in the middle opens, and at which it closes again. */
const ZOOM = { opens: 2.4, closes: 1 };
/** Two presses so close are one double click. */
const DOUBLE = 260;
/** Room about the network: names stand over its layers; on a phone, where it is as wide as the stage, under the tools. */
const AROUND = { top: 74, right: 28, bottom: 28, left: 46 };
const UNDER_TOOLS = 104;
/** Down to this scale neurons show their numbers: rather all of them than some in full. */
const LEGIBLE = 0.34;

/** @param {import("./page.js").Page} page */
export function wireBoard({ now, send, subscribe, phone }) {
  /** @type {import("../../network/picture.js").Picture | null} What is drawn: boxes on the stage go by its numbers. */
  let drawn = null;
  /** @type {object | null} the graph that it is a picture of */
  let graph = null;
  /** Neurons that were opened by zoom, the last one last. @type {Set<string>} */
  const zoomed = new Set();
  /** Whether the picture that comes is one that the zoom asked for. */
  let zooming = false;
  let opening = 0;
  /** The neuron in the inset. @type {string | null} */
  let pointed = null;
  /** @type {Set<() => void>} called when boxes may stand elsewhere */
  const followers = new Set();
  /** @type {(node: number) => void} */
  let openScalars = () => {};

  const stage = createStage(byId("stage"), {
    direction: phone.matches ? "down" : "right",
    label: "Network",
    gaps: phone.matches ? { row: 16, rank: 100 } : { row: 17, rank: 92 },
    density: "cards",
    // Layers are layers: other ranks need not be tried.
    rank: "late",
    legible: { cards: LEGIBLE },
    inset: () =>
      phone.matches
        ? { ...AROUND, top: UNDER_TOOLS }
        : { ...AROUND, bottom: AROUND.bottom + byId("inset").offsetHeight },
  });

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
      const moves = picture !== drawn || group !== pointed;
      pointed = group;
      if (picture !== drawn) show(picture, seen, selected);
      stage.update(seen, {
        selected: selected === null ? neuronBox(group) : known(boxOf(picture, selected)),
        dimmed: problem !== null,
        trace: walk === null ? null : pictureWalk(picture, walk),
        showLocalDerivatives: false,
        arrows: false,
      });
      if (moves) for (const follow of followers) follow();
    },
  );
  stage.on("view", ({ k }) => {
    for (const follow of followers) follow();
    openByZoom(k);
  });
  stage.on("select", ({ id }) => {
    if (drawn === null) return;
    const node = id === null ? null : nodeOf(drawn, id);
    send({ type: "select", id: node });
    if (node === null) return;
    // The network moves up for the inset: not between the two presses of a double click.
    if (byId("inset").hidden) opening = window.setTimeout(() => openScalars(node), DOUBLE);
    else openScalars(node);
  });
  stage.on("open", ({ id }) => {
    clearTimeout(opening);
    if (drawn === null) return;
    const { card } = drawn.graph.nodes[id];
    const group = card?.group ?? drawn.part.graph.nodes[drawn.stands[id]].group;
    if (group !== null) send({ type: "fold", group: placeIn(group).replace(/\.sum$/, "") });
  });
  phone.addEventListener("change", () => stage.setView({ direction: phone.matches ? "down" : "right" }));

  /**
   * @param {import("../../network/picture.js").Picture} picture
   * @param {import("../../replay.js").Tape} seen
   * @param {number | null} selected
   */
  function show(picture, seen, selected) {
    // Another example of the same network is drawn in place.
    const same = graph === now().graph && drawn?.graph.nodes.length === picture.graph.nodes.length;
    const within = byId("stage").contains(document.activeElement);
    const keepView = same || zooming;
    stage.show(picture.graph, seen, { animate: drawn !== null, keepView, frames: picture.frames });
    [drawn, graph] = [picture, now().graph];
    if (zooming) centreOn([...zoomed].at(-1) ?? null);
    zooming = false;
    const box = selected === null ? -1 : boxOf(picture, selected);
    if (within && box >= 0) stage.focus(box);
    else if (within && !byId("stage").contains(document.activeElement)) focusEntry();
  }

  /** @param {number} box */
  function known(box) {
    return box < 0 ? null : box;
  }

  /** The box of a closed neuron. @param {string | null} group `layer1.neuron3` */
  function neuronBox(group) {
    return known(drawn?.graph.nodes.findIndex(({ card }) => card && placeIn(card.group) === group) ?? -1);
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

  /** The keys stay with the network when the box that had them is gone. */
  function focusEntry() {
    const entry = stage.svg.querySelector(".node[tabindex='0']");
    if (entry instanceof SVGElement) entry.focus({ preventScroll: true });
  }

  return {
    stage,
    neuronBox,
    focusEntry,
    /** @param {() => void} follower */
    follow: (follower) => void followers.add(follower),
    /** @param {(node: number) => void} open */
    onScalars: (open) => {
      openScalars = open;
    },
  };
}
