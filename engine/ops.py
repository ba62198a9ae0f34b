"""The op table: one row per operation, read by everything else.

A row's `formula` and `partials` are text in Python's grammar. That text is printed as Python, NumPy, JavaScript,
MathML and prose by `engine/readings/`; nothing evaluates it at run time. What the student reads is what runs.

Grammar of the text
    names        the row's operands, `out` (the op's value; partials only) and, in a variadic row, `ties`
    numbers      decimal literals
    operators    ``+ - * /``, unary minus, and the comparisons ``< <= > >= == !=`` as a condition of `where`
    functions    PRIMITIVES below. `where(c, a, b)` is the only one that may leave an argument unread.

The primitives whose meaning at the edges is ours (each runtime wraps them once):
    pow(x, y)      IEEE 754 `pow`: never complex, never an exception; pow(NaN, 0) = pow(1, NaN) = 1
    max(x, y)      x where x >= y or x is NaN, else y: NaN passes, the first operand wins a tie (so max(-0.0, 0) = -0.0)
    min(x, y)      x where x <= y or x is NaN, else y
    round(x)       half to even, keeping -0.0, NaN and the infinities; `floor` keeps them too
    abs(x)         |x|
All others mean what C's `libm` means by them: overflow gives an infinity, a point outside the domain gives NaN.

A variadic row names one operand, `x`. Its formula is one function over all of them, `max(*x)`, folded from the left;
in its partial `x` is the operand of the slot at hand and `ties` counts the operands equal to `out`.

Conventions are PyTorch's, float64, eager (`derivatives.yaml` and the CPU kernels of version 2.13), constants included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LEAF = "leaf"
LEAF_ROLES = ("parameter", "data", "constant")
"""What a leaf is: yours to turn, given, or a literal."""

PRIMITIVES: tuple[str, ...] = (
    *("exp", "expm1", "log", "log1p", "log2", "log10", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan"),
    *("sinh", "cosh", "tanh", "atan2", "hypot", "pow", "where", "max", "min", "abs", "floor", "round"),
)


@dataclass(frozen=True, slots=True)
class Op:
    """One operation: how its value and its partial derivatives are computed, and how it is spelled elsewhere.

    `partials[i]` is the text of d(out)/d(operands[i]). `note` is one sentence for the student: what happens at a kink,
    at the edge of the domain, or what makes this operation worth knowing. `infix` is Python's operator where there is
    one (`"+"`; `"-x"` marks the prefix minus). `analytic` says that value and partials follow one analytic function
    around almost every point, so that the complex step applies. `torch`, `jax` and `micrograd` are templates over the
    operands (`{0}`, `{1}`; `{*}` is all of them, with commas; `{1:number}` only where operand 1 is a literal). An empty
    `micrograd` means that the package lacks the operation: exports then bring formula and partials along.

    A `gate` only selects: where its partial is exactly 0 the operand was not read, and its contribution is 0
    whatever arrives from above (0 times infinity would be NaN). Every other op multiplies.

    `decides` lists the slots that only decide: a comparison's operands, a condition. PyTorch keeps no path through
    them, and neither do we: nothing is handed back there, not even a 0 that an infinite slope behind would make NaN.

    `apart` is the op written by other rows of the table, where that can be done honestly: text in the same grammar, but
    every function and operator in it is a row, not a primitive (a minus before a literal belongs to it). It may differ
    from the op in rounding, at a kink, and where an intermediate value overflows; away from those both give the same
    value and the same gradient. `engine/readings/apart.py` reads it.

    `hands` says in a sentence how the op hands a gradient back: one for every slot, or one per slot. Its fields are
    `{target}` (the operand's name), `{other}` (the other operand's), `{out}` and `{partial}` (numbers); `[…]` is
    marked. Without one, `engine/phrases.py` says that it multiplies by its slope, or that a gate is open or closed.
    """

    name: str
    symbol: str
    title: str
    operands: tuple[str, ...]
    formula: str
    partials: tuple[str, ...]
    note: str
    infix: str | None = None
    gate: bool = False
    decides: tuple[int, ...] = ()
    analytic: bool = True
    variadic: bool = False
    torch: str = ""
    jax: str = ""
    micrograd: str = ""
    hands: tuple[str, ...] = ()
    apart: str = ""


X = ("x",)
XY = ("x", "y")


def _infix(
    name: str,
    symbol: str,
    title: str,
    infix: str,
    formula: str,
    partials: tuple[str, ...],
    note: str,
    hands: tuple[str, ...],
    apart: str = "",
) -> Op:
    """A row whose spelling is an operator in Python, and so in PyTorch, JAX and micrograd."""
    spelled = "-{0}" if infix == "-x" else f"{{0}} {infix} {{1}}"
    operands = X if infix == "-x" else XY
    return Op(
        name,
        symbol,
        title,
        operands,
        formula,
        partials,
        note,
        infix,
        torch=spelled,
        jax=spelled,
        micrograd=spelled if infix != "**" else "{0} ** {1:number}",
        hands=hands,
        apart=apart,
    )


def _comparison(name: str, symbol: str, title: str, infix: str) -> Op:
    """A row that answers 1 or 0, through which no gradient path leads."""
    spelled = f"({{0}} {infix} {{1}})"
    return Op(
        name,
        symbol,
        title,
        XY,
        f"where(x {infix} y, 1, 0)",
        ("0", "0"),
        "A comparison answers 1 or 0. A small change almost never changes the answer: no path leads back through it.",
        infix,
        gate=True,
        decides=(0, 1),
        analytic=False,
        torch=f"{spelled}.double()",
        jax=f"{spelled}.astype(float)",
    )


def _function(
    name: str,
    title: str,
    formula: str,
    partial: str,
    note: str,
    *,
    symbol: str = "",
    gate: bool = False,
    analytic: bool = True,
    torch: str = "",
    jax: str = "",
    micrograd: str = "",
    hands: str = "",
    apart: str = "",
) -> Op:
    """A row of one operand `x`."""
    return Op(
        name,
        symbol or name,
        title,
        X,
        formula,
        (partial,),
        note,
        gate=gate,
        analytic=analytic,
        torch=torch or f"torch.{name}({{0}})",
        jax=jax or f"jnp.{name}({{0}})",
        micrograd=micrograd,
        hands=(hands,) if hands else (),
        apart=apart,
    )


def _extreme(name: str, title: str, beyond: str, word: str) -> Op:
    """max or min over any number of operands."""
    return Op(
        name,
        name,
        title,
        X,
        f"{name}(*x)",
        (f"where(x {beyond} out, 0, 1 / max(1, ties))",),
        f"The gradient goes to the {word} operand alone; operands that tie share it equally.",
        gate=True,
        analytic=False,
        variadic=True,
        torch=f"torch.stack([{{*}}]).a{name}()",
        jax=f"jnp.{name}(jnp.stack([{{*}}]))",
    )


_LN10 = "2.302585092994046"
_LN2 = "0.6931471805599453"
# GELU's u = sqrt(2/pi) (x + 0.044715 x^3), its derivative, and PyTorch's order of operations.
_GELU_U = "0.7978845608028654 * (x + 0.044715 * x * x * x)"
_GELU_DU = "0.7978845608028654 * (1 + 3 * 0.044715 * x * x)"

_ROWS: tuple[Op, ...] = (
    # --- arithmetic
    _infix("add", "+", "sum", "+", "x + y", ("1", "1"), "A sum hands its gradient on, unchanged, to both operands.",
           ("A plus sign passes it on [unchanged].",)),
    _infix("sub", "−", "difference", "-", "x - y", ("1", "-1"), "The subtracted operand gets the gradient negated.",
           ("A minus sign passes it on [unchanged] to what stands first.",
            "A minus sign [flips its sign] for what is taken away."), "x + -y"),
    _infix("mul", "×", "product", "*", "x * y", ("y", "x"), "Each operand's partial is the other operand.",
           ("A product multiplies it by [the other factor], {other}.",)),
    _infix(
        "div",
        "÷",
        "quotient",
        "/",
        "x / y",
        ("1 / y", "-out / y"),
        "Dividing by 0 gives an infinity (0 / 0 gives NaN), and so do its partials.",
        (
            "A quotient divides it by [what stands below], {other}.",
            "For what stands below, a quotient multiplies it by [minus its value over {target}], {partial}.",
        ),
        "x * y ** -1",
    ),
    _infix("neg", "−", "negation", "-x", "-x", ("-1",), "A minus sign negates the gradient.",
           ("A minus sign [flips its sign].",), "x * -1"),
    _infix(
        "pow",
        "xʸ",
        "power",
        "**",
        "pow(x, y)",
        (
            "where(y == 0, 0, y * pow(x, y - 1))",
            "where(x == 0, where(y >= 0, 0, out * log(x)), out * log(x))",
        ),
        "A negative base has no real power unless the exponent is a whole number: the value is NaN, never complex. "
        "The partial towards the exponent needs log of the base.",
        (
            "A power multiplies it by [its slope], {partial}: the exponent comes down in front.",
            "For the exponent, a power multiplies it by [its value times the logarithm of the base], {partial}.",
        ),
    ),
    # --- exponentials, logarithms, roots
    _function("exp", "exponential", "exp(x)", "out", "Its own derivative. Above 709.78 it overflows to infinity.",
              hands="exp multiplies it by [its own value], {out}."),
    _function("expm1", "exp(x) − 1", "expm1(x)", "out + 1", "exp(x) - 1 without losing digits when x is near 0.",
              apart="exp(x) - 1"),
    _function("log", "natural logarithm", "log(x)", "1 / x",
              "log(0) is minus infinity; the logarithm of a negative number is NaN.",
              hands="A logarithm divides it by [what it is taken of], {target}."),
    _function("log1p", "log(1 + x)", "log1p(x)", "1 / (x + 1)", "log(1 + x) without losing digits when x is near 0.",
              apart="log(1 + x)"),
    _function("log2", "logarithm to base 2", "log2(x)", f"1 / (x * {_LN2})",
              "0.6931… is log(2). log2(0) is minus infinity.", apart="log(x) / 0.6931471805599453"),
    _function("log10", "logarithm to base 10", "log10(x)", f"1 / (x * {_LN10})",
              "2.3025… is log(10). log10(0) is minus infinity.", apart="log(x) / 2.302585092994046"),
    _function("sqrt", "square root", "sqrt(x)", "1 / (2 * out)",
              "At 0 the slope is infinite; the root of a negative number is NaN.", symbol="√",
              hands="A square root divides it by [twice its value]: times {partial}.", apart="x ** 0.5"),
    # --- trigonometry
    _function("sin", "sine", "sin(x)", "cos(x)", "x is in radians.",
              hands="A sine multiplies it by [the cosine], {partial}."),
    _function("cos", "cosine", "cos(x)", "-sin(x)", "x is in radians.",
              hands="A cosine multiplies it by [minus the sine], {partial}."),
    _function("tan", "tangent", "tan(x)", "1 + out * out", "Grows without bound near odd multiples of π/2.",
              apart="sin(x) / cos(x)"),
    _function("asin", "arcsine", "asin(x)", "1 / sqrt(1 - x * x)",
              "Defined from -1 to 1; at both ends the slope is infinite.", jax="jnp.arcsin({0})"),
    _function("acos", "arccosine", "acos(x)", "-1 / sqrt(1 - x * x)",
              "Defined from -1 to 1; at both ends the slope is minus infinity.", jax="jnp.arccos({0})"),
    _function("atan", "arctangent", "atan(x)", "1 / (x * x + 1)", "Flattens far from 0: a squashing function.",
              jax="jnp.arctan({0})"),
    Op(
        "atan2",
        "atan2",
        "angle of the point (x, y)",
        ("y", "x"),
        "atan2(y, x)",
        (
            "where(x * x + y * y == 0, 0, x / (x * x + y * y))",
            "where(x * x + y * y == 0, 0, -y / (x * x + y * y))",
        ),
        "y comes first. The angle jumps by 2π across the negative x axis; at the origin the partials are taken as 0.",
        torch="torch.atan2({0}, {1})",
        jax="jnp.arctan2({0}, {1})",
    ),
    _function("sinh", "hyperbolic sine", "sinh(x)", "cosh(x)", "Overflows to infinity beyond ±710.",
              apart="(exp(x) - exp(-x)) / 2"),
    _function("cosh", "hyperbolic cosine", "cosh(x)", "sinh(x)", "Overflows to infinity beyond ±710.",
              apart="(exp(x) + exp(-x)) / 2"),
    _function("tanh", "hyperbolic tangent", "tanh(x)", "1 - out * out",
              "Saturates: beyond ±19 the value rounds to ±1 and the partial to exactly 0.",
              hands="tanh multiplies it by [1 minus its value squared], {partial}.",
              apart="(exp(2 * x) - 1) / (exp(2 * x) + 1)"),
    # --- activations
    _function("sigmoid", "logistic sigmoid", "1 / (1 + exp(-x))", "(1 - out) * out",
              "The partial is at most 1/4, and fades to 0 on both sides.",
              symbol="σ", jax="jax.nn.sigmoid({0})",
              hands="A sigmoid multiplies it by [its value times 1 minus its value], {partial}.",
              apart="1 / (1 + exp(-x))"),
    _function("relu", "rectified linear unit", "max(x, 0)", "where(out <= 0, 0, 1)",
              "At exactly 0 the partial is taken as 0, as PyTorch does.",
              gate=True, analytic=False, jax="jax.nn.relu({0})", micrograd="{0}.relu()", apart="max(x, 0)"),
    _function("relu6", "relu, capped at 6", "min(max(x, 0), 6)", "where(x <= 0, 0, where(x >= 6, 0, 1))",
              "At both kinks, 0 and 6, the partial is taken as 0.",
              gate=True, analytic=False, torch="torch.nn.functional.relu6({0})", jax="jax.nn.relu6({0})",
              apart="min(relu(x), 6)"),
    _function("leaky_relu", "relu with slope 0.01 below 0", "where(x > 0, x, x * 0.01)", "where(x > 0, 1, 0.01)",
              "Below 0, and at 0, a hundredth of the gradient still passes.",
              symbol="lrelu", analytic=False,
              torch="torch.nn.functional.leaky_relu({0})", jax="jax.nn.leaky_relu({0})",
              apart="where(x > 0, x, x * 0.01)"),
    _function("elu", "exponential linear unit", "where(x <= 0, expm1(x), x)", "where(x <= 0, exp(x), 1)",
              "Smooth at 0, where both sides have slope 1; levels off at -1.",
              torch="torch.nn.functional.elu({0})", jax="jax.nn.elu({0})", apart="where(x <= 0, exp(x) - 1, x)"),
    _function("softplus", "smooth relu, log(1 + exp(x))", "where(x > 20, x, log1p(exp(x)))",
              "where(x > 20, 1, exp(x) / (exp(x) + 1))",
              "Above 20 it is taken as x itself, as PyTorch does: the difference is below 3e-9.",
              torch="torch.nn.functional.softplus({0})", jax="jax.nn.softplus({0})", apart="log(1 + exp(x))"),
    _function("silu", "x times sigmoid(x), swish", "x / (1 + exp(-x))",
              "(1 + x * (1 - 1 / (1 + exp(-x)))) / (1 + exp(-x))",
              "Dips below 0 for negative x, with its lowest value near x = -1.28.",
              torch="torch.nn.functional.silu({0})", jax="jax.nn.silu({0})", apart="x * sigmoid(x)"),
    _function("gelu", "Gaussian error linear unit, tanh form", f"0.5 * x * (1 + tanh({_GELU_U}))",
              f"0.5 * (1 + tanh({_GELU_U})) + 0.5 * x * (1 - tanh({_GELU_U}) * tanh({_GELU_U})) * ({_GELU_DU})",
              "The tanh form of GPT-2; 0.7978… is √(2/π).",
              torch="torch.nn.functional.gelu({0}, approximate='tanh')", jax="jax.nn.gelu({0}, approximate=True)",
              apart=f"0.5 * x * (1 + tanh({_GELU_U}))"),
    # --- two operands
    Op(
        "logaddexp",
        "logaddexp",
        "log(exp(x) + exp(y))",
        XY,
        f"where(x == y, x + {_LN2}, max(x, y) + log1p(exp(-abs(x - y))))",
        ("1 / (1 + exp(y - x))", "1 / (1 + exp(x - y))"),
        "The larger operand is taken out first, so nothing overflows. The partials are a softmax: they add up to 1.",
        torch="torch.logaddexp({0}, {1})",
        jax="jnp.logaddexp({0}, {1})",
        apart="log(exp(x) + exp(y))",
    ),
    Op(
        "hypot",
        "hypot",
        "length √(x² + y²)",
        XY,
        "hypot(x, y)",
        ("x / out", "y / out"),
        "The partials are the direction's cosines; at the origin there is no direction and both are NaN.",
        torch="torch.hypot({0}, {1})",
        jax="jnp.hypot({0}, {1})",
        apart="sqrt(x * x + y * y)",
    ),
    # --- selecting
    _function("abs", "absolute value", "abs(x)", "where(x > 0, 1, where(x < 0, -1, 0))",
              "At the kink, 0, the partial is taken as 0 (at NaN too), as PyTorch does.", symbol="|x|", analytic=False,
              hands="An absolute value multiplies it by [the sign], {partial}.", apart="max(x, -x)"),
    _extreme("max", "largest", "<", "largest"),
    _extreme("min", "smallest", ">", "smallest"),
    Op(
        "clamp",
        "clamp",
        "x kept between lo and hi",
        ("x", "lo", "hi"),
        "min(max(x, lo), hi)",
        (
            "where(x >= lo, where(x <= hi, 1, 0), 0)",
            "where(lo < hi, where(x < lo, 1, 0), 0)",
            "where(x > hi, 1, where(hi < lo, 1, 0))",
        ),
        "Inside, and exactly on a bound, the gradient passes to x; outside it goes to the bound that holds it.",
        gate=True,
        analytic=False,
        torch="torch.clamp({0}, {1}, {2})",
        jax="jnp.clip({0}, {1}, {2})",
        apart="min(max(x, lo), hi)",
    ),
    Op(
        "where",
        "where",
        "one of two, by a condition",
        ("condition", "x", "y"),
        "where(condition != 0, x, y)",
        ("0", "where(condition != 0, 1, 0)", "where(condition != 0, 0, 1)"),
        "The operand that was not chosen gets gradient 0; further back, 0 times infinity is still NaN. "
        "No path leads back through the condition.",
        gate=True,
        decides=(0,),
        analytic=False,
        torch="torch.where({0} != 0, {1}, {2})",
        jax="jnp.where({0} != 0, {1}, {2})",
    ),
    _comparison("gt", ">", "greater than", ">"),
    _comparison("ge", "≥", "greater or equal", ">="),
    _comparison("lt", "<", "less than", "<"),
    _comparison("le", "≤", "less or equal", "<="),
    _comparison("eq", "=", "equal", "=="),
    _comparison("ne", "≠", "not equal", "!="),
    _function("sign", "sign", "where(x > 0, 1, where(x < 0, -1, 0))", "0",
              "A step: flat almost everywhere, so no gradient passes.", gate=True, analytic=False,
              apart="where(x > 0, 1, where(x < 0, -1, 0))"),
    _function("floor", "rounded down", "floor(x)", "0",
              "A staircase: flat almost everywhere, so no gradient passes.", gate=True, analytic=False),
    _function("round", "rounded to the nearest whole number", "round(x)", "0",
              "Halves go to the even neighbour, round(2.5) = 2. Flat almost everywhere, so no gradient passes.",
              gate=True, analytic=False),
)  # fmt: skip

OPS: Mapping[str, Op] = MappingProxyType({row.name: row for row in _ROWS})
"""The table, in order; a leaf has no row."""

CODE: Mapping[str, int] = MappingProxyType({LEAF: 0} | {name: code for code, name in enumerate(OPS, start=1)})
"""The small integer that stands for an op in a tape's columns: 0 for a leaf, then the rows in order."""

NAMES: tuple[str, ...] = (LEAF, *OPS)
"""NAMES[CODE[name]] == name."""
