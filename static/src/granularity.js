/**
 * How finely a graph is drawn: groups (a neuron, a layer, a sum, an example) closed into one card each. The numbers are
 * still those of every scalar; what a closed group's wires carry is the sum of what flows through the edges they stand
 * for, by the node that receives it. Pure; the trace and the inspector keep to the whole graph.
 */
import { aliased } from "./alias.js";
import { isCompound, takeApart } from "./apart.js";
import { grainBy } from "./grain.js";
import { nodeKeys } from "./labels.js";
import { MOST_CARDS } from "./layout/boxes.js";
import { contributionOf, isClosed } from "./replay.js";
import { cardDraw, largestInside, stillCard } from "./scene-card.js";
import { framesDraw, groupFrames } from "./scene-frame.js";
import { nextDraws } from "./scene-next.js";
import { firstEdges, wholeOf } from "./shown.js";
import { EVERY } from "./state.js";

/**
 * @typedef {import("./replay.js").Graph} Graph
 * @typedef {import("./replay.js").GraphNode} GraphNode
 * @typedef {import("./replay.js").Tape} Tape
 * @typedef {import("./trace.js").TraceState} TraceState
 * @typedef {import("./shown.js").Card} Card
 * @typedef {import("./shown.js").Shown} Shown
 * @typedef {typeof GRAIN} Grain
 */

/** Groups that a card can stand for; the others hold leaves alone, or are an op taken apart. */
const KINDS = new Set(["sum", "neuron", "layer", "example", "loss"]);
/** A sum of fewer additions is no longer than its sign. */
const LEAST_ADDITIONS = 3;

/**
 * Groups with an operation inside, from the table of groups.
 * @param {Pick<Graph, "nodes" | "groups">} graph
 * @returns {Map<string, Graph["groups"][number]>}
 */
export function closableGroups({ nodes, groups }) {
  const table = new Map(groups.map((group) => [group.id, group]));
  /** @type {Map<string, Graph["groups"][number]>} */
  const found = new Map();
  for (const { op, operands, group } of nodes) {
    if (op === "leaf" || operands.length === 0) continue;
    for (
      let at = table.get(group ?? "");
      at !== undefined && !found.has(at.id);
      at = table.get(at.parent ?? "")
    )
      found.set(at.id, at);
  }
  return new Map([...found].filter(([, { kind }]) => KINDS.has(kind)));
}

/**
 * The groups closed at first: the finest grain at which the graph fits on cards. Long sums come first; then neurons, and
 * all examples but one; then layers; then every example.
 * @param {Graph} graph
 * @returns {Set<string>}
 */
export function usualClosed(graph) {
  const groups = [...closableGroups(graph).values()];
  const additions = new Map(groups.map(({ id }) => [id, 0]));
  for (const { op, group } of graph.nodes)
    if (op !== "leaf" && group !== null) additions.set(group, (additions.get(group) ?? 0) + 1);
  const sums = groups.filter(({ id, kind }) => kind === "sum" && (additions.get(id) ?? 0) >= LEAST_ADDITIONS);
  const examples = groups.filter(({ kind }) => kind === "example");
  const of = (/** @type {string} */ kind) => groups.filter((group) => group.kind === kind);
  let closed = new Set(sums.map(({ id }) => id));
  for (const more of [
    [],
    [...of("neuron"), ...examples.slice(1)],
    of("layer"),
    [...of("loss"), ...examples],
  ]) {
    closed = new Set([...closed, ...more.map(({ id }) => id)]);
    if (fewestShown(graph, closed) > MOST_CARDS) continue;
    if (closeGroups(graph, closed).graph.nodes.length <= MOST_CARDS) break;
  }
  return closed;
}

/**
 * How many nodes are drawn with groups closed, unless some of them stay open: found without drawing them up, since a large
 * graph is first tried at grains that are much too fine.
 * @param {Graph} graph @param {ReadonlySet<string>} closed
 */
function fewestShown(graph, closed) {
  const seen = new Set();
  let open = 0;
  for (const card of cardsOf(graph, closableGroups(graph), closed)) {
    if (card === "") open++;
    else if (card !== null) seen.add(card);
  }
  return open + seen.size;
}

/** @type {WeakMap<Graph, Set<string>>} */
const USUAL = new WeakMap();

/**
 * A graph as finely as a reader wants it: groups closed that usually are, but for what was folded otherwise. With all
 * groups open, weights that several examples share are drawn once per reader.
 * @param {Graph} graph
 * @param {ReadonlySet<string>} folds
 * @returns {{closed: ReadonlySet<string>, usual: number, shown: Shown}} usual: how many groups are usually closed
 */
function shownWith(graph, folds) {
  const usual = USUAL.get(graph) ?? usualClosed(graph);
  USUAL.set(graph, usual);
  const groups = closableGroups(graph);
  const closed = new Set(folds.has(EVERY) ? [] : usual);
  for (const id of folds) if (groups.has(id) && !closed.delete(id)) closed.add(id);
  const examples = graph.groups.filter(({ kind }) => kind === "example").length;
  const shown = closed.size === 0 && examples > 1 ? aliased(graph) : closeGroups(graph, closed);
  return { closed, usual: usual.size, shown };
}

/**
 * @param {Graph} graph
 * @param {ReadonlySet<string>} closed ids of groups; one inside another closed one is not seen
 * @returns {Shown}
 */
export function closeGroups(graph, closed) {
  const groups = closableGroups(graph);
  for (const shut = new Set([...closed].filter((id) => groups.has(id))); ; ) {
    if (shut.size === 0) return wholeOf(graph);
    const cards = cardsOf(graph, groups, shut);
    const order = inOrder(graph, cards);
    if (typeof order !== "string") return shownOf(graph, groups, cards, order);
    // A group that both feeds and reads what lies outside has no place in the order: it stays open.
    shut.delete(order);
  }
}

/**
 * By node: the outermost closed group around it, "" for none, null for a leaf that its readers' cards tell of.
 * @param {Graph} graph
 * @param {Map<string, Graph["groups"][number]>} groups
 * @param {ReadonlySet<string>} shut
 * @returns {(string | null)[]}
 */
function cardsOf({ nodes, groups: all, output }, groups, shut) {
  const table = new Map(all.map((group) => [group.id, group]));
  /** @type {Map<string, string>} */
  const outermost = new Map();
  const cardOf = (/** @type {string | null} */ group) => {
    if (group === null) return "";
    let found = outermost.get(group);
    if (found === undefined) {
      found = "";
      for (let at = table.get(group); at !== undefined; at = table.get(at.parent ?? ""))
        if (shut.has(at.id)) found = at.id;
      outermost.set(group, found);
    }
    return found;
  };
  /** @type {(string | null)[]} */
  const cards = nodes.map(({ group }) => cardOf(group));
  const outside = new Uint8Array(nodes.length);
  const used = new Uint8Array(nodes.length);
  for (const [id, { operands }] of nodes.entries()) {
    const card = cards[id] ?? "";
    const tells = card !== "" && table.get(card)?.kind !== "sum";
    for (const from of operands) {
      used[from] = 1;
      if (!tells) outside[from] = 1;
    }
  }
  for (const [id, { op, role, group }] of nodes.entries()) {
    if (op !== "leaf" || cards[id] !== "" || !used[id] || outside[id] || id === output) continue;
    // A weight lives in a group of leaves beside the operations; a literal, with what reads it.
    if (role === "constant" || (role === "parameter" && group !== null && !groups.has(group)))
      cards[id] = null;
  }
  return cards;
}

/**
 * The shown nodes in an order that has operands first: a node of the graph, or a card's name.
 * @param {Graph} graph
 * @param {(string | null)[]} cards
 * @returns {(number | string)[] | string} the name of a card that closes a circle, where there is one
 */
function inOrder({ nodes }, cards) {
  /** @type {Map<number | string, {last: number, waits: Set<number | string>, readers: Set<number | string>}>} */
  const units = new Map();
  const unitOf = (/** @type {number} */ id) => cards[id] || id;
  for (const { id, operands } of nodes) {
    if (cards[id] === null) continue;
    const unit = unitOf(id);
    const known = units.get(unit) ?? { last: id, waits: new Set(), readers: new Set() };
    units.set(unit, known);
    known.last = id;
    for (const from of operands) {
      const other = unitOf(from);
      if (cards[from] === null || other === unit) continue;
      known.waits.add(other);
      units.get(other)?.readers.add(unit);
    }
  }
  const waiting = [...units].sort(([, a], [, b]) => a.last - b.last);
  /** @type {(number | string)[]} */
  const order = [];
  const placed = new Set();
  while (order.length < units.size) {
    const before = order.length;
    for (const [unit, { waits }] of waiting) {
      if (placed.has(unit)) continue;
      if ([...waits].some((other) => !placed.has(other))) continue;
      placed.add(unit);
      order.push(unit);
    }
    if (order.length > before) continue;
    const stuck = waiting.find(([unit]) => typeof unit === "string" && !placed.has(unit));
    return /** @type {string} */ (stuck?.[0]);
  }
  return order;
}

/**
 * @param {Graph} graph
 * @param {Map<string, Graph["groups"][number]>} groups
 * @param {(string | null)[]} cards
 * @param {(number | string)[]} order
 * @returns {Shown}
 */
function shownOf(graph, groups, cards, order) {
  const { nodes, output } = graph;
  const keys = nodeKeys(nodes);
  const first = firstEdges(graph);
  const at = new Map(order.map((unit, id) => [unit, id]));
  const of = Int32Array.from(nodes, (_, id) => (cards[id] === null ? -1 : (at.get(cards[id] || id) ?? -1)));
  const edgeOf = new Int32Array(first[nodes.length]).fill(-1);
  const stands = new Int32Array(order.length);
  /** @type {Map<string, number[]>} */
  const members = new Map();
  /** @type {Uint8Array} read from outside its card */
  const leaves = new Uint8Array(nodes.length);
  leaves[output] = 1;
  for (const { id, operands } of nodes) {
    const card = cards[id];
    if (card) {
      const inside = members.get(card) ?? [];
      inside.push(id);
      members.set(card, inside);
    }
    for (const from of operands) if (cards[from] !== card) leaves[from] = 1;
  }
  /** @type {number[][]} */
  const edges = [];
  const shown = order.map((unit, id) => {
    const inside = typeof unit === "number" ? [unit] : (members.get(unit) ?? []);
    /** @type {number[]} */
    const operands = [];
    /** @type {Map<number, number>} by node read: its shown edge */
    const known = new Map();
    for (const member of inside) {
      for (const [slot, from] of nodes[member].operands.entries()) {
        if (of[from] === id || of[from] === -1) continue;
        const edge = first[member] + slot;
        let e = typeof unit === "number" ? undefined : known.get(from);
        if (e === undefined) {
          e = edges.length;
          known.set(from, e);
          edges.push([]);
          operands.push(of[from]);
        }
        edges[e].push(edge);
        edgeOf[edge] = e;
      }
    }
    if (typeof unit === "number") {
      stands[id] = unit;
      return { ...nodes[unit], id, operands, key: keys[unit], card: null };
    }
    const card = cardFor(graph, groups, unit, inside, leaves);
    stands[id] = card.out;
    const sum = card.kind === "sum";
    return {
      ...nodes[card.out],
      id,
      op: sum ? "Σ" : card.kind,
      operands,
      partials: operands.map(() => null),
      role: inside.includes(output) ? "output" : "intermediate",
      name: sum ? nodes[card.out].name : card.title,
      key: sum ? keys[card.out] : `group ${unit}`,
      unused: inside.every((member) => nodes[member].unused),
      card,
    };
  });
  return { graph: { output: of[output], nodes: shown, groups: graph.groups }, of, edgeOf, stands, edges };
}

/**
 * @param {Graph} graph
 * @param {Map<string, Graph["groups"][number]>} groups
 * @param {string} id
 * @param {number[]} members
 * @param {Uint8Array} read by node: whether another card, or none, reads it
 * @returns {Card}
 */
function cardFor({ nodes }, groups, id, members, read) {
  const { kind, label } = /** @type {Graph["groups"][number]} */ (groups.get(id));
  const ops = members.filter((member) => nodes[member].op !== "leaf");
  const outputs = ops.filter((member) => read[member]);
  const out = outputs.at(-1) ?? ops[ops.length - 1];
  const within = new Set(members);
  const own = members
    .flatMap((member) => [member, ...nodes[member].operands])
    .filter((leaf) => {
      const { role, group } = nodes[leaf];
      return role === "parameter" && (within.has(leaf) || (group !== null && !groups.has(group)));
    });
  const parameters = [...new Set(own)].sort((a, b) => a - b);
  const neurons = new Set(
    [...groups.values()]
      .filter((group) => group.kind === "neuron" && isInside(groups, group.id, id))
      .map((group) => group.id),
  ).size;
  const counted = (/** @type {number} */ count, /** @type {string} */ what) =>
    `${count} ${what}${count === 1 ? "" : "s"}`;
  const note =
    kind === "sum"
      ? `Σ stands for ${counted(ops.length, "addition")}`
      : [
          kind !== "neuron" && neurons > 0 && counted(neurons, "neuron"),
          parameters.length > 0 ? counted(parameters.length, "parameter") : counted(ops.length, "operation"),
        ]
          .filter(Boolean)
          .join(", ");
  const [, number] = /^neuron (\d+)$/.exec(label) ?? [];
  const title =
    kind === "neuron" && number ? `n[${number}]` : label.replace(/^./, (letter) => letter.toUpperCase());
  return { group: id, kind, title, note, members, outputs, out, parameters };
}

/** Whether a group is, or lies in, another. @param {Map<string, Graph["groups"][number]>} groups @param {string} id @param {string} around */
function isInside(groups, id, around) {
  for (let at = groups.get(id); at !== undefined; at = groups.get(at.parent ?? ""))
    if (at.id === around) return true;
  return false;
}

/**
 * The numbers of the shown graph. `flow` is what a shown edge delivers: the sum of the contributions behind it, in the
 * order of the trace. The partial along it is the derivative of the card's one output by the node read, from a walk back
 * inside the card; NaN where the card has several outputs.
 * @param {Shown} shown
 * @param {Tape} tape
 * @param {TraceState | null} walk how far a walk has come; null: everything is written
 * @param {boolean} [slopes] whether the partials along a card's wires are wanted: they cost a walk through it
 * @returns {Tape}
 */
export function shownTape({ graph, edgeOf, edges, stands, of }, tape, walk, slopes = true) {
  const size = graph.nodes.length;
  const first = firstEdges(graph);
  const pick = (/** @type {Float64Array} */ from) => Float64Array.from(stands, (id) => from[id]);
  const flow = Float64Array.from(edges, (behind) =>
    behind.reduceRight((sum, e, k) => {
      const amount = contributionOf(tape, e);
      return k === behind.length - 1 ? amount : sum + amount;
    }, Number.NaN),
  );
  const partial = Float64Array.from(edges, (behind) => (behind.length === 1 ? tape.partial[behind[0]] : 0));
  const made = {
    size,
    output: graph.output,
    code: new Uint8Array(size),
    first,
    operand: Int32Array.from(graph.nodes.flatMap(({ operands }) => operands)),
    owner: Int32Array.from(graph.nodes.flatMap(({ id, operands }) => operands.map(() => id))),
    live: Uint8Array.from(edges, (behind) => Math.max(...behind.map((e) => tape.live[e]))),
    constant: Uint8Array.from(stands, (id) => tape.constant[id]),
    reaches: new Uint8Array(size),
    start: pick(tape.start),
    data: pick(tape.data),
    grad: pick(tape.grad),
    partial,
    flow,
    inner: graph.nodes.map(({ card }) =>
      !card ? null : Float64Array.from(card.parameters, (id) => (walk?.grad ?? tape.grad)[id]),
    ),
  };
  of.forEach((node, id) => {
    if (node >= 0 && tape.reaches[id]) made.reaches[node] = 1;
  });
  for (const { id, card } of graph.nodes) {
    if (!card) made.code[id] = tape.code[stands[id]];
    else if (!slopes) partial.fill(Number.NaN, first[id], first[id + 1]);
    else partial.set(slopesOf(card, tape, edgeOf, first[id], first[id + 1]), first[id]);
  }
  return made;
}

/** @param {Card} card @param {Tape} tape @param {Int32Array} edgeOf @param {number} from @param {number} to */
function slopesOf({ members, outputs, out }, tape, edgeOf, from, to) {
  const slopes = new Float64Array(to - from);
  if (outputs.length > 1) return slopes.fill(Number.NaN);
  /** @type {Map<number, number>} d out / d member */
  const adjoint = new Map([[out, 1]]);
  for (let k = members.length - 1; k >= 0; k--) {
    const above = adjoint.get(members[k]);
    if (above === undefined) continue;
    for (let e = tape.first[members[k] + 1] - 1; e >= tape.first[members[k]]; e--) {
      if (!tape.live[e]) continue;
      const amount = isClosed(tape, e) ? 0 : above * tape.partial[e];
      const target = tape.operand[e];
      if (edgeOf[e] >= 0) slopes[edgeOf[e] - from] += amount;
      else adjoint.set(target, (adjoint.get(target) ?? 0) + amount);
    }
  }
  return slopes;
}

/**
 * A walk through the trace as the shown graph sees it: an event inside a card happens at the card, and nothing opens.
 * @param {Shown} shown
 * @param {TraceState} walk
 * @returns {TraceState}
 */
export function shownWalk({ graph, of, edgeOf, edges, stands }, walk) {
  const { current } = walk;
  const whole = (/** @type {Uint8Array} */ from) =>
    Uint8Array.from(graph.nodes, ({ card }, id) =>
      !card || card.outputs.length === 0
        ? from[stands[id]]
        : Number(card.outputs.every((output) => from[output] === 1)),
    );
  const node = current === null ? -1 : of[current.node];
  const target = current === null || current.target < 0 ? -1 : of[current.target];
  const edge = current === null || current.edge < 0 ? -1 : edgeOf[current.edge];
  return {
    step: walk.step,
    // A leaf without a place of its own is written in the card that reads it.
    current: current && { ...current, node, target: current.target >= 0 && target < 0 ? node : target, edge },
    computed: whole(walk.computed),
    written: whole(walk.written),
    grad: Float64Array.from(stands, (id) => walk.grad[id]),
    waiting: Int32Array.from(stands, (id) => walk.waiting[id]),
    crossed: Uint8Array.from(edges, (behind) => Number(behind.every((e) => walk.crossed[e] === 1))),
  };
}

/**
 * The groups around a node that can be closed, the outermost first.
 * @param {Graph} graph
 * @param {number} id
 */
export function groupsAround(graph, id) {
  const groups = closableGroups(graph);
  const table = new Map(graph.groups.map((group) => [group.id, group]));
  const around = (/** @type {number} */ node) => {
    const chain = [];
    for (let at = table.get(graph.nodes[node].group ?? ""); at; at = table.get(at.parent ?? ""))
      chain.unshift(at);
    return chain.filter((group) => groups.has(group.id));
  };
  const own = around(id);
  const reader = graph.nodes.findIndex(({ operands }) => operands.includes(id));
  const leaf = graph.nodes[id].op === "leaf" && graph.nodes[id].role === "parameter";
  return own.length > 0 || !leaf || reader < 0 ? own : around(reader);
}

/** What most graphs do without. */
const GRAIN = {
  ...{ isCompound, takeApart, shownWith, shownTape, shownWalk, groupsAround },
  ...{ stillCard, cardDraw, largestInside, framesDraw, groupFrames, nextDraws },
};
grainBy(GRAIN);
