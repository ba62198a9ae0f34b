/**
 * The graph as the layout sees it: who reads whom, nothing else. Values, names and selection are deliberately absent,
 * so that a node's place cannot depend on them.
 */

/**
 * Edge `e` of slot `s` of node `i` is `first[i] + s`, as on a tape.
 * @typedef {object} Structure
 * @property {number} size nodes
 * @property {number} output id of the output
 * @property {Int32Array} first size + 1 offsets into `operand`
 * @property {Int32Array} operand by edge: the node read
 * @property {Int32Array} user by edge: the node that reads
 * @property {Int32Array} useFirst size + 1 offsets into `use`
 * @property {Int32Array} use edges grouped by the node read, in edge order
 */

/**
 * @param {{output: number, nodes: ArrayLike<{operands: ArrayLike<number>}>}} graph nodes in topological order
 * @returns {Structure}
 * @throws {RangeError} when an operand does not come before its user
 */
export function structureOf(graph) {
  const size = graph.nodes.length;
  const first = new Int32Array(size + 1);
  for (let i = 0; i < size; i++) first[i + 1] = first[i] + graph.nodes[i].operands.length;
  const edges = first[size];
  const operand = new Int32Array(edges);
  const user = new Int32Array(edges);
  const useFirst = new Int32Array(size + 1);
  for (let i = 0; i < size; i++) {
    const { operands } = graph.nodes[i];
    for (let s = 0; s < operands.length; s++) {
      const read = operands[s];
      if (!(read >= 0 && read < i))
        throw new RangeError(`node ${i} reads node ${read}, which is not before it`);
      operand[first[i] + s] = read;
      user[first[i] + s] = i;
      useFirst[read + 1]++;
    }
  }
  for (let i = 0; i < size; i++) useFirst[i + 1] += useFirst[i];
  const next = useFirst.slice(0, size);
  const use = new Int32Array(edges);
  for (let e = 0; e < edges; e++) use[next[operand[e]]++] = e;
  return { size, output: graph.output, first, operand, user, useFirst, use };
}
