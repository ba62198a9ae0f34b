/**
 * The studio's views that are not needed at first sight, a chunk of their own: pages/studio.js loads it when the page
 * rests, or at once where one of them is asked for. Each shows itself as the state says, whenever it comes.
 */

import { themeSeen } from "./bar.js";
import { byId, fill } from "./dom.js";
import { matching } from "./find.js";
import { createMinimap } from "./minimap.js";
import { partOf } from "./part.js";
import { placeOf } from "./shown.js";
import * as slices from "./slices.js";
import { bubble } from "./views/bubble.js";
import { find, openFind } from "./views/find.js";
import { guess } from "./views/guess.js";
import { happened } from "./views/happened.js";
import { help } from "./views/help.js";
import { ledger } from "./views/ledger.js";
import { names } from "./views/names.js";
import { nudge } from "./views/nudge.js";
import { paths } from "./views/paths.js";
import { picture } from "./views/picture.js";
import { step } from "./views/step.js";
import { table } from "./views/table.js";
import { why as causes } from "./views/why.js";
import { why } from "./why.js";

/** @param {import("./effects.js").Store} store @param {import("./stage.js").Stage} stage */
export function wireOpened(store, stage) {
  const { subscribe, dispatch: send, state } = store;
  subscribe(
    (s) => ({ ...slices.explaining(s), send }),
    (slice) => {
      ledger(byId("ledger"), slice);
      paths(byId("paths"), { ...slice, id: slice.id ?? slice.handed });
    },
  );
  subscribe(slices.stepping, (slice) => step(byId("step"), slice));
  subscribe(slices.happening, (slice) => happened(byId("happened"), slice));
  wireBubble(state, stage);
  wireFind(store, stage);
  wirePicture(store, stage);
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

/**
 * Beside an edge the arithmetic of the step just taken.
 * @param {import("./effects.js").Store["state"]} now
 * @param {import("./stage.js").Stage} stage
 */
function wireBubble(now, stage) {
  stage.on("view", drawBubble);
  stage.on("paint", drawBubble);
  drawBubble();
  function drawBubble() {
    const { graph, shown, tape: run, tick, walk } = slices.staging(now());
    const event = walk?.current?.kind === "contribution" && now().asking === "step" ? walk.current : null;
    const scene = event === null ? null : stage.scene;
    if (event === null || scene === null) {
      fill(byId("bubble"));
      return;
    }
    const camera = stage.transform;
    /** @param {{x: number, y: number, width: number, height: number}} box */
    const onPage = ({ x, y, width, height }) => ({
      x: camera.x + x * camera.k,
      y: camera.y + y * camera.k,
      width: width * camera.k,
      height: height * camera.k,
    });
    const chip = scene.edges.find(({ edge }) => edge === shown.edgeOf[event.edge])?.chip;
    const { clientWidth, clientHeight } = byId("stage");
    const room = { x: 8, y: 64, width: clientWidth - 16, height: clientHeight - 120 };
    const at = chip ? onPage(chip) : null;
    bubble(byId("bubble"), { graph, tape: run, tick, event, at, nodes: scene.nodes.map(onPage), room });
  }
}

/**
 * Search by name: what it means is marked in the graph as it is drawn, a closed group for what lies inside.
 * @param {import("./effects.js").Store} store @param {import("./stage.js").Stage} stage
 */
function wireFind({ dispatch: send, state: now }, stage) {
  /** Nodes of the graph, and where they are drawn. @param {string} text */
  const search = (text) => {
    const { graph, shown } = slices.staging(now());
    const places = new Map();
    for (const id of matching(graph.nodes, text)) {
      const place = placeOf(shown, graph, id);
      if (place !== undefined && !places.has(place)) places.set(place, id);
    }
    return places;
  };
  find(byId("find"), {
    search: (text) => {
      const places = search(text);
      stage.setView({ found: new Set(places.keys()) });
      return places.size;
    },
    next: (text, way) => {
      const { graph, shown, selected } = slices.staging(now());
      const places = search(text);
      const order = [...places.keys()];
      const at = selected === null ? -1 : order.indexOf(placeOf(shown, graph, selected));
      const to = at < 0 ? (way > 0 ? 0 : order.length - 1) : (at + way + order.length) % order.length;
      send({ type: "select", id: places.get(order[to]) });
      stage.reveal(order[to], true);
      return to + 1;
    },
    leave: () => {
      stage.setView({ found: new Set() });
      const { selected, graph, shown } = slices.staging(now());
      stage.focus(placeOf(shown, graph, selected ?? graph.output));
    },
  });
  byId("find").addEventListener("open", () => openFind(byId("find")));
}

/** @param {import("./effects.js").Store} store @param {import("./stage.js").Stage} stage */
function wirePicture({ state: now }, stage) {
  /** @type {import("./views/picture.js").Slice} */
  const slice = {
    save: async (what, format) => {
      const shown = stage.picture(what);
      if (shown === null) return;
      const loaded = await partOf(() => import("./save.js"));
      if (loaded === null) return;
      const { captionOf, fileName, savePng, saveSvg } = loaded;
      const described = captionOf(now());
      const caption = { ...described, theme: themeSeen(now().theme), name: fileName(described.title) };
      if (format === "svg") saveSvg(shown, caption);
      else savePng(shown, caption);
    },
  };
  picture(byId("picture"), slice);
  picture(byId("menu-picture"), slice);
}
