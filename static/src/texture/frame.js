/** The texture's elements: heading and switches, the picture with its titles, the panels under it, the legend. */

import { h, s } from "../dom.js";
import { icon, TABLE } from "../icons.js";

let made = 0;

/**
 * @param {{quantity: (which: import("./shade.js").Quantity) => void, sorting: (which: import("./order.js").Sorting) => void,
 *   table: () => void, back?: {title: string, go: () => void}}} does
 */
export function buildFrame(does) {
  const id = `texture-${++made}`;
  const title = h("h2", { class: "texture-title", id: `${id}-title` });
  const says = h("p", { class: "texture-says", id: `${id}-says`, role: "status" });
  const switches = {
    grad: choice("grad", () => does.quantity("grad")),
    data: choice("data", () => does.quantity("data")),
    worst: choice("worst first", () => does.sorting("worst")),
    given: choice("in order", () => does.sorting("given")),
  };
  const find = h("div", { class: "find texture-find", id: `${id}-find` });
  const table = h(
    "button",
    {
      type: "button",
      class: "button icon",
      "aria-label": "As a table",
      title: "The same numbers as a table",
      "aria-pressed": false,
      onclick: does.table,
    },
    icon(TABLE),
  );
  const tools = h(
    "div",
    { class: "texture-tools" },
    does.back && h("button", { type: "button", class: "button", onclick: does.back.go }, does.back.title),
    find,
    h(
      "div",
      { class: "texture-switch", role: "group", "aria-label": "Numbers" },
      switches.grad,
      switches.data,
    ),
    h(
      "div",
      { class: "texture-switch", role: "group", "aria-label": "Order" },
      switches.worst,
      switches.given,
    ),
    table,
  );
  const titles = h("div", { class: "texture-titles", "aria-hidden": true });
  const side = h("div", { class: "texture-side", "aria-hidden": true });
  const picture = h("canvas", {
    class: "texture-picture",
    tabindex: 0,
    role: "application",
    "aria-roledescription": "texture",
    "aria-labelledby": `${id}-title`,
    "aria-describedby": `${id}-says ${id}-keys`,
  });
  const foot = h("div", { class: "texture-foot", "aria-hidden": true });
  const beam = s("svg", { class: "texture-beam", "aria-hidden": "true" }, s("path"));
  const board = h(
    "div",
    { class: "texture-board" },
    h("div", { class: "texture-corner" }),
    titles,
    side,
    h("div", { class: "texture-window" }, picture),
    h("div", { class: "texture-corner" }),
    foot,
    beam,
  );
  const lensTitle = h("h3", { id: `${id}-lens` });
  const lensSays = h("span", { class: "texture-note" });
  const lens = h("canvas", {
    class: "texture-lens",
    tabindex: 0,
    role: "application",
    "aria-roledescription": "lens",
    "aria-labelledby": `${id}-lens`,
  });
  const cellTitle = h("h3", {}, "One cell, opened");
  const cellSays = h("span", { class: "texture-note" });
  const cell = h("div", { class: "texture-cell stage" });
  const cellNote = h("p", { class: "texture-note texture-cell-note" });
  const overview = h("canvas", { class: "texture-overview", "aria-hidden": true });
  const ladder = h("ol", { class: "texture-ladder", "aria-label": "Where you are" });
  const panels = h(
    "div",
    { class: "texture-panels" },
    h(
      "section",
      { class: "texture-panel lens", "aria-labelledby": `${id}-lens` },
      h("div", { class: "texture-panel-head" }, lensTitle, lensSays),
      lens,
    ),
    h(
      "section",
      { class: "texture-panel cell", "aria-label": "One cell, opened" },
      h("div", { class: "texture-panel-head" }, cellTitle, cellSays),
      cell,
      cellNote,
    ),
    h("section", { class: "texture-panel where", "aria-label": "Where you are" }, overview, ladder),
  );
  const scale = h("span", {});
  const [rises, fallsWord] = [h("span", { class: "pos" }), h("span", { class: "neg" })];
  const legend = h(
    "p",
    { class: "texture-legend" },
    h("span", { class: "texture-ramp" }, fallsWord, ramp(), rises),
    h("span", {}, swatch(), scale),
    h(
      "span",
      { id: `${id}-keys` },
      h("kbd", {}, "+"),
      " ",
      h("kbd", {}, "−"),
      " zoom  ",
      h("kbd", {}, "arrows"),
      " move the lens  ",
      h("kbd", {}, "Enter"),
      " open",
    ),
  );
  const tableBox = h("div", {
    class: "texture-table",
    tabindex: 0,
    hidden: true,
    "aria-label": "The texture as a table",
    role: "region",
  });
  const live = h("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  const head = h("div", { class: "texture-head" }, h("div", {}, title, says), tools);
  return {
    root: h("div", { class: "texture-root" }, head, board, tableBox, panels, legend, live),
    title,
    says,
    switches,
    find,
    table,
    titles,
    side,
    picture,
    foot,
    beam,
    board,
    lens,
    lensTitle,
    lensSays,
    cell,
    cellSays,
    cellNote,
    overview,
    ladder,
    panels,
    scale,
    rises,
    falls: fallsWord,
    tableBox,
    live,
  };
}

/** @typedef {ReturnType<typeof buildFrame>} Frame */

/** @param {string} words @param {() => void} choose */
function choice(words, choose) {
  return h("button", { type: "button", "aria-pressed": false, onclick: choose }, words);
}

/** Four steps down, zero, four steps up: hollow and solid, as in the picture. */
function ramp() {
  const steps = [4, 3, 2, 1].map((k, x) =>
    s("rect", { class: `falls-${k}`, x: 0.5 + 12 * x, y: 5.5 - k, width: 11, height: 2 * k + 1 }),
  );
  const up = [1, 2, 3, 4].map((k, x) =>
    s("rect", { class: `rises-${k}`, x: 52 + 12 * x, y: 5 - k, width: 12, height: 2 * k + 2 }),
  );
  return s("svg", { viewBox: "0 0 101 12", "aria-hidden": "true" }, ...steps, ...up);
}

function swatch() {
  return s(
    "svg",
    { class: "texture-zero", viewBox: "0 0 16 12", "aria-hidden": "true" },
    s("rect", { width: 16, height: 12 }),
  );
}
