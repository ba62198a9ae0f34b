/**
 * The compound layout: groups laid out from the inside out, each on its own with what lies in it as boxes. Groups that
 * are equal in structure share one layout, so that a network's thousands of neurons cost a dozen. Pure; a place depends
 * on the graph's shape alone.
 */

import { BOX, operatorWidth } from "./boxes.js";
import { layoutGraph } from "./index.js";
import { meet, nestOf } from "./nest.js";

/** @typedef {import("./nest.js").NestedGraph} NestedGraph */
/** @typedef {import("./nest.js").Nest} Nest */
/** @typedef {import("./index.js").Layout} Layout */

/**
 * @typedef {{group: string, kind: string, title: string, x: number, y: number, width: number, height: number, depth: number}} GroupFrame
 *   from its top left corner, in the drawing's coordinates; depth 1: a group that lies in no other
 * @typedef {Layout & {groups: GroupFrame[], kinds: number}} CompoundLayout kinds: how many layouts were made
 */

/** Paper between a group's outline and what it holds; over it its title. */
const PAD = 16;
const TITLE = 20;
const TIGHT = 8;
/** Operands enter their user's operator so far apart, and so far inside its rim. */
const SLOT_STEP = 19;
const TIP = 4;

/**
 * What groups of one structure have in common.
 * @typedef {object} Inside
 * @property {number} kind its number
 * @property {Layout} layout of the items
 * @property {Inside[]} nests by item: what lies in it
 * @property {Map<number, number>} wire by read × items + reader: an edge of the layout
 * @property {Int32Array} first by item: the first edge of the layout that it reads along
 * @property {{left: number, top: number, width: number, height: number}} box about the items, with paper and title
 * @property {number} ranks
 */

/**
 * @param {NestedGraph} graph
 * @param {{direction?: "right" | "down", density?: import("./index.js").Density, progress?: (share: number) => void}} [options]
 * @returns {CompoundLayout}
 */
export function layoutCompound(graph, { direction = "right", density = "compact", progress } = {}) {
  const { nodes } = graph;
  const { root, home, place } = nestOf(graph);
  /** @type {Map<string, Inside>} */
  const known = new Map();
  /** @type {Map<Nest, Inside>} */
  const inside = new Map();
  let done = 0;

  /** @param {Nest} nest @returns {Inside} */
  const layInside = (nest) => {
    const nests = nest.items.map((item) => (typeof item === "number" ? null : layInside(item)));
    const signature = signatureOf(nest, nodes, nests);
    let made = known.get(signature);
    if (made === undefined) {
      made = { ...layItems(nest, nodes, nests, graph.output, direction, density), kind: known.size };
      known.set(signature, made);
      done += nest.items.length;
      progress?.(Math.min(1, done / nodes.length));
    }
    inside.set(nest, made);
    return made;
  };
  layInside(root);

  const size = nodes.length;
  const x = new Float64Array(size);
  const y = new Float64Array(size);
  const boxWidth = new Float64Array(size);
  const boxHeight = new Float64Array(size);
  const rank = new Int32Array(size);
  /** @type {GroupFrame[]} */
  const groups = [];
  /** Where a nest's items begin. @type {Map<Nest, {x: number, y: number}>} */
  const origin = new Map();
  let ranks = 0;
  /** @param {Nest} nest @param {number} left @param {number} top of its box */
  const put = (nest, left, top) => {
    const { layout, box, nests, ranks: own } = /** @type {Inside} */ (inside.get(nest));
    const [ox, oy] = [left + box.left, top + box.top];
    origin.set(nest, { x: ox, y: oy });
    const base = ranks;
    ranks += own;
    if (nest.group !== null) {
      const { id, kind, label } = nest.group;
      const { width, height } = box;
      groups.push({ group: id, kind, title: label, x: left, y: top, width, height, depth: nest.depth });
    }
    nest.items.forEach((item, k) => {
      const cx = ox + layout.x[k];
      const cy = oy + layout.y[k];
      if (typeof item === "number") {
        x[item] = cx;
        y[item] = cy;
        boxWidth[item] = layout.boxWidth[k];
        boxHeight[item] = layout.boxHeight[k];
        rank[item] = base + layout.rank[k];
      } else {
        const { width, height } = nests[k].box;
        put(item, cx - width / 2, cy - height / 2);
      }
    });
  };
  put(root, 0, 0);

  const { edgeFirst, points } = wires(
    graph,
    { home, place, inside, origin },
    { x, y, boxWidth, boxHeight },
    direction,
    density,
  );
  const { box } = /** @type {Inside} */ (inside.get(root));
  return {
    direction,
    density,
    x,
    y,
    boxWidth,
    boxHeight,
    rank,
    width: box.width,
    height: box.height,
    edgeFirst,
    points,
    crossings: 0,
    groups,
    kinds: known.size,
  };
}

/**
 * Equal for groups that can share a layout: the same items, reading each other in the same way.
 * @param {Nest} nest @param {NestedGraph["nodes"]} nodes @param {(Inside | null)[]} nests
 */
function signatureOf({ group, items, reads }, nodes, nests) {
  let text = group === null ? "*" : padOf(group.kind).toString();
  for (let k = 0; k < items.length; k++) {
    const item = items[k];
    if (typeof item === "number") {
      const { op, role, card } = nodes[item];
      text += `;${op} ${role} ${card?.kind ?? ""}`;
    } else text += `;#${nests[k]?.kind}`;
    for (const from of reads[k]) text += `:${from}`;
  }
  return text;
}

/** @param {string} kind */
function padOf(kind) {
  return kind === "sum" ? TIGHT : PAD;
}

/**
 * @param {Nest} nest @param {NestedGraph["nodes"]} nodes @param {(Inside | null)[]} nests @param {number} output
 * @param {"right" | "down"} direction @param {import("./index.js").Density} density
 * @returns {Omit<Inside, "kind">}
 */
function layItems({ group, items, reads }, nodes, nests, output, direction, density) {
  const boxes = items.map((item, k) => {
    const operands = reads[k].filter((from) => from >= 0);
    if (typeof item !== "number") {
      const { width, height } = /** @type {Inside} */ (nests[k]).box;
      return {
        op: "",
        role: "intermediate",
        operands,
        size: /** @type {[number, number]} */ ([width, height]),
      };
    }
    const { op, role, card } = nodes[item];
    // What is read from outside still needs the operator in front of the box.
    return { op, role, card, operands, operates: nodes[item].operands.length > 0 };
  });
  const end = group === null ? items.indexOf(output) : -1;
  const layout = layoutGraph(
    { output: end < 0 ? boxes.length - 1 : end, nodes: boxes },
    { direction, density },
  );
  /** @type {Map<number, number>} */
  const wire = new Map();
  const first = new Int32Array(items.length);
  let edge = 0;
  boxes.forEach(({ operands }, k) => {
    first[k] = edge;
    for (const from of operands) {
      if (!wire.has(from * items.length + k)) wire.set(from * items.length + k, edge);
      edge++;
    }
  });
  if (edge === 0) firstOnTop(layout);
  const pad = group === null ? 0 : padOf(group.kind);
  const title = group === null || group.kind === "sum" ? 0 : TITLE;
  return {
    layout,
    nests: /** @type {Inside[]} */ (nests),
    wire,
    first,
    box: {
      left: pad,
      top: pad + title,
      width: layout.width + 2 * pad,
      height: layout.height + 2 * pad + title,
    },
    ranks: layout.rank.reduce((most, r) => Math.max(most, r + 1), 0),
  };
}

/** Items without a wire between them stand in the order in which they were made. @param {Layout} layout */
function firstOnTop(layout) {
  const [across, extent] =
    layout.direction === "right" ? [layout.y, layout.height] : [layout.x, layout.width];
  if (across.length < 2 || across[0] < across[across.length - 1]) return;
  for (let k = 0; k < across.length; k++) across[k] = extent - across[k];
}

/**
 * The points of every wire. Within a group as laid out there; between groups from the box to where its group's wire
 * leaves, along that, and from where it arrives to the operator.
 * @param {NestedGraph} graph
 * @param {{home: Nest[], place: Int32Array, inside: Map<Nest, Inside>, origin: Map<Nest, {x: number, y: number}>}} nest
 * @param {{x: Float64Array, y: Float64Array, boxWidth: Float64Array, boxHeight: Float64Array}} at
 * @param {"right" | "down"} direction @param {import("./index.js").Density} density
 */
function wires(
  { nodes },
  { home, place, inside, origin },
  { x, y, boxWidth, boxHeight },
  direction,
  density,
) {
  const right = direction === "right";
  const { radius, neck } = BOX[density];
  let edges = 0;
  for (let i = 0; i < nodes.length; i++) edges += nodes[i].operands.length;
  const edgeFirst = new Int32Array(edges + 1);
  let points = new Float64Array(8 * edges + 16);
  let p = 0;
  /** @param {number} along @param {number} across */
  const put = (along, across) => {
    if (p + 2 > points.length) {
      const more = new Float64Array(2 * points.length);
      more.set(points);
      points = more;
    }
    points[p++] = right ? along : across;
    points[p++] = right ? across : along;
  };
  const [u, v] = right ? [x, y] : [y, x];
  const length = right ? boxWidth : boxHeight;
  const met = { nest: home[0], read: 0, reader: 0 };
  for (let i = 0, e = 0; i < nodes.length; i++) {
    const { op, operands } = nodes[i];
    const slots = operands.length;
    if (slots === 0) continue;
    const step = Math.min(SLOT_STEP, (2 * radius - 8) / Math.max(1, slots - 1));
    const lead = neck + (right ? operatorWidth(op, density) : 2 * radius);
    // Wires of this item that stay in its nest come in written order, in the nest's layout as here.
    let next = /** @type {Inside} */ (inside.get(home[i])).first[place[i]];
    for (let s = 0; s < slots; s++, e++) {
      const from = operands[s];
      edgeFirst[e] = p;
      if (home[from] === home[i]) met.nest = home[i];
      else meet(home, place, from, i, met);
      const { nest } = met;
      const { layout, wire, nests } = /** @type {Inside} */ (inside.get(nest));
      const at = /** @type {{x: number, y: number}} */ (origin.get(nest));
      const edge =
        nest === home[i] ? next++ : /** @type {number} */ (wire.get(met.read * nests.length + met.reader));
      if (home[from] !== nest) put(u[from] + length[from] / 2, v[from]);
      for (let k = layout.edgeFirst[edge]; k < layout.edgeFirst[edge + 1]; k += 2) {
        const px = at.x + layout.points[k];
        const py = at.y + layout.points[k + 1];
        put(right ? px : py, right ? py : px);
      }
      const across = v[i] + (s - (slots - 1) / 2) * step;
      if (nest !== home[i]) put(u[i] - length[i] / 2 - lead + TIP, across);
      else points[right ? p - 1 : p - 2] = across;
    }
  }
  edgeFirst[edges] = p;
  return { edgeFirst, points: points.slice(0, p) };
}
