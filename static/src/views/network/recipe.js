/** How it trains: learning rate, optimizer, schedule, batch, steps; and the switch that forgets to zero the grads. */

import { each, fill, h, once, set } from "../../dom.js";
import { field, list, segments, show } from "../../form.js";
import { shortNumber } from "../../numbers.js";
import { OPTIMIZERS, SCHEDULES } from "../../train/optim.js";
import { checkSetting } from "../../train/setting.js";
import { LIMITS } from "../../train/tables.js";
import { numberOf } from "../../turner.js";

/**
 * @typedef {{recipe: import("../../network/state.js").Recipe, examples: number,
 *   send: (action: import("../../network/state.js").Action) => void}} Slice
 * @typedef {{slider: HTMLInputElement, rate: HTMLInputElement, optimizer: ReturnType<typeof segments>,
 *   schedule: HTMLSelectElement, batch: HTMLInputElement, steps: HTMLInputElement, zero: HTMLInputElement,
 *   settings: HTMLElement, wrong: HTMLElement, slice: Slice}} Parts
 */

/** The slider goes over these powers of ten. */
const LEAST = -4;
const MOST = 1;
/** @type {Record<string, string>} */
const NAMES = { sgd: "SGD", momentum: "Momentum", adam: "Adam" };

/** @type {WeakMap<Element, Parts>} */
const known = new WeakMap();

/** @param {HTMLElement} root @param {Slice} slice */
export function recipe(root, slice) {
  const parts = once(known, root, () => build(root, slice));
  parts.slice = slice;
  const { rate, optimizer, schedule, batch, steps, zero_grad } = slice.recipe;
  const at = Math.log10(rate);
  if (document.activeElement !== parts.slider) parts.slider.value = String(at);
  set(parts.slider, { "aria-valuetext": shortNumber(rate) });
  parts.slider.style.setProperty("--from", "0");
  parts.slider.style.setProperty(
    "--to",
    String((100 * (Math.min(MOST, Math.max(LEAST, at)) - LEAST)) / (MOST - LEAST)),
  );
  show(parts.rate, String(rate), isWrong(parts, "rate"));
  parts.optimizer.update(optimizer);
  parts.schedule.value = schedule;
  show(parts.batch, batch === null ? "all" : String(batch), isWrong(parts, "batch"));
  show(parts.steps, String(steps), isWrong(parts, "steps"));
  parts.zero.checked = !zero_grad;
  const { settings } = slice.recipe;
  const usual = { ...OPTIMIZERS[optimizer].settings, ...SCHEDULES[schedule].settings };
  each(
    parts.settings,
    Object.keys(usual),
    (name) => name,
    (name) => settingRow(root, parts, name),
    (element, name) => {
      const input = /** @type {HTMLInputElement} */ (element.lastElementChild);
      show(input, String(settings[name] ?? usual[name]), isWrong(parts, name));
    },
  );
}

/** @param {Parts} parts @param {string} which */
function isWrong({ wrong }, which) {
  return wrong.dataset.of === which && !wrong.hidden;
}

/** A number of the optimizer's or the schedule's own. @param {HTMLElement} root @param {Parts} parts @param {string} name */
function settingRow(root, parts, name) {
  const input = field(`setting-${name}`, (text) => {
    const number = numberOf(text);
    const problem = checkSetting(name, number ?? Number.NaN);
    if (number !== null && problem === null) {
      parts.wrong.hidden = true;
      parts.slice.send({
        type: "recipe",
        fields: { settings: { ...parts.slice.recipe.settings, [name]: number } },
      });
      return;
    }
    fill(parts.wrong, problem?.message);
    parts.wrong.hidden = false;
    parts.wrong.dataset.of = name;
    recipe(root, parts.slice);
  });
  return h("div", { class: "setting" }, h("label", { for: `setting-${name}` }, name), input);
}

/** @param {HTMLElement} root @param {Slice} first @returns {Parts} */
function build(root, first) {
  /** @param {Partial<Slice["recipe"]>} fields */
  const send = (fields) => {
    parts.wrong.hidden = true;
    parts.slice.send({ type: "recipe", fields });
  };
  /** @param {string} which @param {string} words */
  const refuse = (which, words) => {
    fill(parts.wrong, words);
    parts.wrong.hidden = false;
    parts.wrong.dataset.of = which;
    recipe(root, parts.slice);
  };
  /** @type {Parts} */
  const parts = {
    slider: h("input", {
      type: "range",
      class: "slider",
      min: LEAST,
      max: MOST,
      step: 0.01,
      "aria-label": "Learning rate, slider",
      oninput: () => send({ rate: Number((10 ** parts.slider.valueAsNumber).toPrecision(2)) }),
    }),
    rate: field(
      "rate",
      (text) => {
        const rate = numberOf(text);
        if (rate === null || rate <= 0)
          refuse("rate", `The learning rate is a number above 0; “${text.slice(0, 20)}” is not. Try 0.05.`);
        else send({ rate });
      },
      { inputmode: "decimal", "aria-label": "Learning rate" },
    ),
    optimizer: segments(
      "Optimizer",
      Object.keys(OPTIMIZERS).map((value) => ({
        value,
        title: NAMES[value] ?? value,
      })),
      (optimizer) => send({ optimizer, settings: {} }),
    ),
    schedule: list(
      "schedule",
      Object.values(SCHEDULES).map(({ name, title }) => ({ value: name, title })),
      (schedule) => send({ schedule }),
    ),
    batch: field("batch", (text) => {
      const batch = Number(text);
      const most = parts.slice.examples;
      if (/^(all)?$/i.test(text.trim())) send({ batch: null });
      else if (!Number.isInteger(batch) || batch < 1 || batch > most)
        refuse("batch", `A batch is a whole number of examples, 1 to ${most}, or “all”.`);
      else send({ batch });
    }),
    steps: field("steps", (text) => {
      const steps = Number(text);
      const most = LIMITS.training_steps;
      if (!Number.isInteger(steps) || steps < 1 || steps > most)
        refuse("steps", `Steps are a whole number, 1 to ${most.toLocaleString("en")}.`);
      else send({ steps });
    }),
    zero: h("input", {
      type: "checkbox",
      id: "forget",
      onchange: () => send({ zero_grad: !parts.zero.checked }),
    }),
    settings: h("div", { class: "settings" }),
    wrong: h("div", { class: "wrong wide", role: "alert", hidden: true }),
    slice: first,
  };
  root.append(
    h(
      "div",
      { class: "recipe" },
      h("label", { for: "rate" }, "Learning rate"),
      h("div", { class: "rate" }, parts.slider, parts.rate),
      parts.wrong,
      h("span", {}, "Optimizer"),
      parts.optimizer.element,
      h(
        "details",
        { class: "wide" },
        h("summary", {}, "Settings, schedule, batch, steps"),
        h(
          "div",
          { class: "form" },
          parts.settings,
          h("label", { for: "schedule" }, "Schedule"),
          parts.schedule,
          h("label", { for: "batch" }, "Batch"),
          parts.batch,
          h("label", { for: "steps" }, "Steps"),
          parts.steps,
        ),
      ),
      h("label", { class: "check wide" }, parts.zero, "forget to zero the grads"),
    ),
  );
  return parts;
}
