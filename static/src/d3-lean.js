/**
 * Stands in, in the bundle (tools/bundle.py), for what d3-zoom imports: of d3-selection the one element that is zoomed,
 * of d3-drag what happens while the mouse pans, of d3-dispatch one listener an event, of d3-transition and
 * d3-interpolate nothing, since the camera does not zoom by transition. The packages themselves would be 20 kB
 * compressed, seven times d3-zoom.
 */

/** What was bound to an event's name, `wheel.zoom`. @type {WeakMap<EventTarget, Map<string, [any, any]>>} */
const BOUND = new WeakMap();

/** A selection of at most one node, with the methods d3-zoom and the camera call. */
class One {
  /** @param {any} node null: nothing is selected */
  constructor(node) {
    this.node = node;
  }

  /** @param {(selection: One, ...rest: any[]) => void} act @param {any[]} rest */
  call(act, ...rest) {
    act(this, ...rest);
    return this;
  }

  /** @param {(this: any) => void} act */
  each(act) {
    if (this.node) act.call(this.node);
    return this;
  }

  /** @param {(this: any) => unknown} holds */
  filter(holds) {
    return this.node && holds.call(this.node) ? this : new One(null);
  }

  /** @param {string} name @param {any} value or what gives it */
  property(name, value) {
    return this.each(function () {
      this[name] = typeof value === "function" ? value.call(this) : value;
    });
  }

  /** @param {string} name @param {string} value */
  style(name, value) {
    this.node?.style.setProperty(name, value);
    return this;
  }

  datum() {}

  interrupt() {
    return this;
  }

  /**
   * Without a listener: the one that is bound. With null: none is.
   * @param {string} names `touchend.zoom touchcancel.zoom`
   * @param {any} [listener]
   * @param {boolean | AddEventListenerOptions} [options]
   * @returns {any}
   */
  on(names, listener, options) {
    if (!this.node) return this;
    const bound = BOUND.get(this.node) ?? new Map();
    BOUND.set(this.node, bound);
    for (const name of names.split(" ")) {
      const [type] = name.split(".");
      const before = bound.get(name);
      if (listener === undefined) return before?.[0];
      if (before) this.node.removeEventListener(type, ...before);
      bound.delete(name);
      if (listener === null) continue;
      this.node.addEventListener(type, listener, options);
      bound.set(name, [listener, options]);
    }
    return this;
  }
}

/** @param {any} node */
export function select(node) {
  return new One(node);
}

/**
 * Where an event or a touch is, in the coordinates of the drawing's window.
 * @param {any} event @param {any} [node]
 */
export function pointer(event, node = event.currentTarget) {
  const toWindow = (node.ownerSVGElement ?? node).getScreenCTM().inverse();
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(toWindow);
  return [x, y];
}

/** @param {Event} event */
function prevented(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

const CAPTURING = { capture: true, passive: false };

/** While the mouse pans no text is selected and nothing is dragged along. @param {Window} view */
export function dragDisable(view) {
  select(view).on("dragstart.drag selectstart.drag", prevented, CAPTURING);
}

/** @param {Window} view @param {boolean} moved then letting go is no click */
export function dragEnable(view, moved) {
  const window = select(view).on("dragstart.drag selectstart.drag", null);
  if (!moved) return;
  window.on("click.drag", prevented, CAPTURING);
  setTimeout(() => window.on("click.drag", null));
}

/** Listeners by event, one each. @param {string[]} types */
export function dispatch(...types) {
  /** @type {Map<string, (this: any, ...rest: any[]) => void>} */
  const heard = new Map();
  return {
    /** @param {string} type @param {any} listener */
    on(type, listener) {
      if (!types.includes(type)) throw new RangeError(`no such event: ${type}`);
      heard.set(type, listener);
      return this;
    },
    /** @param {string} type @param {any} self @param {any[]} rest */
    call(type, self, ...rest) {
      heard.get(type)?.apply(self, rest);
    },
  };
}

export function interrupt() {}

export function interpolateZoom() {
  throw new Error("the camera does not zoom by transition");
}
