"""The op table as JavaScript: the browser's kernel `static/src/kernel.js`, and beside it, loaded only where they are
shown, what ops are called and written by (`formulas.js`), their formulas (`formula-math.js`), the partials as text
(`partials.js`) and as formulas (`partial-math.js`), and the notes (`notes.js`).

The kernel is two loops over a tape's typed arrays, each one `switch` over the op's code with the row's text inlined, so
that a step allocates nothing. `runForward` writes `data`. `runBackward` writes every partial and adds every
contribution, nodes by falling id, slots last to first: the order of the trace, and so of the engine's additions.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from engine.ops import LEAF, OPS, PRIMITIVES, Op
from engine.readings.apart import apart_steps
from engine.readings.mathml import formula_math, partial_math
from engine.readings.script import expression, literal

# Primitives whose JavaScript namesake differs from the table's meaning, written out once in the kernel.
WRAPPED = ("pow", "max", "min", "round")

_GENERATED = "// Generated from engine/ops.py by `python3 run gen`. Not to be edited by hand.\n"

_HEAD = """\
/**
 * A row of the op table, as far as numbers and names go. `fixed[k]` is the partial towards operand k where it is the
 * same number everywhere, else null. `decides` lists the slots through which no gradient path leads back. Formulas
 * stand in formula-math.js, partials in partials.js, notes in notes.js.
 * @typedef {{name: string, symbol: string, operands: string[], variadic: boolean, infix: string | null,
 *   hands: string[], gate: boolean, decides: number[], fixed: (number | null)[]}} OpRow
 */

/**
 * What the loops read and write. Edge e of slot s of node i is first[i] + s. live[e] is 0 towards a constant (no
 * partial), 1 where no path leads on to the output (a partial, no contribution), 2 where a gradient crosses.
 * @typedef {{size: number, code: Uint8Array, first: Int32Array, operand: Int32Array, live: Uint8Array,
 *   data: Float64Array, partial: Float64Array, grad: Float64Array}} Columns
 */

export const LEAF = 0;
"""

_PRIMITIVES = """\
const { %s } = Math;

/** IEEE 754 pow: JavaScript alone answers NaN for 1 ** NaN and ±1 ** ±Infinity. @param {number} x @param {number} y */
function pow(x, y) {
  return x === 1 || (x === -1 && (y === Infinity || y === -Infinity)) ? 1 : x ** y;
}

/** NaN passes and the first wins a tie, so that max(-0, 0) is -0. @param {number} x @param {number} y */
function max(x, y) {
  // biome-ignore lint/suspicious/noSelfCompare: true for NaN alone
  return x >= y || x !== x ? x : y;
}

/** @param {number} x @param {number} y */
function min(x, y) {
  // biome-ignore lint/suspicious/noSelfCompare: true for NaN alone
  return x <= y || x !== x ? x : y;
}

/** Half to even; Math.round sends halves up. @param {number} x */
function round(x) {
  const up = Math.round(x);
  return Math.abs(x) %% 1 === 0.5 && up %% 2 !== 0 ? up - 1 : up;
}
"""

_FORWARD = """\
/**
 * Recompute data of every node that is not a leaf, in id order.
 * @param {Columns} tape
 * @param {number} [from] the first node to compute
 */
export function runForward(tape, from = 0) {
  const { size, code, first, operand, data } = tape;
  for (let i = from; i < size; i++) {
    const e = first[i];
    switch (code[i]) {
%s    }
  }
}
"""

_BACKWARD = """\
/**
 * Recompute the partials from data as it stands, and add each contribution to the grads as they stand.
 * @param {Columns} tape
 */
export function runBackward(tape) {
  const { size, code, first, operand, data, live, partial, grad } = tape;
  for (let i = size - 1; i >= 0; i--) {
    const e = first[i];
    const g = grad[i];
    switch (code[i]) {
%s    }
  }
}
"""


_FORMULAS = """\
/**
 * What an op is called, and what it is written by: `apart` is steps [op, references, number], where reference k is
 * operand k or, beyond the operands, a step; a literal is a leaf with its number.
 * @typedef {{title: string, apart: [string, number[], number | null][]}} FormulaRow
 */

/** By the op's code, an index into OPS. @type {FormulaRow[]} */
export const FORMULAS = [
%s
];
"""

_FORMULA_MATH = """\
/** An op's formula as a tree for math.js, by the op's code. @type {import("./math.js").MathTree[]} */
export const FORMULA_MATH = [
%s
];
"""

_PARTIALS = """\
/** The partials towards an op's operands as the table's own text, by its code. @type {string[][]} */
export const PARTIALS = [
%s
];
"""

_PARTIAL_MATH = """\
/** The same as trees for math.js, by the op's code. @type {import("./math.js").MathTree[][]} */
export const PARTIAL_MATH = [
%s
];
"""

_NOTES = """\
/** One sentence on each op, by its code: what happens at a kink or outside the domain. @type {string[]} */
export const NOTES = [
%s
];
"""


def kernel_js() -> str:
    """The whole of `static/src/kernel.js`."""
    namesakes = ", ".join(sorted(name for name in PRIMITIVES if name not in (*WRAPPED, "where")))
    return "\n".join(
        (
            _GENERATED,
            _HEAD,
            _PRIMITIVES % namesakes,
            "/** The table, by code. @type {OpRow[]} */",
            f"export const OPS = [\n{_lines(_LEAF_ROW, *(_row(op) for op in OPS.values()))}\n];\n",
            "/** Name of an op to its code. @type {Map<string, number>} */",
            "export const CODE = new Map(OPS.map((row, code) => [row.name, code]));\n",
            _FORWARD % _cases(_forward_case),
            _BACKWARD % _cases(_backward_case),
        )
    )


def fixed_partial(text: str) -> float | None:
    """The value of a partial that is one number whatever the operands are, else None."""
    try:
        return float(text)
    except ValueError:
        return None


def formulas_js() -> str:
    """The whole of `static/src/formulas.js`."""
    return _GENERATED + "\n" + _FORMULAS % _lines(_LEAF_FORMULA, *(_formula_row(op) for op in OPS.values()))


def formula_math_js() -> str:
    """The whole of `static/src/formula-math.js`."""
    return _GENERATED + "\n" + _FORMULA_MATH % _lines(("mrow",), *(formula_math(op) for op in OPS.values()))


def partials_js() -> str:
    """The whole of `static/src/partials.js`."""
    return _GENERATED + "\n" + _PARTIALS % _lines((), *(op.partials for op in OPS.values()))


def partial_math_js() -> str:
    """The whole of `static/src/partial-math.js`."""
    rows = (tuple(partial_math(op, slot) for slot in range(len(op.partials))) for op in OPS.values())
    return _GENERATED + "\n" + _PARTIAL_MATH % _lines((), *rows)


def notes_js() -> str:
    """The whole of `static/src/notes.js`."""
    return _GENERATED + "\n" + _NOTES % _lines("", *(op.note for op in OPS.values()))


def _lines(*rows: object) -> str:
    """One literal a line: the elements of an array."""
    return "\n".join(f"  {literal(row)}," for row in rows)


_LEAF_ROW: dict[str, object] = {
    "name": LEAF,
    "symbol": "",
    "operands": (),
    "variadic": False,
    "infix": None,
    "hands": (),
    "gate": False,
    "decides": (),
    "fixed": (),
}


def _row(op: Op) -> dict[str, object]:
    return {
        "name": op.name,
        "symbol": op.symbol,
        "operands": op.operands,
        "variadic": op.variadic,
        "infix": op.infix,
        "hands": op.hands,
        "gate": op.gate,
        "decides": op.decides,
        "fixed": tuple(fixed_partial(partial) for partial in op.partials),
    }


_LEAF_FORMULA: dict[str, object] = {
    "title": "",
    "apart": (),
}


def _formula_row(op: Op) -> dict[str, object]:
    return {
        "title": op.title,
        "apart": apart_steps(op),
    }


def _cases(case: Callable[[Op], list[str]]) -> str:
    """The arms of the switch; an op with nothing to do has none."""
    arms = []
    for code, op in enumerate(OPS.values(), start=1):
        if lines := case(op):
            body = "".join(f"        {line}\n" for line in lines)
            arms.append(f"      case {code}: {{\n        // {op.name}\n{body}        break;\n      }}\n")
    return "".join(arms)


def _names_in(text: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.Name)}


def _edge(slot: int) -> str:
    return f"e + {slot}" if slot else "e"


def _forward_case(op: Op) -> list[str]:
    if op.variadic:
        fold = op.formula.partition("(")[0]
        return [
            "let out = data[operand[e]];",
            f"for (let k = e + 1; k < first[i + 1]; k++) out = {fold}(out, data[operand[k]]);",
            "data[i] = out;",
        ]
    used = _names_in(op.formula)
    reads = [(slot, name) for slot, name in enumerate(op.operands) if name in used]
    return [
        *(f"const {name} = data[operand[{_edge(slot)}]];" for slot, name in reads),
        f"data[i] = {expression(op.formula)};",
    ]


def _backward_case(op: Op) -> list[str]:
    if op.variadic:
        return [
            "const out = data[i];",
            "let ties = 0;",
            "for (let k = e; k < first[i + 1]; k++) if (data[operand[k]] === out) ties++;",
            "for (let k = first[i + 1] - 1; k >= e; k--) {",
            "  const to = operand[k];",
            "  const x = data[to];",
            *("  " + line for line in _deliver("k", "to", op.partials[0], op.gate)),
            "}",
        ]
    slots = [slot for slot in range(len(op.partials)) if slot not in op.decides]
    if not slots:
        return []
    used = set[str]().union(*(_names_in(op.partials[slot]) for slot in slots))
    targets = [slot for slot, name in enumerate(op.operands) if slot in slots or name in used]
    return [
        *(f"const to{slot} = operand[{_edge(slot)}];" for slot in targets),
        *(f"const {op.operands[slot]} = data[to{slot}];" for slot in targets if op.operands[slot] in used),
        *(["const out = data[i];"] if "out" in used else []),
        *(
            line
            for slot in reversed(slots)
            for line in _deliver(_edge(slot), f"to{slot}", op.partials[slot], op.gate)
        ),
    ]


def _deliver(edge: str, to: str, text: str, gate: bool) -> list[str]:
    """The lines that write one partial and add one contribution; nothing is multiplied by a fixed 1, -1 or closed 0."""
    fixed = fixed_partial(text)
    if fixed is not None:
        amount = {1.0: "+= g", -1.0: "-= g"}.get(fixed, f"+= g * {fixed!r}")
        return [f"if (live[{edge}] === 2) grad[{to}] {'+= 0' if gate and fixed == 0 else amount};"]
    amount = "slope === 0 ? 0 : g * slope" if gate else "g * slope"
    return [
        f"if (live[{edge}]) {{",
        f"  const slope = {expression(text)};",
        f"  partial[{edge}] = slope;",
        f"  if (live[{edge}] === 2) grad[{to}] += {amount};",
        "}",
    ]
