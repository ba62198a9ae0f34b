/**
 * The studio's views that are not needed at first sight, a chunk of their own: pages/studio.js loads it when the page
 * rests, or at once where one of them is asked for. Each shows itself as the state says, whenever it comes.
 */

import { byId } from "./dom.js";
import { createMinimap } from "./minimap.js";
import * as slices from "./slices.js";
import { guess } from "./views/guess.js";
import { help } from "./views/help.js";
import { names } from "./views/names.js";
import { nudge } from "./views/nudge.js";
import { table } from "./views/table.js";
import { why as causes } from "./views/why.js";
import { why } from "./why.js";

/** @param {import("./effects.js").Store} store @param {import("./stage.js").Stage} stage */
export function wireOpened({ subscribe, dispatch: send }, stage) {
  slices.findCausesBy(why);
  subscribe(
    (s) => ({ ...slices.causing(s), send }),
    (slice) => causes(byId("why"), slice),
  );
  subscribe(
    (s) => ({ ...slices.nudging(s), send }),
    (slice) => nudge(byId("nudge"), slice),
  );
  subscribe(
    (s) => ({ ...slices.guessing(s), send }),
    (slice) => guess(byId("guess"), slice),
  );
  subscribe(slices.editing, (slice) => names(byId("names"), slice));
  subscribe(
    (s) => ({ ...slices.listing(s), send }),
    (slice) => table(byId("table"), slice),
  );
  subscribe(
    (s) => ({ open: s.help, send }),
    (slice) => help(byId("help"), slice),
  );
  createMinimap(byId("minimap"), byId("stage"), stage);
  // The way to a cause is marked in the graph, too.
  send({ type: "set", fields: {} });
}
