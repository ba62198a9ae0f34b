/**
 * CodeMirror's style rules, through the CSSOM: `style-src 'self'` lets no <style> element in, and that is what
 * style-mod makes of them in a document. They lie in a layer, so that every rule of ours comes before them.
 */
import { StyleModule } from "style-mod";

const sheet = new CSSStyleSheet();
/** @type {Set<StyleModule>} */
const mounted = new Set();

StyleModule.mount = (_, modules) => {
  const before = mounted.size;
  // They come with the base theme last, and it is to be overruled by the others.
  for (const module of [modules].flat().reverse()) mounted.add(module);
  if (mounted.size === before) return;
  const rules = Array.from(mounted, (module) => module.getRules());
  sheet.replaceSync(`@layer codemirror {\n${rules.join("\n")}\n}`);
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
};
