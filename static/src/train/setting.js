/** A number of an optimizer's or a schedule's own, checked in the server's words (tests/app/test_train_page.py compares). Pure. */
import { problem } from "./definition.js";

/** @param {string} name @param {number} number @returns {import("./definition.js").Problem | null} */
export function checkSetting(name, number) {
  // Adam divides by 1 - beta.
  const [below, kind] = name.startsWith("beta")
    ? [1, "from 0 to below 1"]
    : [Number.POSITIVE_INFINITY, "not negative"];
  if (number >= 0 && number < below) return null;
  return problem("bad_setting", `${name} is a number, ${kind}.`, "", ["settings", name]);
}
