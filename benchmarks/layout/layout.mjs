/**
 * One layout of one graph, cold, in a process of its own: `layout.mjs GRAPH CONTENDER`. Prints CPU seconds of the layout
 * alone (imports and reading excluded) and the crossings of straight lines between the boxes, as JSON.
 *
 * `layout.mjs names` lists the graphs; GRAPH is one of them or a file. CONTENDER: ours, dagre, elk; `source` prints the graph for Graphviz instead; `placed` reads places as JSON
 * (`{x: […], y: […]}`) from standard input and counts their crossings. All get the boxes that ours draws.
 */
import { readFileSync } from "node:fs";
import { boxesOf, MOST_CARDS } from "../../static/src/layout/boxes.js";
import { layoutGraph } from "../../static/src/layout/index.js";
import { straightCrossings } from "../../tests/js/fixtures/quality.js";
import { graphOf, NAMES } from "./graphs.mjs";

const LAYER_GAP = 60;
const NODE_GAP = 12;

const [name, contender] = process.argv.slice(2);
const graph = graphOf(name === "names" ? NAMES.known[0] : name);
const drawn = boxesOf(graph.nodes, graph.nodes.length <= MOST_CARDS ? "cards" : "compact", "right");
const edges = graph.nodes.flatMap((node, to) => [...new Set(node.operands)].map((from) => [from, to]));

const width = (i) => drawn.width[i];
const height = (i) => drawn.height[i];

async function timed(work) {
  const began = process.cpuUsage();
  const placed = await work();
  const used = process.cpuUsage(began);
  return { seconds: (used.user + used.system) / 1e6, placed };
}

const CONTENDERS = {
  ours: async () => timed(() => layoutGraph(graph)),
  dagre: async () => {
    const { default: dagre } = await import("@dagrejs/dagre");
    const g = new dagre.graphlib.Graph({ multigraph: false });
    g.setGraph({ rankdir: "LR", nodesep: NODE_GAP, ranksep: LAYER_GAP });
    g.setDefaultEdgeLabel(() => ({}));
    graph.nodes.forEach((_, i) => {
      g.setNode(String(i), { width: width(i), height: height(i) });
    });
    for (const [from, to] of edges) g.setEdge(String(from), String(to));
    return timed(() => {
      dagre.layout(g);
      const at = graph.nodes.map((_, i) => g.node(String(i)));
      return { x: at.map(({ x }) => x), y: at.map(({ y }) => y) };
    });
  },
  elk: async () => {
    const { default: ELK } = await import("elkjs/lib/elk.bundled.js");
    const elk = new ELK();
    const input = {
      id: "root",
      layoutOptions: {
        "elk.algorithm": "layered",
        "elk.direction": "RIGHT",
        "elk.spacing.nodeNode": String(NODE_GAP),
        "elk.layered.spacing.nodeNodeBetweenLayers": String(LAYER_GAP),
      },
      children: graph.nodes.map((_, i) => ({ id: String(i), width: width(i), height: height(i) })),
      edges: edges.map(([from, to]) => ({ id: `${from}-${to}`, sources: [String(from)], targets: [String(to)] })),
    };
    return timed(async () => {
      const { children } = await elk.layout(input);
      return {
        x: children.map((child, i) => child.x + width(i) / 2),
        y: children.map((child, i) => child.y + height(i) / 2),
      };
    });
  },
  placed: async () => ({ seconds: 0, placed: JSON.parse(readFileSync(0, "utf8")) }),
};

if (name === "names") {
  process.stdout.write(JSON.stringify(NAMES));
} else if (contender === "source") {
  const lines = graph.nodes.map(
    (_, i) => `${i} [shape=box, fixedsize=true, label="", width=${width(i) / 72}, height=${height(i) / 72}];`,
  );
  lines.push(...edges.map(([from, to]) => `${from} -> ${to};`));
  process.stdout.write(
    `digraph { rankdir=LR; nodesep=${NODE_GAP / 72}; ranksep=${LAYER_GAP / 72};\n${lines.join("\n")}\n}\n`,
  );
} else {
  const { seconds, placed } = await CONTENDERS[contender]();
  const half = Math.max(...graph.nodes.map((_, i) => width(i))) / 2;
  const crossings = straightCrossings(graph, placed.x, placed.y, half);
  process.stdout.write(JSON.stringify({ seconds, crossings, nodes: graph.nodes.length, edges: edges.length }));
}
