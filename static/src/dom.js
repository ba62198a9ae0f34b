/**
 * Building and updating elements without markup in strings: Trusted Types are on, so text is only ever text.
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {string | number | boolean | null | undefined | ((event: any) => void) | Record<string, string>} Property
 * @typedef {Node | string | null | undefined | false} Child
 */

/**
 * An element. Properties that start with `on` are listeners, `false`, `null` and `undefined` leave the attribute out,
 * `true` writes it empty (for `aria-*` and `data-*`: "true").
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, Property>} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  set(element, properties);
  element.append(...children.filter(isChild));
  return element;
}

/**
 * An SVG element.
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, Property>} [properties]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function s(tag, properties = {}, ...children) {
  const element = /** @type {SVGElementTagNameMap[K]} */ (document.createElementNS(SVG, tag));
  set(element, properties);
  element.append(...children.filter(isChild));
  return element;
}

/**
 * Writes attributes that differ, adds listeners.
 * @param {Element} element
 * @param {Record<string, Property>} properties
 */
export function set(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value);
    } else if (name === "style") {
      // The CSP forbids the attribute, not the object behind it.
      const { style } = /** @type {HTMLElement | SVGElement} */ (element);
      if (style.cssText !== value) style.cssText = String(value ?? "");
    } else if (value === null || value === undefined || (value === false && !/^(aria|data)-/.test(name))) {
      element.removeAttribute(name);
    } else {
      const text = value === true && !/^(aria|data)-/.test(name) ? "" : String(value);
      if (element.getAttribute(name) !== text) element.setAttribute(name, text);
    }
  }
}

/** Writes text where it differs. @param {Node} node @param {string} text */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Replaces what an element holds. @param {Element} element @param {...Child} children */
export function fill(element, ...children) {
  element.replaceChildren(...children.filter(isChild));
}

/**
 * `fill` for what has the same shape as before: only texts, classes and titles that differ are written, so that the
 * browser lays out little anew. Elements keep the listeners they have.
 * @param {Element} element
 * @param {...Child} children
 */
export function mend(element, ...children) {
  const now = document.createElement("div");
  now.append(...children.filter(isChild));
  mendInside(element, now);
}

/** @param {Node} old @param {Node} now */
function mendInside(old, now) {
  const [before, after] = [Array.from(old.childNodes), Array.from(now.childNodes)];
  for (const [k, node] of after.entries()) {
    const kept = before[k];
    if (kept === undefined) old.appendChild(node);
    else if (kept.nodeName !== node.nodeName) old.replaceChild(node, kept);
    else if (kept instanceof Element && node instanceof Element) {
      set(kept, { class: node.getAttribute("class"), title: node.getAttribute("title") });
      mendInside(kept, node);
    } else write(kept, node.textContent ?? "");
  }
  for (const rest of before.slice(after.length)) old.removeChild(rest);
}

/**
 * Makes `parent` hold one element per item, in order; elements are kept by key. What has no key stands before them.
 * @template T
 * @template {HTMLElement | SVGElement} E
 * @param {Element} parent
 * @param {Iterable<T>} items
 * @param {(item: T) => string | number} key
 * @param {(item: T) => E} make
 * @param {(element: E, item: T) => void} update
 */
export function each(parent, items, key, make, update) {
  /** @type {Map<string, E>} */
  const kept = new Map();
  for (const child of /** @type {Iterable<E>} */ (Array.from(parent.children))) {
    const name = child.getAttribute("data-key");
    if (name !== null) kept.set(name, child);
  }
  let before = /** @type {Element | null} */ (kept.values().next().value ?? null);
  for (const item of items) {
    const name = String(key(item));
    let element = kept.get(name);
    if (element === undefined) {
      element = make(item);
      element.setAttribute("data-key", name);
    }
    kept.delete(name);
    if (element === before) before = before.nextElementSibling;
    else parent.insertBefore(element, before);
    update(element, item);
  }
  for (const element of kept.values()) element.remove();
}

/**
 * Builds a view's skeleton once per root and gives it back ever after.
 * @template T
 * @param {WeakMap<Element, T>} known
 * @param {Element} root
 * @param {() => T} build
 * @returns {T}
 */
export function once(known, root, build) {
  let parts = known.get(root);
  if (parts === undefined) {
    parts = build();
    known.set(root, parts);
  }
  return parts;
}

/**
 * The element with this id. @param {string} id
 * @returns {HTMLElement}
 * @throws {Error} when the page has none
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}

/** @param {Child} child @returns {child is Node | string} */
function isChild(child) {
  return child !== null && child !== undefined && child !== false;
}

/** The address of the page without its origin. */
export function here() {
  return location.pathname + location.search + location.hash;
}
