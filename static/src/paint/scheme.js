/** Which of the two themes the page wears now, for painters that write colours themselves. */

const dark = matchMedia("(prefers-color-scheme: dark)");

/** @returns {"light" | "dark"} the reader's choice, else the system's */
export function schemeNow() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return dark.matches ? "dark" : "light";
}

/** Calls back whenever the theme changes. @param {() => void} changed @returns {() => void} stops that */
export function onScheme(changed) {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  dark.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    dark.removeEventListener("change", changed);
  };
}
