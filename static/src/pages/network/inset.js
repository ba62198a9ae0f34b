/** One neuron down to its scalars, under the network, and the shadow that leads there from the neuron. */
import { byId, fill, s as svg } from "../../dom.js";
import { placeIn } from "../../network/picture.js";
import { nextOf, scalarsTape, scalarsWalk } from "../../network/scalars.js";
import * as slices from "../../network/slices.js";
import { createStage } from "../../stage.js";
import { inset } from "../../views/network/inset.js";
import { scalars as list } from "../../views/network/scalars.js";

/** From this width on the page has both its columns. */
const WIDE = 1200;

/** @param {import("./page.js").Page} page @param {import("./board.js").Board} board */
export function wireInset({ now, send, subscribe, flush, phone }, { stage, neuronBox, focusEntry, follow }) {
  const root = byId("inset");
  /** @type {import("../../stage.js").Stage | null} */
  let scalarStage = null;
  /** @type {import("../../network/scalars.js").Scalars | null} */
  let shown = null;
  /** What the stage shows: on a phone there is a list instead. @type {import("../../network/scalars.js").Scalars | null} */
  let staged = null;
  subscribe(
    (s) => ({
      ...slices.numbers(s),
      scalars: phone.matches && !s.asked ? null : slices.scalars(s),
      selected: phone.matches ? s.selected : null,
      narrow: phone.matches,
    }),
    ({ scalars, run, selected, narrow }) => {
      const was = root.hidden;
      inset(root, scalars === null ? null : { ...slices.scalarsSaid(now(), scalars), close });
      if (was !== root.hidden) {
        stage.refit();
        drawBeam();
      }
      if (scalars === null) return;
      const tape = scalarsTape(scalars, run.tape);
      const graph = /** @type {import("../../replay.js").Graph} */ (scalars.shown.graph);
      const walk = slices.walk(now());
      const trace = walk === null ? null : scalarsWalk(scalars, walk);
      const next = walk === null ? nextOf(scalars, run.parameters, slices.afterUpdate(run)) : null;
      shown = scalars;
      if (narrow) {
        const place = scalars.shown.stands.findIndex((at) => scalars.ids[at] === selected);
        list(byId("inset-list"), { graph, tape, walk: trace, next, selected: place, select });
        return;
      }
      scalarStage ??= createScalarStage();
      if (staged !== scalars) scalarStage.show(graph, tape);
      staged = scalars;
      scalarStage.update(tape, { trace, next, showLocalDerivatives: false });
    },
  );
  follow(drawBeam);
  phone.addEventListener("change", flush);

  /** @param {number | null} id of a box, or a line */
  function select(id) {
    if (shown !== null) send({ type: "select", id: id === null ? null : shown.ids[shown.shown.stands[id]] });
  }

  function createScalarStage() {
    const made = createStage(byId("inset-stage"), {
      direction: "right",
      density: "compact",
      gaps: { row: 6, rank: innerWidth < WIDE ? 17 : 22 },
      rank: "first",
      legible: { compact: 0.786 },
      opensAt: "start",
      label: "The neuron's scalars",
      inset: () => ({ top: 46, right: 14, bottom: 16, left: innerWidth < WIDE ? 98 : 118 }),
    });
    made.on("select", ({ id }) => select(id));
    return made;
  }

  /** A shadow from the neuron to the inset that shows it. */
  function drawBeam() {
    const beam = byId("beam");
    const { inset: group } = now();
    const at = group === null ? null : neuronBox(group);
    const box = at === null ? undefined : stage.scene?.nodes[at];
    const board = byId("board");
    if (box === undefined || phone.matches || root.hidden) return fill(beam);
    const { x, y, k } = stage.transform;
    const [left, right] = [x + box.x * k, x + (box.x + box.width) * k];
    const [bottom, top] = [y + (box.y + box.height) * k, root.offsetTop];
    if (bottom > top) return fill(beam);
    const [from, to] = [root.offsetLeft, root.offsetLeft + root.offsetWidth];
    const shape = svg("path", { d: `M${left} ${bottom}H${right}L${to} ${top}H${from}Z` });
    fill(beam, svg("svg", { viewBox: `0 0 ${board.clientWidth} ${board.clientHeight}` }, shape));
  }

  /** @returns {boolean} whether it was open */
  function close() {
    if (now().inset === null) return false;
    send({ type: "inset", group: null });
    flush();
    focusEntry();
    return true;
  }

  return {
    close,
    /** Opens the neuron that a node of the picture is, or is part of. @param {number | null} node of the graph */
    open(node) {
      const { part } = slices.picture(now());
      const at = node === null ? undefined : part.at.get(node);
      const group = at === undefined ? "" : placeIn(part.graph.nodes[at].group);
      const neuron = /^layer\d+\.neuron\d+/.exec(group);
      if (neuron !== null && (neuron[0] !== now().inset || !now().asked))
        send({ type: "inset", group: neuron[0] });
    },
  };
}
