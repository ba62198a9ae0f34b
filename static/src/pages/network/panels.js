/** The right column and the strip below: the loss, the recipe, what the step on screen says, its five beats. */
import { byId } from "../../dom.js";
import { effectOf } from "../../explain.js";
import { nodeName } from "../../names.js";
import * as slices from "../../network/slices.js";
import { said } from "../../said.js";
import { beats } from "../../views/network/beats.js";
import { boundary } from "../../views/network/boundary.js";
import { histograms } from "../../views/network/histograms.js";
import { loss } from "../../views/network/loss.js";
import { predictions } from "../../views/network/predictions.js";
import { recipe } from "../../views/network/recipe.js";
import { shares } from "../../views/network/shares.js";
import { who } from "../../views/who.js";
import { putRow } from "./definition.js";

/** @param {import("./page.js").Page} page @param {{step: () => void, reset: () => void}} go */
export function wirePanels(page, go) {
  const { now, send, subscribe } = page;
  const seed = () => send({ type: "model", fields: { seed: now().model.seed + 1 } });
  subscribe(
    (s) => ({ ...slices.numbers(s), graph: s.graph, selected: s.selected }),
    () => {
      const slice = slices.asking(now());
      byId("who").hidden = slice === null;
      shares(byId("shares"), slice && slices.adding(now(), slice.id, nodeName(slice.graph, slice.id)));
      if (slice === null) return;
      who(byId("who"), {
        ...slice,
        sentence: said(effectOf(slice.graph, slice.tape, slice.id, slice.walk ?? undefined)),
      });
    },
  );
  subscribe(
    (s) => ({ ...slices.curve(s), go: { ...go, seed }, send }),
    (slice) => loss(byId("loss"), slice),
  );
  subscribe(
    (s) => ({ recipe: s.recipe, examples: s.settled.data.inputs.length, send }),
    (slice) => recipe(byId("recipe"), slice),
  );
  subscribe(
    (s) => ({ ...slices.numbers(s), example: s.example, worst: s.worst }),
    () => predictions(byId("predictions"), { ...slices.predicting(now()), send }),
  );
  subscribe(
    (s) => ({
      ...slices.numbers(s),
      data: s.settled.data,
      model: s.settled.model,
      example: s.example,
      theme: s.theme,
      dark: s.dark,
    }),
    () => {
      const slice = slices.plane(now());
      const add = (/** @type {number[]} */ point, /** @type {number} */ kind) => {
        const at = now().data.inputs.length;
        putRow(page, at, point, slice?.targets[kind] ?? 0);
        send({ type: "example", example: at });
      };
      boundary(byId("boundary"), slice && { ...slice, add, send });
    },
  );
  subscribe(
    (s) => slices.numbers(s),
    () => histograms(byId("histograms"), slices.spread(now())),
  );
  subscribe(
    (s) => ({ ...slices.numbers(s), recipe: s.recipe, top: s.top, playing: s.playing }),
    () => beats(byId("beats"), { ...slices.stepping(now()), send }),
  );
}
