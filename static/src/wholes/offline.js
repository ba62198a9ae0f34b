/**
 * The page that is one file: the embedded graph, and beside it, where there is room, parameters that turn and the
 * inspector. Everything it shows came with it; it asks nobody for anything.
 */

import { byId, h } from "../dom.js";
import { readOptions } from "../embed/options.js";
import { createPlayer } from "../embed/player.js";
import { explaining, turning } from "../slices.js";
import { chain } from "../views/chain.js";
import { ledger } from "../views/ledger.js";
import { parameters } from "../views/parameters.js";
import { paths } from "../views/paths.js";

/**
 * @typedef {object} First
 * @property {import("../state.js").Graph} graph
 * @property {{program: string, values?: Record<string, number>}} request what the graph is of
 * @property {import("../url.js").Link} link how it was looked at
 * @property {Record<string, string>} options of the embedded graph
 * @property {string | null} studio the address of the site, where it has one
 * @property {boolean} aside whether parameters and inspector stand beside the graph
 */

/** @type {First} */
const { graph, request, link, options, studio, aside } = JSON.parse(byId("first").textContent ?? "{}");

/** Nobody to ask: another program is another file. */
const api = { graph: async () => null, examples: async () => [] };
const player = createPlayer(byId("embed"), {
  api,
  studio: new URL(studio ?? "about:blank"),
  options: readOptions((name) => options[name] ?? null),
});
player.load({ ...link, ...request }, graph).then(() => {
  if (aside) stand(player.store(), byId("aside"));
});

/** @param {import("../effects.js").Store} store @param {HTMLElement} root */
function stand({ subscribe, dispatch: send }, root) {
  const [turned, chained, listed, led] = ["Parameters", "Chain rule", "Ledger", "Paths"].map((label) =>
    h("section", { class: "block", "aria-label": label }),
  );
  root.append(turned, chained, listed, led);
  root.hidden = false;
  subscribe(
    (s) => ({ ...turning(s), send }),
    (slice) => parameters(turned, slice),
  );
  subscribe(
    (s) => ({ ...explaining(s), send }),
    (slice) => {
      chain(chained, slice);
      ledger(listed, slice);
      paths(led, { ...slice, id: slice.id ?? slice.handed });
    },
  );
}
