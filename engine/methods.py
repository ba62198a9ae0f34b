"""Generated from engine/ops.py by `python3 run gen`: change the table, not this file.

For the ops of one or two operands
    method_OP       the method of `engine.value.Value`: the path that every scalar takes, with the value written out.
                    What is not a plain Value or number goes to `Value._general`.
    back_OP         adds a Value's grad times the partials to its operands' grads, the last operand first. A partial is
                    computed then, from the operands' data as they are; `back_OP_0` and `back_OP_1` are for a Value
                    whose other operand is a number, and leave that one out.
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
        value._y = other
        value._back = back_add
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value._y = y
        value._back = back_add_0
    else:
        return self._general("add", other)
    value.data = (x + y)
    value._x = self
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_add(value: Any) -> None:
    to_x = value._x
    to_y = value._y
    grad = value.grad
    to_y.grad += grad
    to_x.grad += grad


def back_add_0(value: Any) -> None:
    to_x = value._x
    to_x.grad += value.grad


def back_add_1(value: Any) -> None:
    to_y = value._y
    to_y.grad += value.grad


def method_sub(self: Any, other: Any) -> Any:
    """Difference."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value._y = other
        value._back = back_sub
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value._y = y
        value._back = back_sub_0
    else:
        return self._general("sub", other)
    value.data = (x - y)
    value._x = self
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_sub(value: Any) -> None:
    to_x = value._x
    to_y = value._y
    grad = value.grad
    to_y.grad -= grad
    to_x.grad += grad


def back_sub_0(value: Any) -> None:
    to_x = value._x
    to_x.grad += value.grad


def back_sub_1(value: Any) -> None:
    to_y = value._y
    to_y.grad -= value.grad


def method_mul(self: Any, other: Any) -> Any:
    """Product."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value._y = other
        value._back = back_mul
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value._y = y
        value._back = back_mul_0
    else:
        return self._general("mul", other)
    value.data = (x * y)
    value._x = self
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_mul(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    to_y = value._y
    y = to_y.data
    grad = value.grad
    to_y.grad += grad * x
    to_x.grad += grad * y


def back_mul_0(value: Any) -> None:
    to_x = value._x
    y = value._y
    to_x.grad += value.grad * y


def back_mul_1(value: Any) -> None:
    x = value._x
    to_y = value._y
    to_y.grad += value.grad * x


def method_div(self: Any, other: Any) -> Any:
    """Quotient."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value._y = other
        value._back = back_div
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value._y = y
        value._back = back_div_0
    else:
        return self._general("div", other)
    value.data = value_div(x, y)
    value._x = self
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_div(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    to_y = value._y
    y = to_y.data
    out = value.data
    grad = value.grad
    to_y.grad += grad * partial_div_1(x, y, out)
    to_x.grad += grad * partial_div_0(x, y, out)


def back_div_0(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    y = value._y
    out = value.data
    to_x.grad += value.grad * partial_div_0(x, y, out)


def back_div_1(value: Any) -> None:
    x = value._x
    to_y = value._y
    y = to_y.data
    out = value.data
    to_y.grad += value.grad * partial_div_1(x, y, out)


def method_neg(self: Any) -> Any:
    """Negation."""
    x = self.data
    value = _new(self.__class__)
    value.data = (-x)
    value._x = self
    value._y = None
    value._back = back_neg
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_neg(value: Any) -> None:
    to_x = value._x
    to_x.grad -= value.grad


def method_pow(self: Any, other: Any) -> Any:
    """Power."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value._y = other
        value._back = back_pow
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value._y = y
        value._back = back_pow_0
    else:
        return self._general("pow", other)
    value.data = value_pow(x, y)
    value._x = self
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_pow(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    to_y = value._y
    y = to_y.data
    out = value.data
    grad = value.grad
    to_y.grad += grad * partial_pow_1(x, y, out)
    to_x.grad += grad * partial_pow_0(x, y, out)


def back_pow_0(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    y = value._y
    out = value.data
    to_x.grad += value.grad * partial_pow_0(x, y, out)


def back_pow_1(value: Any) -> None:
    x = value._x
    to_y = value._y
    y = to_y.data
    out = value.data
    to_y.grad += value.grad * partial_pow_1(x, y, out)


def method_exp(self: Any) -> Any:
    """Exponential."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_exp(x)
    value._x = self
    value._y = None
    value._back = back_exp
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_exp(value: Any) -> None:
    to_x = value._x
    out = value.data
    to_x.grad += value.grad * out


def method_expm1(self: Any) -> Any:
    """Exp(x) − 1."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_expm1(x)
    value._x = self
    value._y = None
    value._back = back_expm1
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_expm1(value: Any) -> None:
    to_x = value._x
    out = value.data
    to_x.grad += value.grad * (out + 1.0)


def method_log(self: Any) -> Any:
    """Natural logarithm."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_log(x)
    value._x = self
    value._y = None
    value._back = back_log
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_log(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_log_0(x, out)


def method_log1p(self: Any) -> Any:
    """Log(1 + x)."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_log1p(x)
    value._x = self
    value._y = None
    value._back = back_log1p
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_log1p(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_log1p_0(x, out)


def method_log2(self: Any) -> Any:
    """Logarithm to base 2."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_log2(x)
    value._x = self
    value._y = None
    value._back = back_log2
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_log2(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_log2_0(x, out)


def method_log10(self: Any) -> Any:
    """Logarithm to base 10."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_log10(x)
    value._x = self
    value._y = None
    value._back = back_log10
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_log10(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_log10_0(x, out)


def method_sqrt(self: Any) -> Any:
    """Square root."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_sqrt(x)
    value._x = self
    value._y = None
    value._back = back_sqrt
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_sqrt(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_sqrt_0(x, out)


def method_sin(self: Any) -> Any:
    """Sine."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_sin(x)
    value._x = self
    value._y = None
    value._back = back_sin
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_sin(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_sin_0(x, out)


def method_cos(self: Any) -> Any:
    """Cosine."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_cos(x)
    value._x = self
    value._y = None
    value._back = back_cos
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_cos(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_cos_0(x, out)


def method_tan(self: Any) -> Any:
    """Tangent."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_tan(x)
    value._x = self
    value._y = None
    value._back = back_tan
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_tan(value: Any) -> None:
    to_x = value._x
    out = value.data
    to_x.grad += value.grad * (1.0 + out * out)


def method_asin(self: Any) -> Any:
    """Arcsine."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_asin(x)
    value._x = self
    value._y = None
    value._back = back_asin
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_asin(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_asin_0(x, out)


def method_acos(self: Any) -> Any:
    """Arccosine."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_acos(x)
    value._x = self
    value._y = None
    value._back = back_acos
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_acos(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_acos_0(x, out)


def method_atan(self: Any) -> Any:
    """Arctangent."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_atan(x)
    value._x = self
    value._y = None
    value._back = back_atan
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_atan(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_atan_0(x, out)


def method_atan2(self: Any, other: Any) -> Any:
    """Angle of the point (x, y)."""
    kind = self.__class__
    y = self.data
    if other.__class__ is kind:
        x = other.data
        value = _new(kind)
        value._y = other
        value._back = back_atan2
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        x = _FLOAT(other)
        value = _new(kind)
        value._y = x
        value._back = back_atan2_0
    else:
        return self._general("atan2", other)
    value.data = value_atan2(y, x)
    value._x = self
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_atan2(value: Any) -> None:
    to_y = value._x
    y = to_y.data
    to_x = value._y
    x = to_x.data
    out = value.data
    grad = value.grad
    to_x.grad += grad * partial_atan2_1(y, x, out)
    to_y.grad += grad * partial_atan2_0(y, x, out)


def back_atan2_0(value: Any) -> None:
    to_y = value._x
    y = to_y.data
    x = value._y
    out = value.data
    to_y.grad += value.grad * partial_atan2_0(y, x, out)


def back_atan2_1(value: Any) -> None:
    y = value._x
    to_x = value._y
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_atan2_1(y, x, out)


def method_sinh(self: Any) -> Any:
    """Hyperbolic sine."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_sinh(x)
    value._x = self
    value._y = None
    value._back = back_sinh
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_sinh(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_sinh_0(x, out)


def method_cosh(self: Any) -> Any:
    """Hyperbolic cosine."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_cosh(x)
    value._x = self
    value._y = None
    value._back = back_cosh
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_cosh(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_cosh_0(x, out)


def method_tanh(self: Any) -> Any:
    """Hyperbolic tangent."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_tanh(x)
    value._x = self
    value._y = None
    value._back = back_tanh
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_tanh(value: Any) -> None:
    to_x = value._x
    out = value.data
    to_x.grad += value.grad * (1.0 - out * out)


def method_sigmoid(self: Any) -> Any:
    """Logistic sigmoid."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_sigmoid(x)
    value._x = self
    value._y = None
    value._back = back_sigmoid
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_sigmoid(value: Any) -> None:
    to_x = value._x
    out = value.data
    to_x.grad += value.grad * ((1.0 - out) * out)


def method_relu(self: Any) -> Any:
    """Rectified linear unit."""
    x = self.data
    value = _new(self.__class__)
    value.data = (x if x >= 0.0 or x != x else 0.0)
    value._x = self
    value._y = None
    value._back = back_relu
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_relu(value: Any) -> None:
    to_x = value._x
    out = value.data
    if slope := (0.0 if out <= 0.0 else 1.0):
        to_x.grad += value.grad * slope


def method_relu6(self: Any) -> Any:
    """Relu, capped at 6."""
    x = self.data
    value = _new(self.__class__)
    value.data = (_min(x if x >= 0.0 or x != x else 0.0, 6.0))
    value._x = self
    value._y = None
    value._back = back_relu6
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_relu6(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    if slope := (0.0 if x <= 0.0 else 0.0 if x >= 6.0 else 1.0):
        to_x.grad += value.grad * slope


def method_leaky_relu(self: Any) -> Any:
    """Relu with slope 0.01 below 0."""
    x = self.data
    value = _new(self.__class__)
    value.data = (x if x > 0.0 else x * 0.01)
    value._x = self
    value._y = None
    value._back = back_leaky_relu
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_leaky_relu(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    to_x.grad += value.grad * (1.0 if x > 0.0 else 0.01)


def method_elu(self: Any) -> Any:
    """Exponential linear unit."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_elu(x)
    value._x = self
    value._y = None
    value._back = back_elu
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_elu(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_elu_0(x, out)


def method_softplus(self: Any) -> Any:
    """Smooth relu, log(1 + exp(x))."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_softplus(x)
    value._x = self
    value._y = None
    value._back = back_softplus
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_softplus(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_softplus_0(x, out)


def method_silu(self: Any) -> Any:
    """X times sigmoid(x), swish."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_silu(x)
    value._x = self
    value._y = None
    value._back = back_silu
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_silu(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_silu_0(x, out)


def method_gelu(self: Any) -> Any:
    """Gaussian error linear unit, tanh form."""
    x = self.data
    value = _new(self.__class__)
    value.data = value_gelu(x)
    value._x = self
    value._y = None
    value._back = back_gelu
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_gelu(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    out = value.data
    to_x.grad += value.grad * partial_gelu_0(x, out)


def method_logaddexp(self: Any, other: Any) -> Any:
    """Log(exp(x) + exp(y))."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value._y = other
        value._back = back_logaddexp
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value._y = y
        value._back = back_logaddexp_0
    else:
        return self._general("logaddexp", other)
    value.data = value_logaddexp(x, y)
    value._x = self
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_logaddexp(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    to_y = value._y
    y = to_y.data
    out = value.data
    grad = value.grad
    to_y.grad += grad * partial_logaddexp_1(x, y, out)
    to_x.grad += grad * partial_logaddexp_0(x, y, out)


def back_logaddexp_0(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    y = value._y
    out = value.data
    to_x.grad += value.grad * partial_logaddexp_0(x, y, out)


def back_logaddexp_1(value: Any) -> None:
    x = value._x
    to_y = value._y
    y = to_y.data
    out = value.data
    to_y.grad += value.grad * partial_logaddexp_1(x, y, out)


def method_hypot(self: Any, other: Any) -> Any:
    """Length √(x² + y²)."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value._y = other
        value._back = back_hypot
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value._y = y
        value._back = back_hypot_0
    else:
        return self._general("hypot", other)
    value.data = value_hypot(x, y)
    value._x = self
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_hypot(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    to_y = value._y
    y = to_y.data
    out = value.data
    grad = value.grad
    to_y.grad += grad * partial_hypot_1(x, y, out)
    to_x.grad += grad * partial_hypot_0(x, y, out)


def back_hypot_0(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    y = value._y
    out = value.data
    to_x.grad += value.grad * partial_hypot_0(x, y, out)


def back_hypot_1(value: Any) -> None:
    x = value._x
    to_y = value._y
    y = to_y.data
    out = value.data
    to_y.grad += value.grad * partial_hypot_1(x, y, out)


def method_abs(self: Any) -> Any:
    """Absolute value."""
    x = self.data
    value = _new(self.__class__)
    value.data = (_abs(x))
    value._x = self
    value._y = None
    value._back = back_abs
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_abs(value: Any) -> None:
    to_x = value._x
    x = to_x.data
    to_x.grad += value.grad * (1.0 if x > 0.0 else -1.0 if x < 0.0 else 0.0)


def method_gt(self: Any, other: Any) -> Any:
    """Greater than."""
    kind = self.__class__
    x = self.data
    if other.__class__ is kind:
        y = other.data
        value = _new(kind)
        value._y = (self, other)
        value._back = "gt"
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value._y = (self, y)
        value._back = "gt"
    else:
        return self._general("gt", other)
    value.data = (1.0 if x > y else 0.0)
    value._x = None
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
        value._y = (self, other)
        value._back = "ge"
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value._y = (self, y)
        value._back = "ge"
    else:
        return self._general("ge", other)
    value.data = (1.0 if x >= y else 0.0)
    value._x = None
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
        value._y = (self, other)
        value._back = "lt"
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value._y = (self, y)
        value._back = "lt"
    else:
        return self._general("lt", other)
    value.data = (1.0 if x < y else 0.0)
    value._x = None
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
        value._y = (self, other)
        value._back = "le"
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value._y = (self, y)
        value._back = "le"
    else:
        return self._general("le", other)
    value.data = (1.0 if x <= y else 0.0)
    value._x = None
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
        value._y = (self, other)
        value._back = "eq"
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value._y = (self, y)
        value._back = "eq"
    else:
        return self._general("eq", other)
    value.data = (1.0 if x == y else 0.0)
    value._x = None
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
        value._y = (self, other)
        value._back = "ne"
    elif other.__class__ is _FLOAT or other.__class__ is _INT:
        y = _FLOAT(other)
        value = _new(kind)
        value._y = (self, y)
        value._back = "ne"
    else:
        return self._general("ne", other)
    value.data = (1.0 if x != y else 0.0)
    value._x = None
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def method_sign(self: Any) -> Any:
    """Sign."""
    x = self.data
    value = _new(self.__class__)
    value.data = (1.0 if x > 0.0 else -1.0 if x < 0.0 else 0.0)
    value._x = self
    value._y = None
    value._back = back_sign
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_sign(value: Any) -> None:
    to_x = value._x
    pass


def method_floor(self: Any) -> Any:
    """Rounded down."""
    x = self.data
    value = _new(self.__class__)
    value.data = (_floor(x))
    value._x = self
    value._y = None
    value._back = back_floor
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_floor(value: Any) -> None:
    to_x = value._x
    pass


def method_round(self: Any) -> Any:
    """Rounded to the nearest whole number."""
    x = self.data
    value = _new(self.__class__)
    value.data = (_round(x))
    value._x = self
    value._y = None
    value._back = back_round
    value.grad = 0.0
    value.serial = next_serial()
    value._mark = None
    return value


def back_round(value: Any) -> None:
    to_x = value._x
    pass


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

BACKS: dict[str, tuple[Callable[[Any], None], ...]] = {
    "add": (back_add, back_add_0, back_add_1),
    "sub": (back_sub, back_sub_0, back_sub_1),
    "mul": (back_mul, back_mul_0, back_mul_1),
    "div": (back_div, back_div_0, back_div_1),
    "neg": (back_neg,),
    "pow": (back_pow, back_pow_0, back_pow_1),
    "exp": (back_exp,),
    "expm1": (back_expm1,),
    "log": (back_log,),
    "log1p": (back_log1p,),
    "log2": (back_log2,),
    "log10": (back_log10,),
    "sqrt": (back_sqrt,),
    "sin": (back_sin,),
    "cos": (back_cos,),
    "tan": (back_tan,),
    "asin": (back_asin,),
    "acos": (back_acos,),
    "atan": (back_atan,),
    "atan2": (back_atan2, back_atan2_0, back_atan2_1),
    "sinh": (back_sinh,),
    "cosh": (back_cosh,),
    "tanh": (back_tanh,),
    "sigmoid": (back_sigmoid,),
    "relu": (back_relu,),
    "relu6": (back_relu6,),
    "leaky_relu": (back_leaky_relu,),
    "elu": (back_elu,),
    "softplus": (back_softplus,),
    "silu": (back_silu,),
    "gelu": (back_gelu,),
    "logaddexp": (back_logaddexp, back_logaddexp_0, back_logaddexp_1),
    "hypot": (back_hypot, back_hypot_0, back_hypot_1),
    "abs": (back_abs,),
    "sign": (back_sign,),
    "floor": (back_floor,),
    "round": (back_round,),
}
"""By name of the op: for all operands, for the first alone, for the second alone."""
