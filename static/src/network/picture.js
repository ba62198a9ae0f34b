/**
 * The network as the page draws it: one example's neurons as cards in their layers, all other examples behind the loss.
 * Pure.
 *
 * A wire into a closed neuron carries the gradient of its weight, over all examples: what an update follows. A wire of
 * opened scalars carries what it delivers, as in the studio.
 */
import { closableGroups, closeGroups, shownTape, shownWalk } from "../granularity.js";
import { placeOf } from "../shown.js";
import { partTape, partWalk } from "./part.js";

/**
 * @typedef {import("../replay.js").Graph} Graph
 * @typedef {import("../replay.js").Tape} Tape
 * @typedef {import("./part.js").Part} Part
 * @typedef {import("../shown.js").Shown} Shown
 * @typedef {import("../trace.js").TraceState} TraceState
 * @typedef {import("../scene-frame.js").Frame} Frame
 * @typedef {{nin: number, nouts: number[]}} Widths
 */

/**
 * @typedef {Shown & {weight: Int32Array, part: Part, frames: Frame[]}} Picture
 *   weight, by shown edge: the parameter that its source is multiplied with, -1 where there is none
 *   part: the example that is drawn
 */

/** A layer that more wires lead into is closed at first. */
const MOST_WIRES = 600;
/** Data is shown as a number alone. @type {[number, number]} */
const GIVEN = [96, 40];

/** A group's name without the example's: `layer1.neuron3`. @param {string | null} group */
export function placeIn(group) {
  return (group ?? "").replace(/^example\d+\./, "");
}

/**
 * @param {Part} part an example
 * @param {ReadonlySet<string>} folds groups, without the example's name, that are not as usual: neurons, sums and the
 *   loss opened; layers closed, or opened where they are wide
 * @param {Widths} widths
 * @param {number} examples
 * @returns {Picture}
 */
export function pictureOf(part, folds, { nin, nouts }, examples) {
  const { graph } = part;
  const closed = new Set();
  const isWide = (/** @type {number} */ k) => nouts[k] * (nouts[k - 1] ?? nin) > MOST_WIRES;
  for (const { id, kind } of closableGroups(graph).values()) {
    // The example itself stays open.
    if (kind === "example") continue;
    const place = placeIn(id);
    const usual = kind !== "layer" || isWide(Number(/\d+$/.exec(place)?.[0]) - 1);
    if (usual !== folds.has(place)) closed.add(id);
  }
  const shown = withoutWeightsInLoss(closeGroups(graph, closed), graph);
  const nodes = shown.graph.nodes.map((node) => {
    const { card } = node;
    if (node.op === "leaf" && node.role === "data") return { ...node, given: true, size: GIVEN };
    if (!card) return node;
    const place = placeIn(card.group);
    const key = `group ${place}`;
    if (card.kind === "loss") {
      const note = examples === 1 ? "the one example" : `all ${examples.toLocaleString("en")} examples`;
      return { ...node, key, name: "loss", card: { ...card, kind: "objective", title: "loss", note } };
    }
    if (card.kind !== "neuron" || !place.startsWith(`layer${nouts.length}.`)) return { ...node, key };
    const title = nouts[nouts.length - 1] === 1 ? "ŷ" : card.title.replace(/^n/, "ŷ");
    return { ...node, key, name: title, card: { ...card, title } };
  });
  const frames = [
    {
      title: "Data",
      note: "fixed, never updated",
      bare: true,
      nodes: nodes.filter(({ given, name }) => given && name?.startsWith("x")).map(({ id }) => id),
    },
    ...nouts.map((count, k) => ({
      title: `Layer ${k + 1}`,
      note: `${counted(count, "neuron")}, ${counted(count * ((nouts[k - 1] ?? nin) + 1), "parameter")}`,
      bare: false,
      nodes: nodes
        .filter(({ role, card, group }) => {
          // Weights stand with what their products read, a column before.
          return role !== "parameter" && placeIn(card?.group ?? group).startsWith(`layer${k + 1}.`);
        })
        .map(({ id }) => id),
    })),
  ].filter((frame) => frame.nodes.length > 0);
  const made = { ...shown, graph: { ...shown.graph, nodes } };
  return { ...made, part, frames, weight: weightsOf(made, part) };
}

/** @param {number} count @param {string} what */
function counted(count, what) {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

/**
 * An opened neuron's weights are read by a penalty too, which lies behind the loss: those wires are left out.
 * @param {Shown} shown
 * @param {Graph} graph
 * @returns {Shown}
 */
function withoutWeightsInLoss(shown, { nodes }) {
  /** @type {number[][]} */
  const edges = [];
  const edgeOf = new Int32Array(shown.edgeOf.length).fill(-1);
  let e = 0;
  const drawn = shown.graph.nodes.map((node) => {
    const operands = node.operands.filter((from) => {
      const behind = shown.edges[e++];
      if (node.card?.kind === "loss" && nodes[shown.stands[from]].role === "parameter") return false;
      for (const edge of behind) edgeOf[edge] = edges.length;
      edges.push(behind);
      return true;
    });
    return { ...node, operands, partials: operands.map(() => null) };
  });
  return { ...shown, graph: { ...shown.graph, nodes: drawn }, edges, edgeOf };
}

/** @param {Shown} shown @param {Part} part */
function weightsOf({ graph, edges }, { ids, graph: { nodes } }) {
  /** @type {number[]} */
  const owner = [];
  for (const { id, operands } of nodes) for (const _ of operands) owner.push(id);
  const weight = new Int32Array(edges.length).fill(-1);
  let e = 0;
  for (const { card, operands } of graph.nodes)
    for (const _ of operands) {
      const [first] = edges[e];
      const parameter =
        card?.kind === "neuron" && nodes[owner[first]].operands.find((id) => nodes[id].role === "parameter");
      if (typeof parameter === "number") weight[e] = ids[parameter];
      e++;
    }
  return weight;
}

/**
 * The picture's numbers; its wires into closed neurons carry their weight's gradient, those into the loss none.
 * @param {Picture} picture
 * @param {Tape} tape of the whole graph
 * @param {TraceState | null} walk through it
 * @returns {Tape}
 */
export function pictureTape(picture, tape, walk) {
  const { part, weight, graph } = picture;
  const made = shownTape(picture, partTape(part, tape), walk && partWalk(part, walk), false);
  const flow = made.flow ?? new Float64Array(0);
  const bare = new Uint8Array(flow.length);
  weight.forEach((parameter, e) => {
    if (parameter >= 0) flow[e] = (walk?.grad ?? tape.grad)[parameter];
  });
  made.owner.forEach((node, e) => {
    if (graph.nodes[node].card?.kind === "objective") bare[e] = 1;
  });
  return { ...made, bare };
}

/**
 * A walk as the picture shows it: a wire into a closed neuron carries its weight's gradient.
 * @param {Picture} picture
 * @param {TraceState} walk through the whole graph
 */
export function pictureWalk(picture, walk) {
  const shown = shownWalk(picture, partWalk(picture.part, walk));
  picture.weight.forEach((parameter, e) => {
    if (parameter >= 0) shown.crossed[e] = walk.written[parameter];
  });
  return shown;
}

/** The node of the whole graph whose numbers a box shows. @param {Picture} picture @param {number} box */
export function nodeOf({ part, stands }, box) {
  return part.ids[stands[box]];
}

/** The box where a node of the whole graph is to be found; -1 for none. @param {Picture} picture @param {number} node */
export function boxOf(picture, node) {
  const { at, graph } = picture.part;
  const place = at.get(node);
  return place === undefined ? -1 : (placeOf(picture, graph, place) ?? -1);
}
