/** The button that gives the state away; its panel is loaded when it is asked for. */
import { byId } from "../../dom.js";
import { linkOf } from "../../network/link.js";
import { writeLink } from "../../network/url.js";
import { partOf } from "../../part.js";

/** @param {import("./page.js").Page} page @param {string} site */
export function wireShare({ api, now, subscribe }, site) {
  const fragment = () => writeLink(linkOf(now()));
  /** @type {ReturnType<typeof import("../../share/panel.js").createPanel> | null} */
  let panel = null;
  const button = byId("share");
  button.addEventListener("click", async () => {
    const loaded = await partOf(() => import("../../share/panel.js"));
    if (loaded === null) return;
    panel ??= loaded.createPanel(document.body, {
      site,
      address: async () => {
        const words = await fragment();
        return `${site}network${words === "" ? "" : `#${words}`}`;
      },
      fragment: async () => "",
      state: async () => {
        const words = new URLSearchParams(await fragment());
        words.delete("v");
        return { page: "network", fields: Object.fromEntries(words) };
      },
      title: () => document.title,
      frames: false,
      pictures: false,
      keep: api.keep,
      page: api.page,
    });
    await panel.open("link", button);
  });
  subscribe(linkOf, () => panel?.refresh());
}
