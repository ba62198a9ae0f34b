/** The custom element's module. `static/element.js`, which the build writes, imports it and says where its style is. */

export { defineGraph } from "../embed/element.js";
