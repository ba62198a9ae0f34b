"""The table read as a page: `docs/ops.md`."""

from __future__ import annotations

from engine.ops import OPS, Op

_HEAD = """# The operations

Written by `python3 run gen` from `engine/ops.py`: change the table, not this page. There are {count}.

*Formula* and *partials* are what runs, in Python, NumPy and JavaScript alike; `out` is the operation's own value.
`max` and `min` take any number of operands; in their partial `x` is one of them and `ties` counts those equal to `out`.
`pow` is IEEE 754's. The numbers are PyTorch's (float64, eager), the infinities and NaN included.

A *gate* only selects: where its partial is exactly 0 its operand was not read, and its contribution to the gradient is
0 whatever arrives from above. Everything else multiplies, so 0 × ∞ is NaN there.

| op | written | value | partials | note |
|---|---|---|---|---|
"""


def ops_md() -> str:
    """The page, one row per op in the table's order."""
    return _HEAD.format(count=len(OPS)) + "".join(_row(op) for op in OPS.values())


def _row(op: Op) -> str:
    if op.variadic:
        partials = f"each: {_code(op.partials[0])}"
    else:
        partials = "<br>".join(
            f"∂/∂{name} = {_code(text)}" for name, text in zip(op.operands, op.partials, strict=True)
        )
    gate = " *Gate.*" if op.gate else ""
    title = op.title.replace("|", "\\|")
    return f"| `{op.name}` {title} | {_code(_written(op))} | {_code(op.formula)} | {partials} | {op.note}{gate} |\n"


def _written(op: Op) -> str:
    if op.infix == "-x":
        return "-x"
    if op.infix:
        return f"{op.operands[0]} {op.infix} {op.operands[1]}"
    return f"{op.name}({'x, y, …' if op.variadic else ', '.join(op.operands)})"


def _code(text: str) -> str:
    return f"`{text}`"
