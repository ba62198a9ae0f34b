/**
 * The shapes of wires and boxes as SVG path data. Coordinates in, text out.
 */

/** A wire's width says what it delivers: from 2.5 to 13 px by the square root of its share. */
const THINNEST = 2.5;
export const WIDEST = 13;

/** @param {number} share 0 to 1 of the largest magnitude in view @returns {number} pixels */
export function ribbonWidth(share) {
  return THINNEST + (WIDEST - THINNEST) * Math.sqrt(share);
}

/** @param {number} x */
const short = (x) => String(Math.round(x * 100) / 100);

/**
 * A smooth line through points; its tangents follow the ranks.
 * @param {Float64Array} points x, y pairs
 * @param {number} from
 * @param {number} to
 * @param {boolean} right whether ranks run to the right, else down
 * @returns {string} all but the first point, see `startingAt`
 */
export function wireFrom(points, from, to, right) {
  let x = points[from];
  let y = points[from + 1];
  let path = "";
  for (let p = from + 2; p < to; p += 2) {
    const [nextX, nextY] = [points[p], points[p + 1]];
    const across = right ? nextY - y : nextX - x;
    if (Math.abs(across) < 0.6) path += `L${short(nextX)},${short(nextY)}`;
    else if (right) {
      const middle = (x + nextX) / 2;
      path += `C${short(middle)},${short(y)} ${short(middle)},${short(nextY)} ${short(nextX)},${short(nextY)}`;
    } else {
      const middle = (y + nextY) / 2;
      path += `C${short(x)},${short(middle)} ${short(nextX)},${short(middle)} ${short(nextX)},${short(nextY)}`;
    }
    [x, y] = [nextX, nextY];
  }
  return path;
}

/**
 * A wire that begins `inset` after its first point, along the ranks: behind its arrowhead.
 * @param {string} wire from `wireFrom` @param {number} x @param {number} y its first point
 * @param {boolean} right @param {number} [inset]
 */
export function startingAt(wire, x, y, right, inset = 0) {
  return `M${short(x + (right ? inset : 0))},${short(y + (right ? 0 : inset))}${wire}`;
}

/**
 * A point of the S between two points. @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1
 * @param {number} t 0 to 1 @param {boolean} right
 */
export function pointOnWire(x0, y0, x1, y1, t, right) {
  const along = 1.5 * t * (1 - t) * (1 - t) + 1.5 * t * t * (1 - t) + t * t * t;
  const across = 3 * t * t * (1 - t) + t * t * t;
  return right
    ? { x: x0 + (x1 - x0) * along, y: y0 + (y1 - y0) * across }
    : { x: x0 + (x1 - x0) * across, y: y0 + (y1 - y0) * along };
}

/** Length of the arrowhead of a ribbon. @param {number} width */
export function headLength(width) {
  return 3.2 + 0.62 * width;
}

/**
 * The arrowhead at the input: its tip touches the operand's box.
 * @param {number} x @param {number} y the point where the wire leaves the box
 * @param {number} width of the ribbon @param {number} gap between box and tip @param {boolean} right
 */
export function headPath(x, y, width, gap, right) {
  const long = headLength(width);
  const half = (7.4 + 0.82 * width) / 2;
  return right
    ? `M${short(x + gap)},${short(y)}l${short(long)},${short(-half)}v${short(2 * half)}z`
    : `M${short(x)},${short(y + gap)}l${short(-half)},${short(long)}h${short(2 * half)}z`;
}

/**
 * Outline of a box whose top left corner is the origin, `grow` pixels larger on every side.
 * @param {"parameter" | "data" | "constant" | "between"} kind
 * @param {number} width @param {number} height @param {number} grow
 */
export function outlinePath(kind, width, height, grow = 0) {
  const [l, t, r, b] = [-grow, -grow, width + grow, height + grow];
  const c = kind === "constant" ? 0 : Math.max(0, 8 + grow);
  const corner = (/** @type {number} */ dx, /** @type {number} */ dy) =>
    c === 0 ? "" : `a${short(c)},${short(c)} 0 0 1 ${short(dx)},${short(dy)}`;
  if (kind === "parameter") {
    const half = height / 2 + grow;
    return `M${short(l + half)},${short(t)}H${short(r - c)}${corner(c, c)}V${short(b - c)}${corner(-c, c)}H${short(l + half)}A${short(half)},${short(half)} 0 0 1 ${short(l + half)},${short(t)}z`;
  }
  if (kind === "data") {
    const point = height * 0.22 + grow * 0.6;
    const notch = height * 0.3;
    return `M${short(l + point)},${short(t)}H${short(r - 2)}a2,2 0 0 1 2,2V${short(b - 2)}a2,2 0 0 1 -2,2H${short(l + point)}L${short(l)},${short(b - notch)}V${short(t + notch)}z`;
  }
  return `M${short(l + c)},${short(t)}H${short(r - c)}${corner(c, c)}V${short(b - c)}${corner(-c, c)}H${short(l + c)}${corner(-c, -c)}V${short(t + c)}${corner(c, -c)}z`;
}

/**
 * What divides a box: its label tab, the cell that the backward pass writes, the lines between, and the hatching of a
 * gradient that nobody follows.
 * @param {"parameter" | "data" | "constant" | "between"} kind
 * @param {number} width @param {number} height @param {number} tab width of the tab @param {boolean} card else a record
 */
export function cellPaths(kind, width, height, tab, card) {
  if (kind === "constant") return { tabShape: "", gradCell: "", rules: "", hatch: "" };
  const c = kind === "data" ? 2 : 8;
  const half = height / 2;
  const [point, notch] = [height * 0.22, height * 0.3];
  const tabShape =
    kind === "parameter"
      ? `M${tab},0H${half}A${half},${half} 0 0 0 ${half},${height}H${tab}z`
      : kind === "data"
        ? `M${tab},0H${short(point)}L0,${short(notch)}V${short(height - notch)}L${short(point)},${height}H${tab}z`
        : `M${tab},0H8a8,8 0 0 0 -8,8V${height - 8}a8,8 0 0 0 8,8H${tab}z`;
  const left = card ? tab : (tab + width) / 2;
  const top = card ? half : 0;
  const gradCell = `M${left},${top}${card ? `H${width}` : `H${width - c}a${c},${c} 0 0 1 ${c},${c}`}V${height - c}a${c},${c} 0 0 1 -${c},${c}H${left}z`;
  const rules = card
    ? `M${tab},0V${height}M${tab},${half}H${width}`
    : `M${tab},0V${height}M${left},0V${height}`;
  let hatch = "";
  const rise = height - top;
  for (let x = left + 4; x + rise * 0.4 < width; x += 14)
    hatch += `M${x},${height}l${short(rise * 0.4)},${-rise}`;
  return { tabShape, gradCell, rules, hatch: kind === "data" ? hatch : "" };
}
