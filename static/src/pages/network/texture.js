/** Every value at once, in the network's place. */
import { byId } from "../../dom.js";
import * as slices from "../../network/slices.js";
import { texture } from "../../views/network/texture.js";

/** @param {import("./page.js").Page} page @param {(node: number) => void} openScalars */
export function wireTexture({ now, send, subscribe, flush }, openScalars) {
  const show = (/** @type {boolean} */ whole) =>
    send({ type: "set", fields: { view: whole ? "texture" : "graph" } });
  subscribe(
    (s) => ({
      ...slices.numbers(s),
      graph: s.graph,
      view: s.view,
      playing: s.playing,
      ready: s.goal === null,
    }),
    ({ run, graph, view, playing, ready }) =>
      texture(byId("texture"), byId("tools"), {
        run: { graph, tape: run.tape },
        shown: view === "texture",
        playing,
        ready,
        show,
        open: ({ example: at, node }) => {
          send({ type: "example", example: now().run.examples[at] });
          show(false);
          flush();
          openScalars(node);
        },
      }),
  );
}
