/**
 * The layered layout: rank, then order, then coordinates, then routes. Pure and deterministic; near-linear in the
 * size of the graph. A node's place depends on the shape of the graph and of the room alone, not on values, names or
 * selection.
 */

import { BOX, boxesOf, CLOSEST_ROW, GAP, MOST_CARDS, rankGap, rowGap } from "./boxes.js";
import { placeItems } from "./coordinates.js";
import { layLanes } from "./lanes.js";
import { hasLongEdges, orderItems, SMALL, straightened, upright } from "./order.js";
import { assignRanks } from "./rank.js";
import { parallelEdges, routeEdges } from "./route.js";
import { structureOf } from "./structure.js";
import { Untangler } from "./untangle.js";

/** @typedef {import("./boxes.js").Density} Density */
/** @typedef {import("./boxes.js").BoxedNode} BoxedNode */
/** @typedef {import("./rank.js").RankMode} RankMode */
/** @typedef {{row: number, rank: number}} Gaps between boxes of one rank, and between ranks; usually by density and number */
/** @typedef {{width: number, height: number}} Size in pixels */
/** @typedef {Size & {least?: number}} Room what a drawing of cards is to be seen in; least: the scale below which it is not
 *   shown as a whole */

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

/** Larger ones have their edges tightened; beyond that the gain would not pay for the time. */
const TIGHTEN_BELOW = 6000;
/** Cards are ranked in every mode and untangled so often each; one with clearly fewer crossings than the first goes on. */
const CLEARLY = 0.95;
const UNTANGLED_EACH = 2;
/** Boxes are untangled so often in a small drawing, and in a larger one with long edges. */
const UNTANGLED = 20;
const UNTANGLE_BELOW = 400;
/** So many times in a row in vain are the last. */
const PATIENCE = 10;
/** A crossing of straight lines counts so much more than one of wires as they run. */
const STRAIGHT = 3;
/** Link visits for a place that is only looked at. */
const ROUGH = 20_000;
/** Steep wires need a wider gap: a share of the greatest height any of them climbs, up to a limit. */
const STEEP = 0.12;
const MOST_EXTRA = 150;
/** Rows move together only where the drawing grows by this factor at least. */
const WORTH = 1.02;
/** Room along the ranks for the arcs of parallel edges and their chips. */
const FOR_PARALLEL = 40;

/**
 * @param {{output: number, nodes: ArrayLike<BoxedNode>}} graph
 * @param {{direction?: "right" | "down", density?: Density, rank?: RankMode, gaps?: Gaps, room?: Room}} [options]
 * @returns {Layout}
 */
export function layoutGraph(graph, options = {}) {
  const direction = options.direction ?? "right";
  const density = options.density ?? (graph.nodes.length <= MOST_CARDS ? "cards" : "compact");
  const structure = structureOf(graph);
  const modes = options.rank === undefined ? modesFor(structure.size) : [options.rank];
  /** @type {Drawing | null} */
  let chosen = null;
  const tried = new Set();
  for (const mode of modes) {
    const rank = assignRanks(structure, mode);
    if (modes.length > 1) {
      const ranks = rank.join();
      if (tried.has(ranks)) continue;
      tried.add(ranks);
    }
    const items = layLanes(structure, rank);
    const room = roomFor(items, graph.nodes, direction, density, options.gaps);
    const drawing = new Drawing(structure, items, room);
    if (modes.length > 1) drawing.untangle(UNTANGLED_EACH);
    if (chosen === null || drawing.tangled < CLEARLY * chosen.tangled) chosen = drawing;
    if (chosen.tangled === 0) break;
  }
  const drawing = /** @type {Drawing} */ (chosen);
  drawing.untangle(UNTANGLED);
  drawing.setUpright();
  const usual = coordinates(structure, drawing, direction, density, options.gaps);
  if (options.room === undefined || options.gaps !== undefined || density !== "cards") return usual;
  return inRoom(usual, options.room, (close) => {
    const room = roomFor(drawing.items, graph.nodes, direction, density, undefined, close);
    return coordinates(structure, { ...drawing, room }, direction, density);
  });
}

/** By how much a drawing must be shrunk for the room it is seen in. @param {Size} size @param {Size} room */
export function scaleIn(size, room) {
  return Math.min(1, room.width / size.width, room.height / size.height);
}

/**
 * Rows that breathe are no gain where the drawing has to be shrunk for them: they move together, as far as it grows by it.
 * @param {Layout} usual
 * @param {Room} room
 * @param {(close: number) => Layout} place with rows that far from usual, 0, to as close as they go, 1
 */
function inRoom(usual, room, place) {
  const across = usual.direction === "right" ? "height" : "width";
  const scale = scaleIn(usual, room);
  if (scale === 1 || scale * usual[across] < room[across] - 1) return usual;
  const close = place(1);
  const closer = scaleIn(close, room);
  if (closer < WORTH * scale || closer < (room.least ?? 0)) return usual;
  const share = (usual[across] - room[across] / closer) / (usual[across] - close[across]);
  return share < 1 ? place(share) : close;
}

/** The items in order; a drawing that is not too large is looked at again, as straight lines from box to box. */
class Drawing {
  /**
   * @param {import("./structure.js").Structure} structure
   * @param {import("./lanes.js").Items} items
   * @param {ReturnType<typeof roomFor>} room
   */
  constructor(structure, items, room) {
    this.items = items;
    this.room = room;
    const { order, crossings, climber } = orderItems(structure, items);
    this.order = order;
    this.crossings = crossings;
    /** What is to be lowered. */
    this.tangled = crossings;
    this.climber = climber;
    const worthwhile = structure.size < SMALL || (structure.size < UNTANGLE_BELOW && hasLongEdges(items));
    if (climber === null || crossings === 0 || !worthwhile) return;
    this.untangler = new Untangler(structure, items);
    this.height = placeItems(items, order, room, ROUGH);
    this.tangled += STRAIGHT * this.untangler.count(this.height);
  }

  /**
   * Boxes are moved until straight lines cross less, lanes take their places on those lines, and items climb from there.
   * @param {number} rounds
   */
  untangle(rounds) {
    const { items, room, climber, untangler } = this;
    if (!climber || !untangler || !this.height) return;
    let vain = 0;
    for (let round = 0; round < rounds && vain < PATIENCE; round++) {
      if (this.tangled === this.crossings) return;
      untangler.untangle(this.height);
      const { order, crossings } = straightened(climber, this.height);
      this.height = placeItems(items, order, room, ROUGH);
      const tangled = crossings + STRAIGHT * untangler.count(this.height);
      vain++;
      if (tangled >= this.tangled) continue;
      Object.assign(this, { order, crossings, tangled });
      vain = 0;
    }
  }

  /** What was moved about may have come to lie upside down. */
  setUpright() {
    if (this.climber && this.untangler) Object.assign(this, upright(this.climber, this.order));
  }
}

/** @param {number} size nodes @returns {RankMode[]} */
function modesFor(size) {
  if (size <= MOST_CARDS) return ["late", "tight", "early"];
  return [size < TIGHTEN_BELOW ? "tight" : "late"];
}

/**
 * Room for every item across the ranks.
 * @param {import("./lanes.js").Items} items
 * @param {ArrayLike<BoxedNode>} nodes
 * @param {"right" | "down"} direction
 * @param {Density} density
 * @param {Gaps} [wanted]
 * @param {number} [close] how far rows move together, 0 to 1
 */
function roomFor(items, nodes, direction, density, wanted, close = 0) {
  const { size, count, ranks, rank } = items;
  const right = direction === "right";
  const boxes = boxesOf(nodes, density, direction);
  const shape = BOX[density];
  const gaps = GAP[direction][density];
  const inRank = new Int32Array(ranks);
  for (let i = 0; i < size; i++) inRank[rank[i]]++;
  const most = inRank.reduce((a, b) => Math.max(a, b), 0);
  const usual = rowGap(direction, density, most, right ? shape.height : shape.width);
  const row = wanted?.row ?? Math.round(usual - close * (usual - CLOSEST_ROW));
  const extent = new Float64Array(count);
  extent.set(right ? boxes.height : boxes.width);
  const gap = new Float64Array(count).fill(gaps.lane);
  gap.fill(row, 0, size);
  for (let i = 0; i < size; i++) if (nodes[i].role === "constant") gap[i] = Math.min(row, gaps.row);
  return { extent, gap, boxes };
}

/**
 * @param {import("./structure.js").Structure} structure
 * @param {Pick<Drawing, "items" | "room" | "order" | "crossings">} drawing
 * @param {"right" | "down"} direction
 * @param {Density} density
 * @param {Gaps} [wanted]
 * @returns {Layout}
 */
function coordinates(structure, { items, room, order, crossings }, direction, density, wanted) {
  const { size } = structure;
  const right = direction === "right";
  const { boxes, extent } = room;
  const along = right ? boxes.width : boxes.height;
  const shape = BOX[density];
  const v = placeItems(items, order, room);

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
