/** The top bar of every page: the theme button, and on a phone the menu. What the theme is, the page knows. */

import { byId, set } from "./dom.js";
import { icon, MOON, SUN } from "./icons.js";

/** @typedef {"light" | "dark"} Theme */

/** @returns {MediaQueryList} */
export function systemDark() {
  return matchMedia("(prefers-color-scheme: dark)");
}

/**
 * The theme that is seen.
 * @param {Theme | null} chosen null: as the system is
 * @returns {Theme}
 */
export function themeSeen(chosen) {
  return chosen ?? (systemDark().matches ? "dark" : "light");
}

/**
 * Wires the bar.
 * @param {{get: () => Theme | null, set: (theme: Theme) => void}} theme as chosen; null: as the system is
 * @returns {{draw: () => void, closeMenu: () => void}} draw: the theme chosen is another
 */
export function wireBar({ get, set: choose }) {
  const button = byId("theme");
  const draw = () => {
    const dark = themeSeen(get()) === "dark";
    set(document.documentElement, { "data-theme": get() });
    set(button, { "aria-pressed": dark, title: dark ? "Light theme" : "Dark theme" });
    button.replaceChildren(icon(dark ? SUN : MOON));
  };
  button.addEventListener("click", () => {
    choose(themeSeen(get()) === "dark" ? "light" : "dark");
    draw();
  });
  systemDark().addEventListener("change", draw);
  draw();

  const menu = byId("menu-button");
  /** @param {boolean} open */
  const show = (open) => {
    set(byId("topbar"), { "data-open": open });
    set(menu, { "aria-expanded": open });
  };
  menu.addEventListener("click", () => show(menu.getAttribute("aria-expanded") !== "true"));
  addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && show(false));
  return { draw, closeMenu: () => show(false) };
}
