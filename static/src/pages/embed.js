/** A graph in a frame of its own: the state and the options come from the address, the host is the window around. */

import { createAsker, examplesAt } from "../api.js";
import { byId, write } from "../dom.js";
import { answerHost } from "../embed/frame.js";
import { readOptions } from "../embed/options.js";
import { createPlayer, Refusal } from "../embed/player.js";
import { readLink } from "../url.js";

/** What the page came with: what the query asks for as a link's fields, and its graph or what is wrong with it. */
const first = JSON.parse(byId("first").textContent ?? "{}");

const query = new URLSearchParams(location.search);
const fragment = new URLSearchParams(location.hash.replace(/^#/, ""));
const options = readOptions((name) => fragment.get(name) ?? query.get(name));
const api = {
  graph: createAsker(location.href, { onAway: (seconds) => player.away(seconds) }),
  examples: () => examplesAt(location.href),
};
const player = createPlayer(byId("embed"), { api, studio: new URL("./", location.href), options });
player.on("ready", ({ state }) => {
  const title = state.output.name === null ? "A graph" : `The graph of ${state.output.name}`;
  write(byId("title"), title);
  document.title = `${title} · SeeGrad`;
});
if (parent !== window) answerHost(player, parent);
// A host that gives its frame another address, or a reader who pastes one over, gets what that says.
addEventListener("hashchange", () => location.reload());
try {
  await open();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
}

/** @throws {Refusal} when there is no graph to show; the page says so */
async function open() {
  const asked = await readLink(location.hash);
  // A program in the fragment comes with all that belongs to it; an example there stands over the query's.
  if (asked.program !== undefined || asked.example !== undefined) {
    await player.load(asked);
    return;
  }
  const searched = await readLink(location.search);
  const link = { ...first.link, ...searched, ...asked, program: first.link.program };
  const given = searched.values === undefined && asked.values === undefined;
  if (given && first.problem) player.refuse(first.problem, link.program);
  else await player.load(link, given ? first.graph : undefined);
}
