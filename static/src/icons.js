/** The few signs on buttons, as SVG: drawn, so that no font decides whether they exist. */
import { s } from "./dom.js";

/** Path data in a 16 by 16 field; `solid` is filled, `line` stroked. @typedef {{solid: string, line: string}} Sign */

export const FIRST = { solid: "M8 3.5v9L2.5 8zM14 3.5v9L8.5 8z", line: "" };
export const BACK = { solid: "M12.5 3.5v9L6 8z", line: "M3.8 3.5v9" };
export const PLAY = { solid: "M4.5 3v10l8.5-5z", line: "" };
export const PAUSE = { solid: "M4 3h2.6v10H4zM9.4 3H12v10H9.4z", line: "" };
export const ON = { solid: "M3.5 3.5v9L10 8z", line: "M12.2 3.5v9" };
export const FIT = { solid: "", line: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" };
export const MOON = { solid: "", line: "M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z" };
export const SUN = {
  solid: "",
  line: "M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM8 1.2v1.4M8 13.4v1.4M1.2 8h1.4M13.4 8h1.4M3.2 3.2l1 1M11.8 11.8l1 1M12.8 3.2l-1 1M4.2 11.8l-1 1",
};
export const TABLE = { solid: "", line: "M2.5 3h11v10h-11zM2.5 6.4h11M2.5 9.7h11M7 3v10" };
export const SAVE = { solid: "", line: "M8 2v8M4.8 7L8 10.2 11.2 7M2.5 10.5V14h11v-3.5" };
export const FIND = { solid: "", line: "M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9zM10.4 10.4l3.6 3.6" };
export const AGAIN = { solid: "", line: "M3.2 8a4.8 4.8 0 1 0 1.6-3.6M3 2.5v3.2h3.2" };
export const CLOSE = { solid: "", line: "M3.5 3.5l9 9M12.5 3.5l-9 9" };

/** @param {Sign} sign */
export function icon({ solid, line }) {
  return s(
    "svg",
    { viewBox: "0 0 16 16", "aria-hidden": true },
    solid !== "" && s("path", { class: "solid", d: solid, stroke: "none" }),
    line !== "" && s("path", { d: line }),
  );
}
