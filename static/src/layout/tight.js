/**
 * Ranks that make all edges together as short as they can be: the network simplex method of Gansner, Koutsofios,
 * North & Vo (1993) on typed arrays. Fewer lanes mean fewer crossings and shorter wires.
 *
 * The cut value of a tree edge is what a unit of its length costs. Edges inside a subtree cancel out, so it is the
 * subtree's sum of (times read - operands), taken with the edge's direction: no bookkeeping per pivot is needed.
 */

/** @typedef {import("./structure.js").Structure} Structure */

/** Node visits spent on pivots; the ranks are feasible, and no worse than before, whenever it stops. */
const WORK = 2_000_000;
const CANDIDATES = 3;

/**
 * @param {Structure} structure
 * @param {Int32Array} rank feasible ranks, rewritten
 */
export function tightenRanks(structure, rank) {
  if (structure.size === 0) return;
  const tree = new Tree(structure, rank);
  chooseTree(structure, rank, tree.chosen);
  tree.hang();
  for (let work = 0; work < WORK; work += structure.size + 4 * tree.count) {
    const child = tree.leaving();
    if (child < 0 || !tree.pivot(child)) return;
  }
}

/** A spanning tree, one per component of the graph, with the sums of its subtrees. */
class Tree {
  /** @param {Structure} structure @param {Int32Array} rank */
  constructor(structure, rank) {
    const { size, operand } = structure;
    this.structure = structure;
    this.rank = rank;
    this.parent = new Int32Array(size).fill(-1);
    /** By node: the edge to its parent, or -1. */
    this.edge = new Int32Array(size).fill(-1);
    /** By edge: whether it is in the tree. */
    this.chosen = new Uint8Array(operand.length);
    /** Nodes in the subtree, and the sum of their pulls. */
    this.below = new Int32Array(size);
    this.pull = new Int32Array(size);
    /** Nodes gathered last carry the turn's number. */
    this.members = new Int32Array(size);
    this.mark = new Int32Array(size);
    this.count = 0;
    this.turn = 0;
    this.last = 0;
  }

  /** From the chosen edges: parents, the output being the root of its tree, and the sums of the subtrees. */
  hang() {
    const { parent, edge, below, pull, chosen } = this;
    const { first, operand, user, useFirst, use, size, output } = this.structure;
    const seen = new Uint8Array(size);
    const order = new Int32Array(size);
    let count = 0;
    const reach = (/** @type {number} */ node, /** @type {number} */ from, /** @type {number} */ e) => {
      if (seen[node]) return;
      seen[node] = 1;
      parent[node] = from;
      edge[node] = e;
      order[count++] = node;
    };
    for (let root = size, next = 0; root >= 0; root--) {
      reach(root === size ? output : root, -1, -1);
      for (; next < count; next++) {
        const i = order[next];
        for (let e = first[i]; e < first[i + 1]; e++) if (chosen[e]) reach(operand[e], i, e);
        for (let k = useFirst[i]; k < useFirst[i + 1]; k++)
          if (chosen[use[k]]) reach(user[use[k]], i, use[k]);
      }
    }
    for (let i = 0; i < size; i++) {
      below[i] = 1;
      pull[i] = useFirst[i + 1] - useFirst[i] - (first[i + 1] - first[i]);
    }
    for (let k = size - 1; k >= 0; k--) {
      const above = parent[order[k]];
      if (above < 0) continue;
      below[above] += below[order[k]];
      pull[above] += pull[order[k]];
    }
  }

  /**
   * The lower end of a tree edge that gains by being longer: of the next few, the one that gains most; -1 when none
   * does. The search goes on where it ended, so that no edge starves.
   */
  leaving() {
    const { edge, pull } = this;
    const { operand, size } = this.structure;
    let found = -1;
    let most = 0;
    let at = this.last;
    for (let k = 0, candidates = 0; k < size && candidates < CANDIDATES; k++) {
      at = at + 1 < size ? at + 1 : 0;
      const cut = edge[at] < 0 ? 0 : operand[edge[at]] === at ? pull[at] : -pull[at];
      if (cut >= 0) continue;
      candidates++;
      if (cut >= most) continue;
      most = cut;
      found = at;
    }
    this.last = at;
    return found;
  }

  /**
   * Takes the edge above a node out of the tree, and the shortest one that can replace it in.
   * @param {number} child
   * @returns {boolean} whether there is one
   */
  pivot(child) {
    const { operand, user, size } = this.structure;
    const leftward = operand[this.edge[child]] === child;
    // The subtree moves against the rest of its tree, or the rest against it: whichever is smaller.
    const inner = 2 * this.below[child] <= size;
    this.gather(inner ? child : this.parent[child], this.edge[child]);
    const left = leftward === inner;
    const entering = left ? this.nearestLeft() : this.nearestRight();
    if (entering < 0) return false;
    const slack = this.rank[user[entering]] - this.rank[operand[entering]] - 1;
    if (slack > 0) this.shift(left ? -slack : slack);
    const operandMoves = (this.mark[operand[entering]] === this.turn) === inner;
    this.regraft(child, entering, operandMoves ? operand[entering] : user[entering]);
    return true;
  }

  /**
   * The part of the tree on one side of an edge, into `members`.
   * @param {number} from a node of that side @param {number} without the edge
   */
  gather(from, without) {
    const { members, mark, chosen } = this;
    const { first, operand, user, useFirst, use } = this.structure;
    const turn = ++this.turn;
    members[0] = from;
    mark[from] = turn;
    let count = 1;
    for (let k = 0; k < count; k++) {
      const i = members[k];
      for (let e = first[i]; e < first[i + 1]; e++) {
        if (chosen[e] === 0 || e === without || mark[operand[e]] === turn) continue;
        mark[operand[e]] = turn;
        members[count++] = operand[e];
      }
      for (let u = useFirst[i]; u < useFirst[i + 1]; u++) {
        const e = use[u];
        if (chosen[e] === 0 || e === without || mark[user[e]] === turn) continue;
        mark[user[e]] = turn;
        members[count++] = user[e];
      }
    }
    this.count = count;
  }

  /** The shortest edge by which a member reads another node. */
  nearestLeft() {
    const { members, count, mark, turn, rank } = this;
    const { first, operand } = this.structure;
    let found = -1;
    let least = rank.length;
    for (let k = 0; k < count; k++) {
      const i = members[k];
      for (let e = first[i]; e < first[i + 1]; e++) {
        if (rank[i] - rank[operand[e]] >= least || mark[operand[e]] === turn) continue;
        least = rank[i] - rank[operand[e]];
        found = e;
      }
    }
    return found;
  }

  /** The shortest edge by which another node reads a member. */
  nearestRight() {
    const { members, count, mark, turn, rank } = this;
    const { user, useFirst, use } = this.structure;
    let found = -1;
    let least = rank.length;
    for (let k = 0; k < count; k++) {
      const i = members[k];
      for (let u = useFirst[i]; u < useFirst[i + 1]; u++) {
        const reader = user[use[u]];
        if (rank[reader] - rank[i] >= least || mark[reader] === turn) continue;
        least = rank[reader] - rank[i];
        found = use[u];
      }
    }
    return found;
  }

  /** @param {number} by ranks, all members */
  shift(by) {
    for (let k = 0; k < this.count; k++) this.rank[this.members[k]] += by;
  }

  /**
   * Hangs the subtree of `child` on the entering edge: the path from `end` up to `child` is turned round.
   * @param {number} child @param {number} entering @param {number} end the end of that edge in the subtree
   */
  regraft(child, entering, end) {
    const { parent, edge, below, pull, chosen } = this;
    const { operand, user } = this.structure;
    const many = below[child];
    const whole = pull[child];
    for (let i = parent[child]; i >= 0; i = parent[i]) {
      below[i] -= many;
      pull[i] -= whole;
    }
    chosen[edge[child]] = 0;
    chosen[entering] = 1;
    let above = operand[entering] === end ? user[entering] : operand[entering];
    for (let i = above; i >= 0; i = parent[i]) {
      below[i] += many;
      pull[i] += whole;
    }
    let through = entering;
    let fewer = 0;
    let less = 0;
    for (let node = end; ; ) {
      const nextUp = parent[node];
      const nextEdge = edge[node];
      const oldBelow = below[node];
      const oldPull = pull[node];
      parent[node] = above;
      edge[node] = through;
      below[node] = many - fewer;
      pull[node] = whole - less;
      if (node === child) return;
      fewer = oldBelow;
      less = oldPull;
      above = node;
      through = nextEdge;
      node = nextUp;
    }
  }
}

/**
 * Chooses a spanning tree of edges of length 1, ranks being shifted until there is one: stretches joined by such edges
 * move, as a whole, up to what is nearest to them. Time O(edges log nodes).
 * @param {Structure} structure
 * @param {Int32Array} rank
 * @param {Uint8Array} chosen by edge, written
 */
function chooseTree({ size, first, operand, user, useFirst, use }, rank, chosen) {
  /** The members of a stretch are a ring through `next`; its first carries the number. */
  const stretch = Int32Array.from({ length: size }, (_, i) => i);
  const next = stretch.slice();
  const many = new Int32Array(size).fill(1);
  const join = (/** @type {number} */ e) => {
    let [large, small] = [stretch[operand[e]], stretch[user[e]]];
    if (many[large] < many[small]) [large, small] = [small, large];
    many[large] += many[small];
    for (let i = small; stretch[i] !== large; i = next[i]) stretch[i] = large;
    [next[large], next[small]] = [next[small], next[large]];
    chosen[e] = 1;
    return large;
  };
  for (let e = 0; e < operand.length; e++)
    if (rank[user[e]] - rank[operand[e]] === 1 && stretch[operand[e]] !== stretch[user[e]]) join(e);
  const queue = [];
  for (let i = 0; i < size; i++) if (stretch[i] === i) queue.push(i);
  for (let q = 0; q < queue.length; q++) {
    const own = queue[q];
    if (stretch[own] !== own || many[own] === size) continue;
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    let shift = 0;
    let i = own;
    do {
      for (let e = first[i]; e < first[i + 1]; e++) {
        const slack = rank[i] - rank[operand[e]] - 1;
        if (slack >= least || stretch[operand[e]] === own) continue;
        nearest = e;
        least = slack;
        shift = -slack;
      }
      for (let k = useFirst[i]; k < useFirst[i + 1]; k++) {
        const slack = rank[user[use[k]]] - rank[i] - 1;
        if (slack >= least || stretch[user[use[k]]] === own) continue;
        nearest = use[k];
        least = slack;
        shift = slack;
      }
      i = next[i];
    } while (i !== own);
    if (nearest < 0) continue;
    do {
      rank[i] += shift;
      i = next[i];
    } while (i !== own);
    queue.push(join(nearest));
  }
}
