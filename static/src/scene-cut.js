/**
 * The part of a large drawing that is in view, as a draw list of its own: the same boxes and wires, found by their
 * places, without a pass over the rest. Pure.
 */

import { shortFormula } from "./labels.js";
import { contributionOf } from "./replay.js";
import { buildScene } from "./scene.js";

/** @typedef {import("./scene.js").Box} Box */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").SceneGraph} SceneGraph */
/** @typedef {import("./scene.js").Layout} Layout */
/** @typedef {import("./replay.js").Tape} Tape */

/** Operators and their necks reach so far out of their boxes. */
const OVERHANG = 60;

/** The nodes whose boxes, operators included, reach into a part of the drawing. @param {Layout} layout @param {Box} seen @returns {number[]} */
export function nodesWithin({ x, y, boxWidth, boxHeight }, seen) {
  const [left, top] = [seen.x - OVERHANG, seen.y - OVERHANG];
  const [right, bottom] = [seen.x + seen.width + OVERHANG, seen.y + seen.height + OVERHANG];
  const found = [];
  for (let i = 0; i < x.length; i++) {
    const half = boxWidth[i] / 2;
    if (x[i] + half < left || x[i] - half > right) continue;
    const high = boxHeight[i] / 2;
    if (y[i] + high >= top && y[i] - high <= bottom) found.push(i);
  }
  return found;
}

/**
 * Boxes about the wires: left, top, right, bottom by edge.
 * @param {Layout} layout
 * @returns {Float32Array}
 */
export function wireBounds({ edgeFirst, points }) {
  const edges = edgeFirst.length - 1;
  const bounds = new Float32Array(4 * edges);
  for (let e = 0; e < edges; e++) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let p = edgeFirst[e]; p < edgeFirst[e + 1]; p += 2) {
      const px = points[p];
      const py = points[p + 1];
      if (px < left) left = px;
      if (px > right) right = px;
      if (py < top) top = py;
      if (py > bottom) bottom = py;
    }
    bounds[4 * e] = left;
    bounds[4 * e + 1] = top;
    bounds[4 * e + 2] = right;
    bounds[4 * e + 3] = bottom;
  }
  return bounds;
}

/** The wires that reach into a part of the drawing. @param {Float32Array} bounds from `wireBounds` @param {Box} seen @returns {number[]} */
export function wiresWithin(bounds, seen) {
  const [right, bottom] = [seen.x + seen.width, seen.y + seen.height];
  const found = [];
  for (let e = 0, k = 0; k < bounds.length; e++, k += 4)
    if (bounds[k] <= right && bounds[k + 2] >= seen.x && bounds[k + 1] <= bottom && bounds[k + 3] >= seen.y)
      found.push(e);
  return found;
}

/** The largest finite magnitude of a whole tape, for one scale wherever one looks. @param {Tape} tape */
export function largestOf(tape) {
  let most = 0;
  for (let i = 0; i < tape.size; i++) {
    const size = Math.abs(tape.grad[i]);
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  for (let e = 0; e < tape.operand.length; e++) {
    const size = Math.abs(contributionOf(tape, e));
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  return most;
}

/**
 * @param {SceneGraph} graph @param {Layout} layout @param {Tape} tape
 * @param {import("./scene.js").View} view
 * @param {{nodes: number[], edges: number[], scale: number, groups?: Layout["groups"]}} part from `nodesWithin` and
 *   `wiresWithin`; scale from `largestOf`; groups whose outlines are in view
 * @returns {Scene} its nodes and edges go by the numbers of the whole graph
 */
export function sceneOf(graph, layout, tape, view, { nodes, edges, scale, groups = [] }) {
  const inside = new Set(nodes);
  for (const e of edges) {
    inside.add(tape.operand[e]);
    inside.add(tape.owner[e]);
  }
  const of = [...inside].sort((a, b) => a - b);
  const at = new Map(of.map((id, k) => [id, k]));
  const drawn = new Set(edges);
  /** @type {number[]} */
  const edgeOf = [];
  const first = new Int32Array(of.length + 1);
  /** @type {number[]} */
  const operand = [];
  const owner = [];
  for (const [k, id] of of.entries()) {
    for (let e = tape.first[id]; e < tape.first[id + 1]; e++) {
      if (!drawn.has(e)) continue;
      edgeOf.push(e);
      operand.push(/** @type {number} */ (at.get(tape.operand[e])));
      owner.push(k);
    }
    first[k + 1] = edgeOf.length;
  }
  const pick = (/** @type {Float64Array} */ column) => Float64Array.from(of, (id) => column[id]);
  const along = (/** @type {Float64Array} */ column) => Float64Array.from(edgeOf, (e) => column[e]);
  const { trace } = view;
  /** @type {Tape} */
  const cutTape = {
    ...tape,
    size: of.length,
    output: at.get(tape.output) ?? -1,
    code: Uint8Array.from(of, (id) => tape.code[id]),
    first,
    operand: Int32Array.from(operand),
    owner: Int32Array.from(owner),
    live: Uint8Array.from(edgeOf, (e) => tape.live[e]),
    constant: Uint8Array.from(of, (id) => tape.constant[id]),
    reaches: Uint8Array.from(of, (id) => tape.reaches[id]),
    data: pick(tape.data),
    grad: pick(tape.grad),
    partial: along(tape.partial),
    flow: tape.flow && along(tape.flow),
    inner: tape.inner && of.map((id) => tape.inner?.[id] ?? null),
  };
  const edgeFirst = new Int32Array(edgeOf.length + 1);
  edgeOf.forEach((e, k) => {
    edgeFirst[k + 1] = edgeFirst[k] + layout.edgeFirst[e + 1] - layout.edgeFirst[e];
  });
  const points = new Float64Array(edgeFirst[edgeOf.length]);
  edgeOf.forEach((e, k) => {
    points.set(layout.points.subarray(layout.edgeFirst[e], layout.edgeFirst[e + 1]), edgeFirst[k]);
  });
  const cutLayout = {
    ...layout,
    x: pick(layout.x),
    y: pick(layout.y),
    boxWidth: pick(layout.boxWidth),
    boxHeight: pick(layout.boxHeight),
    rank: Int32Array.from(of, (id) => layout.rank[id]),
    edgeFirst,
    points,
    groups,
  };
  const cutNodes = of.map((id) => {
    const node = graph.nodes[id];
    const named = node.name !== null || node.operands.length === 0 || node.card;
    return { ...node, key: `n${id}`, formula: named ? null : shortFormula(graph.nodes, id) };
  });
  const local = (/** @type {number | null} */ id) => (id === null ? null : (at.get(id) ?? null));
  const chosen = new Set(view.path);
  const scene = buildScene({ output: at.get(graph.output) ?? -1, nodes: cutNodes }, cutLayout, cutTape, {
    ...view,
    scale,
    selected: local(view.selected),
    hoveredEdge: view.hoveredEdge === null ? null : edgeOf.indexOf(view.hoveredEdge),
    path: edgeOf.flatMap((e, k) => (chosen.has(e) ? [k] : [])),
    found: within(view.found, at),
    kin: within(view.kin, at),
    seen: null,
    frames: [],
    next: null,
    trace: trace && {
      ...trace,
      current: trace.current && {
        ...trace.current,
        node: at.get(trace.current.node) ?? -1,
        target: at.get(trace.current.target) ?? -1,
        edge: edgeOf.indexOf(trace.current.edge),
      },
      computed: Uint8Array.from(of, (id) => trace.computed[id]),
      written: Uint8Array.from(of, (id) => trace.written[id]),
      grad: pick(trace.grad),
      waiting: Int32Array.from(of, (id) => trace.waiting[id]),
      crossed: Uint8Array.from(edgeOf, (e) => trace.crossed[e]),
    },
  });
  return {
    ...scene,
    nodes: scene.nodes.map((node) => ({ ...node, id: of[node.id] })),
    edges: scene.edges.map((edge) => ({
      ...edge,
      edge: edgeOf[edge.edge],
      key: `e${edgeOf[edge.edge]}`,
      source: of[edge.source],
      target: of[edge.target],
    })),
  };
}

/** @param {ReadonlySet<number> | undefined} ids @param {ReadonlyMap<number, number>} at */
function within(ids, at) {
  return new Set([...(ids ?? [])].flatMap((id) => at.get(id) ?? []));
}
