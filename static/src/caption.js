/** A picture's title and description. */

import { nameOf } from "./explain.js";
import { exactNumber } from "./numbers.js";
import { titleOf } from "./state.js";

/** What stands in the picture's title and description. @param {import("./state.js").State} state */
export function captionOf(state) {
  const { graph, tape } = state;
  const { length } = graph.nodes;
  const output = `${nameOf(graph, graph.output)} is ${exactNumber(tape.data[graph.output])}`;
  const about = `A computation graph of ${length} values with data and grad on each; ${output}.`;
  return { title: titleOf(state), about };
}
