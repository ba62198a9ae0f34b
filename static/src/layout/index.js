/**
 * The layered layout: rank, then order, then coordinates, then routes. Pure and deterministic; near-linear in the
 * size of the graph. A node's place depends on the graph's shape alone, not on values, names or selection.
 */

import { BOX, boxesOf, GAP, MOST_CARDS, rankGap, rowGap } from "./boxes.js";
import { placeItems } from "./coordinates.js";
import { layLanes } from "./lanes.js";
import { improve, orderItems } from "./order.js";
import { assignRanks } from "./rank.js";
import { parallelEdges, routeEdges } from "./route.js";
import { straightCrossings } from "./straight.js";
import { structureOf } from "./structure.js";

/** @typedef {import("./boxes.js").Density} Density */
/** @typedef {import("./boxes.js").BoxedNode} BoxedNode */
/** @typedef {import("./rank.js").RankMode} RankMode */
/** @typedef {{row: number, rank: number}} Gaps between boxes of one rank, and between ranks; usually by density and number */

/**
 * @typedef {object} Layout
 * @property {"right" | "down"} direction where the output lies
 * @property {Density} density
 * @property {Float64Array} x by node: centre of its box, in pixels
 * @property {Float64Array} y
 * @property {Float64Array} boxWidth by node
 * @property {Float64Array} boxHeight
 * @property {Int32Array} rank by node
 * @property {number} width of the whole drawing
 * @property {number} height
 * @property {Int32Array} edgeFirst edge e passes the points edgeFirst[e] .. edgeFirst[e + 1] of `points`
 * @property {Float64Array} points x, y pairs from the operand's box to the user's operator; tangents follow `direction`
 * @property {number} crossings
 */

/** Small drawings are ranked in every mode, and one with clearly fewer crossings than the first is kept. */
const TRY_ALL_BELOW = 250;
const CLEARLY = 0.95;
/** Larger ones have their edges tightened; beyond that the gain would not pay for the time. */
const TIGHTEN_BELOW = 6000;
/** Steep wires need a wider gap: a share of the greatest height any of them climbs, up to a limit. */
const STEEP = 0.12;
const MOST_EXTRA = 150;
/** Room along the ranks for the arcs of parallel edges and their chips. */
const FOR_PARALLEL = 40;

/**
 * @param {{output: number, nodes: ArrayLike<BoxedNode>}} graph
 * @param {{direction?: "right" | "down", density?: Density, rank?: RankMode, gaps?: Gaps}} [options]
 * @returns {Layout}
 */
export function layoutGraph(graph, options = {}) {
  const direction = options.direction ?? "right";
  const density = options.density ?? (graph.nodes.length <= MOST_CARDS ? "cards" : "compact");
  const structure = structureOf(graph);
  const modes = options.rank === undefined ? modesFor(structure.size) : [options.rank];
  const draw = (/** @type {Layers} */ layers) =>
    coordinates(structure, layers, graph.nodes, direction, density, options.gaps);
  let layers = layered(structure, modes[0]);
  let chosen = draw(layers);
  let fewest = modes.length > 1 ? tangle(structure, chosen) : 0;
  for (const mode of modes.slice(1)) {
    if (chosen.crossings === 0) break;
    const others = layered(structure, mode);
    const other = draw(others);
    const tangled = tangle(structure, other);
    if (tangled >= CLEARLY * fewest) continue;
    layers = others;
    chosen = other;
    fewest = tangled;
  }
  const better = layers.climber === null ? null : improve(layers.climber, layers.order);
  return better === null ? chosen : draw({ ...layers, ...better });
}

/** Crossings of the wires as they run, and of straight lines in their place. @param {import("./structure.js").Structure} structure @param {Layout} layout */
function tangle(structure, layout) {
  return layout.crossings + straightCrossings(structure, layout);
}

/** @param {number} size nodes @returns {RankMode[]} */
function modesFor(size) {
  if (size <= MOST_CARDS) return ["late", "tight", "early"];
  if (size < TRY_ALL_BELOW) return ["tight", "late", "early"];
  return [size < TIGHTEN_BELOW ? "tight" : "late"];
}

/** @typedef {ReturnType<typeof layered>} Layers */

/** @param {import("./structure.js").Structure} structure @param {RankMode} mode */
function layered(structure, mode) {
  const items = layLanes(structure, assignRanks(structure, mode));
  return { items, ...orderItems(structure, items) };
}

/**
 * @param {import("./structure.js").Structure} structure
 * @param {Pick<Layers, "items" | "order" | "crossings">} layers
 * @param {ArrayLike<BoxedNode>} nodes
 * @param {"right" | "down"} direction
 * @param {Density} density
 * @param {Gaps} [wanted]
 * @returns {Layout}
 */
function coordinates(structure, { items, order, crossings }, nodes, direction, density, wanted) {
  const { size } = structure;
  const right = direction === "right";
  const boxes = boxesOf(nodes, density, direction);
  const along = right ? boxes.width : boxes.height;
  const across = right ? boxes.height : boxes.width;
  const shape = BOX[density];
  const gaps = GAP[direction][density];

  let most = 0;
  for (let r = 0; r < items.ranks; r++) {
    let inRank = 0;
    for (let k = order.first[r]; k < order.first[r + 1]; k++) if (order.sequence[k] < size) inRank++;
    most = Math.max(most, inRank);
  }
  const row = wanted?.row ?? rowGap(direction, density, most, right ? shape.height : shape.width);
  const extent = new Float64Array(items.count);
  extent.set(across);
  const gap = new Float64Array(items.count).fill(gaps.lane);
  gap.fill(row, 0, size);
  for (let i = 0; i < size; i++) if (nodes[i].role === "constant") gap[i] = Math.min(row, gaps.row);
  const v = placeItems(items, order, extent, gap);

  const parallel = parallelEdges(structure);
  const widened = new Float64Array(items.ranks);
  for (let e = 0; e < parallel.length; e++)
    if (parallel[e] !== 0) widened[items.rank[structure.user[e]]] = FOR_PARALLEL;
  const between = widened.map((extra) => (wanted?.rank ?? rankGap(direction, density, items.ranks)) + extra);
  const { start, end } = columns(items, v, boxes.lead, along, between);
  const near = new Float64Array(size);
  const u = new Float64Array(size);
  let spread = 0;
  for (let i = 0; i < size; i++) {
    const r = items.rank[i];
    u[i] = end[r] - along[i] / 2;
    near[i] = end[r] - along[i] - boxes.lead[i] + 4;
  }
  for (let i = 0; i < items.count; i++) spread = Math.max(spread, v[i] + extent[i] / 2);
  const frame = { v, start, end, near, ports: shape.ports, radius: shape.radius };
  const routes = routeEdges(structure, items, frame, parallel);

  const length = items.ranks > 0 ? end[items.ranks - 1] : 0;
  const points = routes.points;
  if (!right) {
    for (let p = 0; p < points.length; p += 2) [points[p], points[p + 1]] = [points[p + 1], points[p]];
  }
  return {
    direction,
    density,
    x: right ? u : v.slice(0, size),
    y: right ? v.slice(0, size) : u,
    boxWidth: boxes.width,
    boxHeight: boxes.height,
    rank: items.rank.slice(0, size),
    width: right ? length : spread,
    height: right ? spread : length,
    edgeFirst: routes.first,
    points,
    crossings,
  };
}

/**
 * Where every rank begins (with its operators) and ends (the side its boxes share) along the ranks. The gap before a
 * rank grows with the height its wires climb.
 * @param {import("./lanes.js").Items} items
 * @param {Float64Array} v
 * @param {Float64Array} lead by node
 * @param {Float64Array} along by node
 * @param {Float64Array} gap before each rank
 */
function columns(items, v, lead, along, gap) {
  const depth = new Float64Array(items.ranks);
  for (let i = 0; i < items.size; i++) {
    depth[items.rank[i]] = Math.max(depth[items.rank[i]], lead[i] + along[i]);
  }
  const climb = new Float64Array(items.ranks);
  for (let l = 0; l < items.left.length; l++) {
    const r = items.rank[items.right[l]];
    climb[r] = Math.max(climb[r], Math.abs(v[items.left[l]] - v[items.right[l]]));
  }
  const start = new Float64Array(items.ranks);
  const end = new Float64Array(items.ranks);
  for (let r = 0; r < items.ranks; r++) {
    const extra = Math.min(MOST_EXTRA, STEEP * Math.max(0, climb[r] - 250));
    start[r] = r === 0 ? 0 : end[r - 1] + gap[r] + extra;
    end[r] = start[r] + depth[r];
  }
  return { start, end };
}
