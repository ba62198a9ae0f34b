"""Generated from engine/ops.py by `python3 run gen`: change the table, not this file.

The methods of `engine.value.Value` for ops of one or two operands: the path that every scalar takes, with value and
partials written out. What is not a plain Value or number goes to `Value._general`.
"""

# fmt: off
# ruff: noqa

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from engine.kernel import (
    _abs,
    _floor,
    _min,
    _round,
    partial_acos_0,
    partial_asin_0,
    partial_atan2_0,
    partial_atan2_1,
    partial_atan_0,
    partial_cos_0,
    partial_cosh_0,
    partial_div_0,
    partial_div_1,
    partial_elu_0,
    partial_gelu_0,
    partial_hypot_0,
    partial_hypot_1,
    partial_log10_0,
    partial_log1p_0,
    partial_log2_0,
    partial_log_0,
    partial_logaddexp_0,
    partial_logaddexp_1,
    partial_pow_0,
    partial_pow_1,
    partial_silu_0,
    partial_sin_0,
    partial_sinh_0,
    partial_softplus_0,
    partial_sqrt_0,
    value_acos,
    value_asin,
    value_atan,
    value_atan2,
    value_cos,
    value_cosh,
    value_div,
    value_elu,
    value_exp,
    value_expm1,
    value_gelu,
    value_hypot,
    value_log,
    value_log10,
    value_log1p,
    value_log2,
    value_logaddexp,
    value_pow,
    value_sigmoid,
    value_silu,
    value_sin,
    value_sinh,
    value_softplus,
    value_sqrt,
    value_tan,
    value_tanh,
)

next_serial = count().__next__
_new = object.__new__
_FLOAT, _INT = float, int


def method_add(self: Any, other: Any) -> Any:
    """Sum."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value.data = out = x + y
        value._y = other
        value._q = 1.0
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value.data = out = x + y
        value._y = y
        value._q = None
    else:
        return self._general("add", other)
    value._x = self
    value._p = 1.0
    value.op = "add"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_sub(self: Any, other: Any) -> Any:
    """Difference."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value.data = out = x - y
        value._y = other
        value._q = -1.0
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value.data = out = x - y
        value._y = y
        value._q = None
    else:
        return self._general("sub", other)
    value._x = self
    value._p = 1.0
    value.op = "sub"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_mul(self: Any, other: Any) -> Any:
    """Product."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value.data = out = x * y
        value._y = other
        value._q = x
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value.data = out = x * y
        value._y = y
        value._q = None
    else:
        return self._general("mul", other)
    value._x = self
    value._p = y
    value.op = "mul"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_div(self: Any, other: Any) -> Any:
    """Quotient."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value.data = out = value_div(x, y)
        value._y = other
        value._q = partial_div_1(x, y, out)
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value.data = out = value_div(x, y)
        value._y = y
        value._q = None
    else:
        return self._general("div", other)
    value._x = self
    value._p = partial_div_0(x, y, out)
    value.op = "div"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_neg(self: Any) -> Any:
    """Negation."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = -x
    value._x = self
    value._y = 0.0
    value._p = -1.0
    value._q = None
    value.op = "neg"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_pow(self: Any, other: Any) -> Any:
    """Power."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value.data = out = value_pow(x, y)
        value._y = other
        value._q = partial_pow_1(x, y, out)
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value.data = out = value_pow(x, y)
        value._y = y
        value._q = None
    else:
        return self._general("pow", other)
    value._x = self
    value._p = partial_pow_0(x, y, out)
    value.op = "pow"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_exp(self: Any) -> Any:
    """Exponential."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_exp(x)
    value._x = self
    value._y = 0.0
    value._p = out
    value._q = None
    value.op = "exp"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_expm1(self: Any) -> Any:
    """Exp(x) − 1."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_expm1(x)
    value._x = self
    value._y = 0.0
    value._p = out + 1.0
    value._q = None
    value.op = "expm1"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_log(self: Any) -> Any:
    """Natural logarithm."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_log(x)
    value._x = self
    value._y = 0.0
    value._p = partial_log_0(x, out)
    value._q = None
    value.op = "log"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_log1p(self: Any) -> Any:
    """Log(1 + x)."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_log1p(x)
    value._x = self
    value._y = 0.0
    value._p = partial_log1p_0(x, out)
    value._q = None
    value.op = "log1p"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_log2(self: Any) -> Any:
    """Logarithm to base 2."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_log2(x)
    value._x = self
    value._y = 0.0
    value._p = partial_log2_0(x, out)
    value._q = None
    value.op = "log2"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_log10(self: Any) -> Any:
    """Logarithm to base 10."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_log10(x)
    value._x = self
    value._y = 0.0
    value._p = partial_log10_0(x, out)
    value._q = None
    value.op = "log10"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_sqrt(self: Any) -> Any:
    """Square root."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_sqrt(x)
    value._x = self
    value._y = 0.0
    value._p = partial_sqrt_0(x, out)
    value._q = None
    value.op = "sqrt"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_sin(self: Any) -> Any:
    """Sine."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_sin(x)
    value._x = self
    value._y = 0.0
    value._p = partial_sin_0(x, out)
    value._q = None
    value.op = "sin"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_cos(self: Any) -> Any:
    """Cosine."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_cos(x)
    value._x = self
    value._y = 0.0
    value._p = partial_cos_0(x, out)
    value._q = None
    value.op = "cos"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_tan(self: Any) -> Any:
    """Tangent."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_tan(x)
    value._x = self
    value._y = 0.0
    value._p = 1.0 + out * out
    value._q = None
    value.op = "tan"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_asin(self: Any) -> Any:
    """Arcsine."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_asin(x)
    value._x = self
    value._y = 0.0
    value._p = partial_asin_0(x, out)
    value._q = None
    value.op = "asin"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_acos(self: Any) -> Any:
    """Arccosine."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_acos(x)
    value._x = self
    value._y = 0.0
    value._p = partial_acos_0(x, out)
    value._q = None
    value.op = "acos"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_atan(self: Any) -> Any:
    """Arctangent."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_atan(x)
    value._x = self
    value._y = 0.0
    value._p = partial_atan_0(x, out)
    value._q = None
    value.op = "atan"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_atan2(self: Any, other: Any) -> Any:
    """Angle of the point (x, y)."""
    kind = self.__class__
    y = self.data
    if other.__class__ is kind:
        x = other.data
        value = _new(kind)
        value.data = out = value_atan2(y, x)
        value._y = other
        value._q = partial_atan2_1(y, x, out)
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        x = _FLOAT(other)
        value = _new(kind)
        value.data = out = value_atan2(y, x)
        value._y = x
        value._q = None
    else:
        return self._general("atan2", other)
    value._x = self
    value._p = partial_atan2_0(y, x, out)
    value.op = "atan2"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_sinh(self: Any) -> Any:
    """Hyperbolic sine."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_sinh(x)
    value._x = self
    value._y = 0.0
    value._p = partial_sinh_0(x, out)
    value._q = None
    value.op = "sinh"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_cosh(self: Any) -> Any:
    """Hyperbolic cosine."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_cosh(x)
    value._x = self
    value._y = 0.0
    value._p = partial_cosh_0(x, out)
    value._q = None
    value.op = "cosh"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_tanh(self: Any) -> Any:
    """Hyperbolic tangent."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_tanh(x)
    value._x = self
    value._y = 0.0
    value._p = 1.0 - out * out
    value._q = None
    value.op = "tanh"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_sigmoid(self: Any) -> Any:
    """Logistic sigmoid."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_sigmoid(x)
    value._x = self
    value._y = 0.0
    value._p = (1.0 - out) * out
    value._q = None
    value.op = "sigmoid"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_relu(self: Any) -> Any:
    """Rectified linear unit."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = (x if x >= 0.0 or x != x else 0.0)
    value._x = self
    value._y = 0.0
    value._p = (0.0 if x <= 0.0 else 1.0) or None
    value._q = None
    value.op = "relu"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_relu6(self: Any) -> Any:
    """Relu, capped at 6."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = (_min(x if x >= 0.0 or x != x else 0.0, 6.0))
    value._x = self
    value._y = 0.0
    value._p = (0.0 if x <= 0.0 else 0.0 if x >= 6.0 else 1.0) or None
    value._q = None
    value.op = "relu6"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_leaky_relu(self: Any) -> Any:
    """Relu with slope 0.01 below 0."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = (x if x > 0.0 else x * 0.01)
    value._x = self
    value._y = 0.0
    value._p = (1.0 if x > 0.0 else 0.01)
    value._q = None
    value.op = "leaky_relu"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_elu(self: Any) -> Any:
    """Exponential linear unit."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_elu(x)
    value._x = self
    value._y = 0.0
    value._p = partial_elu_0(x, out)
    value._q = None
    value.op = "elu"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_softplus(self: Any) -> Any:
    """Smooth relu, log(1 + exp(x))."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_softplus(x)
    value._x = self
    value._y = 0.0
    value._p = partial_softplus_0(x, out)
    value._q = None
    value.op = "softplus"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_silu(self: Any) -> Any:
    """X times sigmoid(x), swish."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_silu(x)
    value._x = self
    value._y = 0.0
    value._p = partial_silu_0(x, out)
    value._q = None
    value.op = "silu"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_gelu(self: Any) -> Any:
    """Gaussian error linear unit, tanh form."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = value_gelu(x)
    value._x = self
    value._y = 0.0
    value._p = partial_gelu_0(x, out)
    value._q = None
    value.op = "gelu"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_logaddexp(self: Any, other: Any) -> Any:
    """Log(exp(x) + exp(y))."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value.data = out = value_logaddexp(x, y)
        value._y = other
        value._q = partial_logaddexp_1(x, y, out)
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value.data = out = value_logaddexp(x, y)
        value._y = y
        value._q = None
    else:
        return self._general("logaddexp", other)
    value._x = self
    value._p = partial_logaddexp_0(x, y, out)
    value.op = "logaddexp"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_hypot(self: Any, other: Any) -> Any:
    """Length √(x² + y²)."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value.data = out = value_hypot(x, y)
        value._y = other
        value._q = partial_hypot_1(x, y, out)
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value.data = out = value_hypot(x, y)
        value._y = y
        value._q = None
    else:
        return self._general("hypot", other)
    value._x = self
    value._p = partial_hypot_0(x, y, out)
    value.op = "hypot"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_abs(self: Any) -> Any:
    """Absolute value."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = _abs(x)
    value._x = self
    value._y = 0.0
    value._p = (1.0 if x > 0.0 else -1.0 if x < 0.0 else 0.0)
    value._q = None
    value.op = "abs"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_gt(self: Any, other: Any) -> Any:
    """Greater than."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value.data = out = (1.0 if x > y else 0.0)
        value._y = other
        value._q = None
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value.data = out = (1.0 if x > y else 0.0)
        value._y = y
        value._q = None
    else:
        return self._general("gt", other)
    value._x = self
    value._p = None
    value.op = "gt"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_ge(self: Any, other: Any) -> Any:
    """Greater or equal."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value.data = out = (1.0 if x >= y else 0.0)
        value._y = other
        value._q = None
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value.data = out = (1.0 if x >= y else 0.0)
        value._y = y
        value._q = None
    else:
        return self._general("ge", other)
    value._x = self
    value._p = None
    value.op = "ge"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_lt(self: Any, other: Any) -> Any:
    """Less than."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value.data = out = (1.0 if x < y else 0.0)
        value._y = other
        value._q = None
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value.data = out = (1.0 if x < y else 0.0)
        value._y = y
        value._q = None
    else:
        return self._general("lt", other)
    value._x = self
    value._p = None
    value.op = "lt"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_le(self: Any, other: Any) -> Any:
    """Less or equal."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value.data = out = (1.0 if x <= y else 0.0)
        value._y = other
        value._q = None
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value.data = out = (1.0 if x <= y else 0.0)
        value._y = y
        value._q = None
    else:
        return self._general("le", other)
    value._x = self
    value._p = None
    value.op = "le"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_eq(self: Any, other: Any) -> Any:
    """Equal."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value.data = out = (1.0 if x == y else 0.0)
        value._y = other
        value._q = None
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value.data = out = (1.0 if x == y else 0.0)
        value._y = y
        value._q = None
    else:
        return self._general("eq", other)
    value._x = self
    value._p = None
    value.op = "eq"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_ne(self: Any, other: Any) -> Any:
    """Not equal."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value.data = out = (1.0 if x != y else 0.0)
        value._y = other
        value._q = None
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value.data = out = (1.0 if x != y else 0.0)
        value._y = y
        value._q = None
    else:
        return self._general("ne", other)
    value._x = self
    value._p = None
    value.op = "ne"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_sign(self: Any) -> Any:
    """Sign."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = (1.0 if x > 0.0 else -1.0 if x < 0.0 else 0.0)
    value._x = self
    value._y = 0.0
    value._p = None
    value._q = None
    value.op = "sign"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_floor(self: Any) -> Any:
    """Rounded down."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = _floor(x)
    value._x = self
    value._y = 0.0
    value._p = None
    value._q = None
    value.op = "floor"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_round(self: Any) -> Any:
    """Rounded to the nearest whole number."""
    x = self.data
    value = _new(self.__class__)
    value.data = out = _round(x)
    value._x = self
    value._y = 0.0
    value._p = None
    value._q = None
    value.op = "round"
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


METHODS: dict[str, Callable[..., Any]] = {
    "add": method_add,
    "sub": method_sub,
    "mul": method_mul,
    "div": method_div,
    "neg": method_neg,
    "pow": method_pow,
    "exp": method_exp,
    "expm1": method_expm1,
    "log": method_log,
    "log1p": method_log1p,
    "log2": method_log2,
    "log10": method_log10,
    "sqrt": method_sqrt,
    "sin": method_sin,
    "cos": method_cos,
    "tan": method_tan,
    "asin": method_asin,
    "acos": method_acos,
    "atan": method_atan,
    "atan2": method_atan2,
    "sinh": method_sinh,
    "cosh": method_cosh,
    "tanh": method_tanh,
    "sigmoid": method_sigmoid,
    "relu": method_relu,
    "relu6": method_relu6,
    "leaky_relu": method_leaky_relu,
    "elu": method_elu,
    "softplus": method_softplus,
    "silu": method_silu,
    "gelu": method_gelu,
    "logaddexp": method_logaddexp,
    "hypot": method_hypot,
    "abs": method_abs,
    "gt": method_gt,
    "ge": method_ge,
    "lt": method_lt,
    "le": method_le,
    "eq": method_eq,
    "ne": method_ne,
    "sign": method_sign,
    "floor": method_floor,
    "round": method_round,
}
"""By name of the op."""
