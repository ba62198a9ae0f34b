/** What stands about the network: the bar with its title, what is said, the panes of a phone, the key map. */
import { systemDark, wireBar } from "../../bar.js";
import { byId, fill, h, set, write } from "../../dom.js";
import { segments } from "../../form.js";
import { KEY_MAP } from "../../network/keys.js";
import { presetOf } from "../../network/link.js";
import * as slices from "../../network/slices.js";
import { help } from "../../views/help.js";
import { notice } from "../../views/network/notice.js";
import { tools } from "../../views/network/tools.js";

/** @typedef {import("./page.js").Page} Page */

/** @param {Page} page @param {{fit: () => void}} stage */
export function wireFrame({ now, send, subscribe }, { fit }) {
  const root = byId("network");
  subscribe(
    ({ pane, problem, view }) => ({ pane, problem, view }),
    ({ pane, problem, view }) =>
      set(root, { "data-pane": pane, "data-stale": problem !== null, "data-view": view }),
  );
  subscribe(
    ({ busy }) => ({ busy }),
    ({ busy }) =>
      fill(
        byId("busy"),
        busy !== null && h("div", { class: "busy-line" }),
        busy !== null && h("span", { class: "busy-words" }, busy),
      ),
  );
  subscribe(slices.leftOver, ({ words }) => write(byId("left-over"), words));
  subscribe(
    (s) => ({ problem: s.problem, away: s.away, send }),
    (slice) => notice(byId("notice"), slice),
  );
  subscribe(
    (s) => ({ open: s.help, rows: KEY_MAP, send }),
    (slice) => help(byId("help"), slice),
  );
  const showKeys = () => send({ type: "set", fields: { help: !now().help } });
  tools(byId("tools"), { fit, help: showKeys });
  const panes = segments(
    "Panel",
    [
      { value: "network", title: "Network" },
      { value: "train", title: "Training" },
      { value: "model", title: "Model and data" },
    ],
    (pane) => send({ type: "set", fields: { pane: /** @type {"network" | "train" | "model"} */ (pane) } }),
  );
  byId("panes").append(panes.element);
  subscribe(
    ({ pane }) => ({ pane }),
    ({ pane }) => panes.update(pane),
  );
}

/** @param {Page} page */
export function wireTop({ now, send, subscribe }) {
  const { draw } = wireBar({
    get: () => now().theme,
    set: (theme) => send({ type: "set", fields: { theme } }),
  });
  subscribe(({ theme }) => ({ theme }), draw);
  systemDark().addEventListener("change", ({ matches }) => send({ type: "set", fields: { dark: matches } }));
  let name = "";
  subscribe(
    (s) => ({ settled: s.settled, presets: s.presets }),
    ({ settled, presets }) => {
      const { inputs } = settled.data;
      const found = presetOf({ presets, data: settled.data });
      const title = found?.title ?? `${inputs.length} examples, ${inputs[0].length} numbers each`;
      name = title;
      document.title = `${title} · SeeGrad network`;
    },
  );
  subscribe(
    (s) => ({ ...slices.numbers(s), view: s.view }),
    () => write(byId("title"), slices.headline(now(), name)),
  );
}
