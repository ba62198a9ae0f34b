/**
 * Groups as a nest: which nodes and groups lie directly in which group, and the wires between those as each group sees
 * them. A group whose outside both feeds it and reads from it has no place in an order; it is dissolved. Pure.
 */

/**
 * @typedef {{op: string, operands: ArrayLike<number>, role: string, group?: string | null, card?: {kind: string, group?: string} | null}} NestedNode a card lies where its group does
 * @typedef {{id: string, kind: string, label: string, parent: string | null}} NestedGroup
 * @typedef {{output: number, nodes: ArrayLike<NestedNode>, groups: readonly NestedGroup[]}} NestedGraph
 */

/**
 * A nest. Its items are its nodes and the nests in it, operands before users.
 * @typedef {object} Nest
 * @property {NestedGroup | null} group null: the whole
 * @property {Nest | null} parent
 * @property {number} depth of the whole: 0
 * @property {(number | Nest)[]} items a node's id or a nest
 * @property {number[][]} reads by item: the items it reads, by number, each once for a nest and once per slot for a node;
 *   -1 outside the nest
 * @property {number} place in the parent's items
 */

/**
 * @param {NestedGraph} graph
 * @returns {{root: Nest, home: Nest[], place: Int32Array}} home: by node, the nest it lies in; place: its item there
 */
export function nestOf(graph) {
  /** @type {Set<string>} */
  const dissolved = new Set();
  for (;;) {
    const made = build(graph, dissolved);
    if (typeof made !== "string") return made;
    dissolved.add(made);
  }
}

/** @param {NestedGraph} graph @param {ReadonlySet<string>} dissolved @returns {ReturnType<typeof nestOf> | string} the id of a group to dissolve */
function build({ nodes, groups }, dissolved) {
  const table = new Map(groups.map((group) => [group.id, group]));
  /** @type {Nest} */
  const root = { group: null, parent: null, depth: 0, items: [], reads: [], place: 0 };
  /** @type {Map<string, Nest>} */
  const nests = new Map();
  /** @param {string | null | undefined} id @returns {Nest} */
  const nestAt = (id) => {
    const known = nests.get(id ?? "");
    if (known !== undefined) return known;
    const group = table.get(id ?? "");
    if (group === undefined) return root;
    const parent = nestAt(group.parent);
    if (dissolved.has(group.id)) {
      nests.set(group.id, parent);
      return parent;
    }
    /** @type {Nest} */
    const nest = { group, parent, depth: parent.depth + 1, items: [], reads: [], place: -1 };
    nests.set(group.id, nest);
    return nest;
  };
  const home = Array.from({ length: nodes.length }, (_, i) => {
    const { card, group } = nodes[i];
    return nestAt(card?.group === undefined ? group : table.get(card.group)?.parent);
  });
  const place = new Int32Array(nodes.length);
  // Nests are put among their parent's items when their last node is: by then all they read stands there.
  const last = new Map();
  for (let i = 0; i < nodes.length; i++)
    for (let at = /** @type {Nest | null} */ (home[i]); at?.parent; at = at.parent) last.set(at, i);
  for (let i = 0; i < nodes.length; i++) {
    place[i] = home[i].items.push(i) - 1;
    for (let at = home[i]; at.parent && last.get(at) === i; at = at.parent)
      at.place = at.parent.items.push(at) - 1;
  }
  const every = new Set([root, ...nests.values()]);
  for (const nest of every) nest.reads = nest.items.map(() => []);
  const met = { nest: root, read: 0, reader: 0 };
  for (let i = 0; i < nodes.length; i++) {
    const { operands } = nodes[i];
    for (let s = 0; s < operands.length; s++) {
      const from = operands[s];
      if (home[from] === home[i]) {
        home[i].reads[place[i]].push(place[from]);
        continue;
      }
      home[i].reads[place[i]].push(-1);
      meet(home, place, from, i, met);
      const reads = met.nest.reads[met.reader];
      if (typeof met.nest.items[met.reader] === "number") reads[s] = met.read;
      else if (!reads.includes(met.read)) reads.push(met.read);
    }
  }
  for (const nest of every) {
    const stuck = sort(nest, place);
    if (stuck !== null) return stuck;
  }
  return { root, home, place };
}

/**
 * The nest in which two nodes of different nests meet, and the items of it that they are or lie in.
 * @param {Nest[]} home @param {Int32Array} place @param {number} from @param {number} to
 * @param {{nest: Nest, read: number, reader: number}} met written: so many are asked for that each answer would be litter
 */
export function meet(home, place, from, to, met) {
  let a = home[from];
  let b = home[to];
  let read = place[from];
  let reader = place[to];
  while (a !== b) {
    if (a.depth >= b.depth && a.parent) {
      read = a.place;
      a = a.parent;
    } else if (b.parent) {
      reader = b.place;
      b = b.parent;
    }
  }
  met.nest = a;
  met.read = read;
  met.reader = reader;
}

/**
 * Puts a nest's items into an order with operands first, as near as can be to that of their last nodes.
 * @param {Nest} nest @param {Int32Array} place of nodes, rewritten
 * @returns {string | null} a group that closes a circle
 */
function sort(nest, place) {
  const { items, reads } = nest;
  if (reads.every((list, k) => list.every((from) => from < k))) return null;
  const state = new Uint8Array(items.length);
  /** @type {number[]} */
  const order = [];
  for (let start = 0; start < items.length; start++) {
    /** @type {[number, number][]} an item, and how many of what it reads were seen to */
    const stack = state[start] === 0 ? [[start, 0]] : [];
    state[start] = Math.max(1, state[start]);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const [item, seen] = top;
      if (seen === reads[item].length) {
        state[item] = 2;
        order.push(item);
        stack.pop();
        continue;
      }
      top[1]++;
      const from = reads[item][seen];
      if (from < 0 || state[from] === 2) continue;
      if (state[from] === 1) {
        const around = stack.map(([at]) => items[at]).filter((one) => typeof one !== "number");
        return around[around.length - 1]?.group?.id ?? null;
      }
      state[from] = 1;
      stack.push([from, 0]);
    }
  }
  const at = new Int32Array(items.length);
  order.forEach((item, k) => {
    at[item] = k;
  });
  nest.items = order.map((item) => items[item]);
  nest.reads = order.map((item) => reads[item].map((from) => (from < 0 ? -1 : at[from])));
  nest.items.forEach((item, k) => {
    if (typeof item === "number") place[item] = k;
    else item.place = k;
  });
  return null;
}
