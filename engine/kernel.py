"""Generated from engine/ops.py by `python3 run gen`: change the table, not this file.

For each op of the table
    value_OP(x, …) -> float              the value
    partial_OP_i(x, …, out) -> float     d(out)/d(operand i); a float in place of a function is that very number
    fill_OP(out, x, …) -> None           the values of a whole group of nodes, written into `out` (float64 arrays)
    slope_OP_i(x, …, out) -> array       their partials; a float is that number for every node of the group
Where Python raises (division by zero, overflow, domain), IEEE 754 has an answer: NumPy is asked for it, once, for
that op. NumPy is imported then and not before. Array functions expect `np.errstate(all="ignore")` around them.
"""

# fmt: off
# ruff: noqa

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from math import (
    acos, asin, atan, atan2, copysign, cos, cosh, exp, expm1, hypot, isfinite, log, log1p, log2, log10, pow, sin, sinh,
    sqrt, tan, tanh,
)
from math import floor as _math_floor
from typing import Any

_RAISES = (ZeroDivisionError, OverflowError, ValueError)
_FLOAT = float


class _LazyNumPy:
    """NumPy, imported when an attribute is first asked for."""

    def __getattr__(self, name: str) -> Any:
        import numpy

        globals()["np"] = numpy
        return getattr(numpy, name)


np: Any = _LazyNumPy()


def _ieee_value(fill: Callable[..., None], *numbers: float) -> float:
    """What IEEE 754 answers: the array reading of the same formula, on numbers."""
    out = np.empty(())
    with np.errstate(all="ignore"):
        fill(out, *(np.float64(number) for number in numbers))
    return float(out)


def _ieee_partial(slope: Callable[..., Any], *numbers: float) -> float:
    """The same for a partial."""
    with np.errstate(all="ignore"):
        return float(slope(*(np.float64(number) for number in numbers)))


def _max(x: float, y: float) -> float:
    return x if x >= y or x != x else y


def _min(x: float, y: float) -> float:
    return x if x <= y or x != x else y


def _abs(x: float) -> float:
    return copysign(x, 1.0)


def _floor(x: float) -> float:
    return copysign(float(_math_floor(x)), x) if isfinite(x) else x


def _round(x: float) -> float:
    return copysign(float(round(x)), x) if isfinite(x) else x


def _array_max(x: Any, y: Any) -> Any:
    return np.where((x >= y) | (x != x), x, y)


def _array_min(x: Any, y: Any) -> Any:
    return np.where((x <= y) | (x != x), x, y)


def value_add(x: float, y: float) -> float:
    return x + y


def fill_add(out: Any, x: Any, y: Any) -> None:
    np.add(x, y, out=out)


def value_sub(x: float, y: float) -> float:
    return x - y


def fill_sub(out: Any, x: Any, y: Any) -> None:
    np.subtract(x, y, out=out)


def value_mul(x: float, y: float) -> float:
    return x * y


def partial_mul_0(x: float, y: float, out: float) -> float:
    return y


def partial_mul_1(x: float, y: float, out: float) -> float:
    return x


def fill_mul(out: Any, x: Any, y: Any) -> None:
    np.multiply(x, y, out=out)


def slope_mul_0(x: Any, y: Any, out: Any) -> Any:
    return y


def slope_mul_1(x: Any, y: Any, out: Any) -> Any:
    return x


def value_div(x: float, y: float) -> float:
    try:
        return x / y
    except _RAISES:
        return _ieee_value(fill_div, x, y)


def partial_div_0(x: float, y: float, out: float) -> float:
    try:
        return 1.0 / y
    except _RAISES:
        return _ieee_partial(slope_div_0, x, y, out)


def partial_div_1(x: float, y: float, out: float) -> float:
    try:
        return -out / y
    except _RAISES:
        return _ieee_partial(slope_div_1, x, y, out)


def fill_div(out: Any, x: Any, y: Any) -> None:
    np.divide(x, y, out=out)


def slope_div_0(x: Any, y: Any, out: Any) -> Any:
    return 1.0 / y


def slope_div_1(x: Any, y: Any, out: Any) -> Any:
    return -out / y


def value_neg(x: float) -> float:
    return -x


def fill_neg(out: Any, x: Any) -> None:
    np.negative(x, out=out)


def value_pow(x: float, y: float) -> float:
    try:
        return pow(x, y)
    except _RAISES:
        return _ieee_value(fill_pow, x, y)


def partial_pow_0(x: float, y: float, out: float) -> float:
    try:
        return 0.0 if y == 0.0 else y * pow(x, y - 1.0)
    except _RAISES:
        return _ieee_partial(slope_pow_0, x, y, out)


def partial_pow_1(x: float, y: float, out: float) -> float:
    try:
        return (0.0 if y >= 0.0 else out * log(x)) if x == 0.0 else out * log(x)
    except _RAISES:
        return _ieee_partial(slope_pow_1, x, y, out)


def fill_pow(out: Any, x: Any, y: Any) -> None:
    np.power(x, y, out=out)


def slope_pow_0(x: Any, y: Any, out: Any) -> Any:
    return np.where(y == 0.0, 0.0, y * np.power(x, y - 1.0))


def slope_pow_1(x: Any, y: Any, out: Any) -> Any:
    return np.where(x == 0.0, np.where(y >= 0.0, 0.0, out * np.log(x)), out * np.log(x))


def value_exp(x: float) -> float:
    try:
        return exp(x)
    except _RAISES:
        return _ieee_value(fill_exp, x)


def partial_exp_0(x: float, out: float) -> float:
    return out


def fill_exp(out: Any, x: Any) -> None:
    np.exp(x, out=out)


def slope_exp_0(x: Any, out: Any) -> Any:
    return out


def value_expm1(x: float) -> float:
    try:
        return expm1(x)
    except _RAISES:
        return _ieee_value(fill_expm1, x)


def partial_expm1_0(x: float, out: float) -> float:
    return out + 1.0


def fill_expm1(out: Any, x: Any) -> None:
    np.expm1(x, out=out)


def slope_expm1_0(x: Any, out: Any) -> Any:
    return out + 1.0


def value_log(x: float) -> float:
    try:
        return log(x)
    except _RAISES:
        return _ieee_value(fill_log, x)


def partial_log_0(x: float, out: float) -> float:
    try:
        return 1.0 / x
    except _RAISES:
        return _ieee_partial(slope_log_0, x, out)


def fill_log(out: Any, x: Any) -> None:
    np.log(x, out=out)


def slope_log_0(x: Any, out: Any) -> Any:
    return 1.0 / x


def value_log1p(x: float) -> float:
    try:
        return log1p(x)
    except _RAISES:
        return _ieee_value(fill_log1p, x)


def partial_log1p_0(x: float, out: float) -> float:
    try:
        return 1.0 / (x + 1.0)
    except _RAISES:
        return _ieee_partial(slope_log1p_0, x, out)


def fill_log1p(out: Any, x: Any) -> None:
    np.log1p(x, out=out)


def slope_log1p_0(x: Any, out: Any) -> Any:
    return 1.0 / (x + 1.0)


def value_log2(x: float) -> float:
    try:
        return log2(x)
    except _RAISES:
        return _ieee_value(fill_log2, x)


def partial_log2_0(x: float, out: float) -> float:
    try:
        return 1.0 / (x * 0.6931471805599453)
    except _RAISES:
        return _ieee_partial(slope_log2_0, x, out)


def fill_log2(out: Any, x: Any) -> None:
    np.log2(x, out=out)


def slope_log2_0(x: Any, out: Any) -> Any:
    return 1.0 / (x * 0.6931471805599453)


def value_log10(x: float) -> float:
    try:
        return log10(x)
    except _RAISES:
        return _ieee_value(fill_log10, x)


def partial_log10_0(x: float, out: float) -> float:
    try:
        return 1.0 / (x * 2.302585092994046)
    except _RAISES:
        return _ieee_partial(slope_log10_0, x, out)


def fill_log10(out: Any, x: Any) -> None:
    np.log10(x, out=out)


def slope_log10_0(x: Any, out: Any) -> Any:
    return 1.0 / (x * 2.302585092994046)


def value_sqrt(x: float) -> float:
    try:
        return sqrt(x)
    except _RAISES:
        return _ieee_value(fill_sqrt, x)


def partial_sqrt_0(x: float, out: float) -> float:
    try:
        return 1.0 / (2.0 * out)
    except _RAISES:
        return _ieee_partial(slope_sqrt_0, x, out)


def fill_sqrt(out: Any, x: Any) -> None:
    np.sqrt(x, out=out)


def slope_sqrt_0(x: Any, out: Any) -> Any:
    return 1.0 / (2.0 * out)


def value_sin(x: float) -> float:
    try:
        return sin(x)
    except _RAISES:
        return _ieee_value(fill_sin, x)


def partial_sin_0(x: float, out: float) -> float:
    try:
        return cos(x)
    except _RAISES:
        return _ieee_partial(slope_sin_0, x, out)


def fill_sin(out: Any, x: Any) -> None:
    np.sin(x, out=out)


def slope_sin_0(x: Any, out: Any) -> Any:
    return np.cos(x)


def value_cos(x: float) -> float:
    try:
        return cos(x)
    except _RAISES:
        return _ieee_value(fill_cos, x)


def partial_cos_0(x: float, out: float) -> float:
    try:
        return -sin(x)
    except _RAISES:
        return _ieee_partial(slope_cos_0, x, out)


def fill_cos(out: Any, x: Any) -> None:
    np.cos(x, out=out)


def slope_cos_0(x: Any, out: Any) -> Any:
    return -np.sin(x)


def value_tan(x: float) -> float:
    try:
        return tan(x)
    except _RAISES:
        return _ieee_value(fill_tan, x)


def partial_tan_0(x: float, out: float) -> float:
    return 1.0 + out * out


def fill_tan(out: Any, x: Any) -> None:
    np.tan(x, out=out)


def slope_tan_0(x: Any, out: Any) -> Any:
    return 1.0 + out * out


def value_asin(x: float) -> float:
    try:
        return asin(x)
    except _RAISES:
        return _ieee_value(fill_asin, x)


def partial_asin_0(x: float, out: float) -> float:
    try:
        return 1.0 / sqrt(1.0 - x * x)
    except _RAISES:
        return _ieee_partial(slope_asin_0, x, out)


def fill_asin(out: Any, x: Any) -> None:
    np.arcsin(x, out=out)


def slope_asin_0(x: Any, out: Any) -> Any:
    return 1.0 / np.sqrt(1.0 - x * x)


def value_acos(x: float) -> float:
    try:
        return acos(x)
    except _RAISES:
        return _ieee_value(fill_acos, x)


def partial_acos_0(x: float, out: float) -> float:
    try:
        return -1.0 / sqrt(1.0 - x * x)
    except _RAISES:
        return _ieee_partial(slope_acos_0, x, out)


def fill_acos(out: Any, x: Any) -> None:
    np.arccos(x, out=out)


def slope_acos_0(x: Any, out: Any) -> Any:
    return -1.0 / np.sqrt(1.0 - x * x)


def value_atan(x: float) -> float:
    try:
        return atan(x)
    except _RAISES:
        return _ieee_value(fill_atan, x)


def partial_atan_0(x: float, out: float) -> float:
    try:
        return 1.0 / (x * x + 1.0)
    except _RAISES:
        return _ieee_partial(slope_atan_0, x, out)


def fill_atan(out: Any, x: Any) -> None:
    np.arctan(x, out=out)


def slope_atan_0(x: Any, out: Any) -> Any:
    return 1.0 / (x * x + 1.0)


def value_atan2(y: float, x: float) -> float:
    try:
        return atan2(y, x)
    except _RAISES:
        return _ieee_value(fill_atan2, y, x)


def partial_atan2_0(y: float, x: float, out: float) -> float:
    try:
        return 0.0 if x * x + y * y == 0.0 else x / (x * x + y * y)
    except _RAISES:
        return _ieee_partial(slope_atan2_0, y, x, out)


def partial_atan2_1(y: float, x: float, out: float) -> float:
    try:
        return 0.0 if x * x + y * y == 0.0 else -y / (x * x + y * y)
    except _RAISES:
        return _ieee_partial(slope_atan2_1, y, x, out)


def fill_atan2(out: Any, y: Any, x: Any) -> None:
    np.arctan2(y, x, out=out)


def slope_atan2_0(y: Any, x: Any, out: Any) -> Any:
    return np.where(x * x + y * y == 0.0, 0.0, x / (x * x + y * y))


def slope_atan2_1(y: Any, x: Any, out: Any) -> Any:
    return np.where(x * x + y * y == 0.0, 0.0, -y / (x * x + y * y))


def value_sinh(x: float) -> float:
    try:
        return sinh(x)
    except _RAISES:
        return _ieee_value(fill_sinh, x)


def partial_sinh_0(x: float, out: float) -> float:
    try:
        return cosh(x)
    except _RAISES:
        return _ieee_partial(slope_sinh_0, x, out)


def fill_sinh(out: Any, x: Any) -> None:
    np.sinh(x, out=out)


def slope_sinh_0(x: Any, out: Any) -> Any:
    return np.cosh(x)


def value_cosh(x: float) -> float:
    try:
        return cosh(x)
    except _RAISES:
        return _ieee_value(fill_cosh, x)


def partial_cosh_0(x: float, out: float) -> float:
    try:
        return sinh(x)
    except _RAISES:
        return _ieee_partial(slope_cosh_0, x, out)


def fill_cosh(out: Any, x: Any) -> None:
    np.cosh(x, out=out)


def slope_cosh_0(x: Any, out: Any) -> Any:
    return np.sinh(x)


def value_tanh(x: float) -> float:
    try:
        return tanh(x)
    except _RAISES:
        return _ieee_value(fill_tanh, x)


def partial_tanh_0(x: float, out: float) -> float:
    return 1.0 - out * out


def fill_tanh(out: Any, x: Any) -> None:
    np.tanh(x, out=out)


def slope_tanh_0(x: Any, out: Any) -> Any:
    return 1.0 - out * out


def value_sigmoid(x: float) -> float:
    try:
        return 1.0 / (1.0 + exp(-x))
    except _RAISES:
        return _ieee_value(fill_sigmoid, x)


def partial_sigmoid_0(x: float, out: float) -> float:
    return (1.0 - out) * out


def fill_sigmoid(out: Any, x: Any) -> None:
    np.divide(1.0, 1.0 + np.exp(-x), out=out)


def slope_sigmoid_0(x: Any, out: Any) -> Any:
    return (1.0 - out) * out


def value_relu(x: float) -> float:
    return x if x >= 0.0 or x != x else 0.0


def partial_relu_0(x: float, out: float) -> float:
    return 0.0 if out <= 0.0 else 1.0


def fill_relu(out: Any, x: Any) -> None:
    out[...] = _array_max(x, 0.0)


def slope_relu_0(x: Any, out: Any) -> Any:
    return np.where(out <= 0.0, 0.0, 1.0)


def value_relu6(x: float) -> float:
    return _min(x if x >= 0.0 or x != x else 0.0, 6.0)


def partial_relu6_0(x: float, out: float) -> float:
    return 0.0 if x <= 0.0 else 0.0 if x >= 6.0 else 1.0


def fill_relu6(out: Any, x: Any) -> None:
    out[...] = _array_min(_array_max(x, 0.0), 6.0)


def slope_relu6_0(x: Any, out: Any) -> Any:
    return np.where(x <= 0.0, 0.0, np.where(x >= 6.0, 0.0, 1.0))


def value_leaky_relu(x: float) -> float:
    return x if x > 0.0 else x * 0.01


def partial_leaky_relu_0(x: float, out: float) -> float:
    return 1.0 if x > 0.0 else 0.01


def fill_leaky_relu(out: Any, x: Any) -> None:
    out[...] = np.where(x > 0.0, x, x * 0.01)


def slope_leaky_relu_0(x: Any, out: Any) -> Any:
    return np.where(x > 0.0, 1.0, 0.01)


def value_elu(x: float) -> float:
    try:
        return expm1(x) if x <= 0.0 else x
    except _RAISES:
        return _ieee_value(fill_elu, x)


def partial_elu_0(x: float, out: float) -> float:
    try:
        return exp(x) if x <= 0.0 else 1.0
    except _RAISES:
        return _ieee_partial(slope_elu_0, x, out)


def fill_elu(out: Any, x: Any) -> None:
    out[...] = np.where(x <= 0.0, np.expm1(x), x)


def slope_elu_0(x: Any, out: Any) -> Any:
    return np.where(x <= 0.0, np.exp(x), 1.0)


def value_softplus(x: float) -> float:
    try:
        return x if x > 20.0 else log1p(exp(x))
    except _RAISES:
        return _ieee_value(fill_softplus, x)


def partial_softplus_0(x: float, out: float) -> float:
    try:
        return 1.0 if x > 20.0 else exp(x) / (exp(x) + 1.0)
    except _RAISES:
        return _ieee_partial(slope_softplus_0, x, out)


def fill_softplus(out: Any, x: Any) -> None:
    out[...] = np.where(x > 20.0, x, np.log1p(np.exp(x)))


def slope_softplus_0(x: Any, out: Any) -> Any:
    return np.where(x > 20.0, 1.0, np.exp(x) / (np.exp(x) + 1.0))


def value_silu(x: float) -> float:
    try:
        return x / (1.0 + exp(-x))
    except _RAISES:
        return _ieee_value(fill_silu, x)


def partial_silu_0(x: float, out: float) -> float:
    try:
        return (1.0 + x * (1.0 - 1.0 / (1.0 + exp(-x)))) / (1.0 + exp(-x))
    except _RAISES:
        return _ieee_partial(slope_silu_0, x, out)


def fill_silu(out: Any, x: Any) -> None:
    np.divide(x, 1.0 + np.exp(-x), out=out)


def slope_silu_0(x: Any, out: Any) -> Any:
    return (1.0 + x * (1.0 - 1.0 / (1.0 + np.exp(-x)))) / (1.0 + np.exp(-x))


def value_gelu(x: float) -> float:
    try:
        return 0.5 * x * (1.0 + tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)))
    except _RAISES:
        return _ieee_value(fill_gelu, x)


def partial_gelu_0(x: float, out: float) -> float:
    try:
        return 0.5 * (1.0 + tanh(0.7978845608028654 * (x + 0.044715 * x * x * x))) + 0.5 * x * (1.0 - tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)) * tanh(0.7978845608028654 * (x + 0.044715 * x * x * x))) * (0.7978845608028654 * (1.0 + 3.0 * 0.044715 * x * x))
    except _RAISES:
        return _ieee_partial(slope_gelu_0, x, out)


def fill_gelu(out: Any, x: Any) -> None:
    np.multiply(0.5 * x, 1.0 + np.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)), out=out)


def slope_gelu_0(x: Any, out: Any) -> Any:
    return 0.5 * (1.0 + np.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x))) + 0.5 * x * (1.0 - np.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)) * np.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x))) * (0.7978845608028654 * (1.0 + 3.0 * 0.044715 * x * x))


def value_logaddexp(x: float, y: float) -> float:
    try:
        return x + 0.6931471805599453 if x == y else (x if x >= y or x != x else y) + log1p(exp(-_abs(x - y)))
    except _RAISES:
        return _ieee_value(fill_logaddexp, x, y)


def partial_logaddexp_0(x: float, y: float, out: float) -> float:
    try:
        return 1.0 / (1.0 + exp(y - x))
    except _RAISES:
        return _ieee_partial(slope_logaddexp_0, x, y, out)


def partial_logaddexp_1(x: float, y: float, out: float) -> float:
    try:
        return 1.0 / (1.0 + exp(x - y))
    except _RAISES:
        return _ieee_partial(slope_logaddexp_1, x, y, out)


def fill_logaddexp(out: Any, x: Any, y: Any) -> None:
    out[...] = np.where(x == y, x + 0.6931471805599453, _array_max(x, y) + np.log1p(np.exp(-np.abs(x - y))))


def slope_logaddexp_0(x: Any, y: Any, out: Any) -> Any:
    return 1.0 / (1.0 + np.exp(y - x))


def slope_logaddexp_1(x: Any, y: Any, out: Any) -> Any:
    return 1.0 / (1.0 + np.exp(x - y))


def value_hypot(x: float, y: float) -> float:
    try:
        return hypot(x, y)
    except _RAISES:
        return _ieee_value(fill_hypot, x, y)


def partial_hypot_0(x: float, y: float, out: float) -> float:
    try:
        return x / out
    except _RAISES:
        return _ieee_partial(slope_hypot_0, x, y, out)


def partial_hypot_1(x: float, y: float, out: float) -> float:
    try:
        return y / out
    except _RAISES:
        return _ieee_partial(slope_hypot_1, x, y, out)


def fill_hypot(out: Any, x: Any, y: Any) -> None:
    np.hypot(x, y, out=out)


def slope_hypot_0(x: Any, y: Any, out: Any) -> Any:
    return x / out


def slope_hypot_1(x: Any, y: Any, out: Any) -> Any:
    return y / out


def value_abs(x: float) -> float:
    return _abs(x)


def partial_abs_0(x: float, out: float) -> float:
    return 1.0 if x > 0.0 else -1.0 if x < 0.0 else 0.0


def fill_abs(out: Any, x: Any) -> None:
    np.abs(x, out=out)


def slope_abs_0(x: Any, out: Any) -> Any:
    return np.where(x > 0.0, 1.0, np.where(x < 0.0, -1.0, 0.0))


def value_max(*x: float) -> float:
    return reduce(_max, x)


def partial_max_0(x: float, out: float, ties: float) -> float:
    try:
        return 0.0 if x < out else 1.0 / (1.0 if 1.0 >= ties else ties)
    except _RAISES:
        return _ieee_partial(slope_max_0, x, out, ties)


def fill_max(out: Any, *x: Any) -> None:
    out[...] = reduce(_array_max, x)


def slope_max_0(x: Any, out: Any, ties: Any) -> Any:
    return np.where(x < out, 0.0, 1.0 / _array_max(1.0, ties))


def value_min(*x: float) -> float:
    return reduce(_min, x)


def partial_min_0(x: float, out: float, ties: float) -> float:
    try:
        return 0.0 if x > out else 1.0 / (1.0 if 1.0 >= ties else ties)
    except _RAISES:
        return _ieee_partial(slope_min_0, x, out, ties)


def fill_min(out: Any, *x: Any) -> None:
    out[...] = reduce(_array_min, x)


def slope_min_0(x: Any, out: Any, ties: Any) -> Any:
    return np.where(x > out, 0.0, 1.0 / _array_max(1.0, ties))


def value_clamp(x: float, lo: float, hi: float) -> float:
    return _min(x if x >= lo or x != x else lo, hi)


def partial_clamp_0(x: float, lo: float, hi: float, out: float) -> float:
    return (1.0 if x <= hi else 0.0) if x >= lo else 0.0


def partial_clamp_1(x: float, lo: float, hi: float, out: float) -> float:
    return (1.0 if x < lo else 0.0) if lo < hi else 0.0


def partial_clamp_2(x: float, lo: float, hi: float, out: float) -> float:
    return 1.0 if x > hi else 1.0 if hi < lo else 0.0


def fill_clamp(out: Any, x: Any, lo: Any, hi: Any) -> None:
    out[...] = _array_min(_array_max(x, lo), hi)


def slope_clamp_0(x: Any, lo: Any, hi: Any, out: Any) -> Any:
    return np.where(x >= lo, np.where(x <= hi, 1.0, 0.0), 0.0)


def slope_clamp_1(x: Any, lo: Any, hi: Any, out: Any) -> Any:
    return np.where(lo < hi, np.where(x < lo, 1.0, 0.0), 0.0)


def slope_clamp_2(x: Any, lo: Any, hi: Any, out: Any) -> Any:
    return np.where(x > hi, 1.0, np.where(hi < lo, 1.0, 0.0))


def value_where(condition: float, x: float, y: float) -> float:
    return x if condition != 0.0 else y


def partial_where_1(condition: float, x: float, y: float, out: float) -> float:
    return 1.0 if condition != 0.0 else 0.0


def partial_where_2(condition: float, x: float, y: float, out: float) -> float:
    return 0.0 if condition != 0.0 else 1.0


def fill_where(out: Any, condition: Any, x: Any, y: Any) -> None:
    out[...] = np.where(condition != 0.0, x, y)


def slope_where_1(condition: Any, x: Any, y: Any, out: Any) -> Any:
    return np.where(condition != 0.0, 1.0, 0.0)


def slope_where_2(condition: Any, x: Any, y: Any, out: Any) -> Any:
    return np.where(condition != 0.0, 0.0, 1.0)


def value_gt(x: float, y: float) -> float:
    return 1.0 if x > y else 0.0


def fill_gt(out: Any, x: Any, y: Any) -> None:
    out[...] = np.where(x > y, 1.0, 0.0)


def value_ge(x: float, y: float) -> float:
    return 1.0 if x >= y else 0.0


def fill_ge(out: Any, x: Any, y: Any) -> None:
    out[...] = np.where(x >= y, 1.0, 0.0)


def value_lt(x: float, y: float) -> float:
    return 1.0 if x < y else 0.0


def fill_lt(out: Any, x: Any, y: Any) -> None:
    out[...] = np.where(x < y, 1.0, 0.0)


def value_le(x: float, y: float) -> float:
    return 1.0 if x <= y else 0.0


def fill_le(out: Any, x: Any, y: Any) -> None:
    out[...] = np.where(x <= y, 1.0, 0.0)


def value_eq(x: float, y: float) -> float:
    return 1.0 if x == y else 0.0


def fill_eq(out: Any, x: Any, y: Any) -> None:
    out[...] = np.where(x == y, 1.0, 0.0)


def value_ne(x: float, y: float) -> float:
    return 1.0 if x != y else 0.0


def fill_ne(out: Any, x: Any, y: Any) -> None:
    out[...] = np.where(x != y, 1.0, 0.0)


def value_sign(x: float) -> float:
    return 1.0 if x > 0.0 else -1.0 if x < 0.0 else 0.0


def fill_sign(out: Any, x: Any) -> None:
    out[...] = np.where(x > 0.0, 1.0, np.where(x < 0.0, -1.0, 0.0))


def value_floor(x: float) -> float:
    return _floor(x)


def fill_floor(out: Any, x: Any) -> None:
    np.floor(x, out=out)


def value_round(x: float) -> float:
    return _round(x)


def fill_round(out: Any, x: Any) -> None:
    np.round(x, out=out)


def _leaf(*_: Any) -> Any:
    raise TypeError("a leaf is not computed")


VALUE: tuple[Callable[..., float], ...] = (
    _leaf,
    value_add,
    value_sub,
    value_mul,
    value_div,
    value_neg,
    value_pow,
    value_exp,
    value_expm1,
    value_log,
    value_log1p,
    value_log2,
    value_log10,
    value_sqrt,
    value_sin,
    value_cos,
    value_tan,
    value_asin,
    value_acos,
    value_atan,
    value_atan2,
    value_sinh,
    value_cosh,
    value_tanh,
    value_sigmoid,
    value_relu,
    value_relu6,
    value_leaky_relu,
    value_elu,
    value_softplus,
    value_silu,
    value_gelu,
    value_logaddexp,
    value_hypot,
    value_abs,
    value_max,
    value_min,
    value_clamp,
    value_where,
    value_gt,
    value_ge,
    value_lt,
    value_le,
    value_eq,
    value_ne,
    value_sign,
    value_floor,
    value_round,
)
"""By code: the value of one node."""

PARTIAL: tuple[tuple[Callable[..., float] | float, ...], ...] = (
    (),
    (1.0, 1.0,),
    (1.0, -1.0,),
    (partial_mul_0, partial_mul_1,),
    (partial_div_0, partial_div_1,),
    (-1.0,),
    (partial_pow_0, partial_pow_1,),
    (partial_exp_0,),
    (partial_expm1_0,),
    (partial_log_0,),
    (partial_log1p_0,),
    (partial_log2_0,),
    (partial_log10_0,),
    (partial_sqrt_0,),
    (partial_sin_0,),
    (partial_cos_0,),
    (partial_tan_0,),
    (partial_asin_0,),
    (partial_acos_0,),
    (partial_atan_0,),
    (partial_atan2_0, partial_atan2_1,),
    (partial_sinh_0,),
    (partial_cosh_0,),
    (partial_tanh_0,),
    (partial_sigmoid_0,),
    (partial_relu_0,),
    (partial_relu6_0,),
    (partial_leaky_relu_0,),
    (partial_elu_0,),
    (partial_softplus_0,),
    (partial_silu_0,),
    (partial_gelu_0,),
    (partial_logaddexp_0, partial_logaddexp_1,),
    (partial_hypot_0, partial_hypot_1,),
    (partial_abs_0,),
    (partial_max_0,),
    (partial_min_0,),
    (partial_clamp_0, partial_clamp_1, partial_clamp_2,),
    (0.0, partial_where_1, partial_where_2,),
    (0.0, 0.0,),
    (0.0, 0.0,),
    (0.0, 0.0,),
    (0.0, 0.0,),
    (0.0, 0.0,),
    (0.0, 0.0,),
    (0.0,),
    (0.0,),
    (0.0,),
)
"""By code and slot: a partial of one node."""

FILL: tuple[Callable[..., None], ...] = (
    _leaf,
    fill_add,
    fill_sub,
    fill_mul,
    fill_div,
    fill_neg,
    fill_pow,
    fill_exp,
    fill_expm1,
    fill_log,
    fill_log1p,
    fill_log2,
    fill_log10,
    fill_sqrt,
    fill_sin,
    fill_cos,
    fill_tan,
    fill_asin,
    fill_acos,
    fill_atan,
    fill_atan2,
    fill_sinh,
    fill_cosh,
    fill_tanh,
    fill_sigmoid,
    fill_relu,
    fill_relu6,
    fill_leaky_relu,
    fill_elu,
    fill_softplus,
    fill_silu,
    fill_gelu,
    fill_logaddexp,
    fill_hypot,
    fill_abs,
    fill_max,
    fill_min,
    fill_clamp,
    fill_where,
    fill_gt,
    fill_ge,
    fill_lt,
    fill_le,
    fill_eq,
    fill_ne,
    fill_sign,
    fill_floor,
    fill_round,
)
"""By code: the values of a group of nodes."""

SLOPE: tuple[tuple[Callable[..., Any] | float, ...], ...] = (
    (),
    (1.0, 1.0,),
    (1.0, -1.0,),
    (slope_mul_0, slope_mul_1,),
    (slope_div_0, slope_div_1,),
    (-1.0,),
    (slope_pow_0, slope_pow_1,),
    (slope_exp_0,),
    (slope_expm1_0,),
    (slope_log_0,),
    (slope_log1p_0,),
    (slope_log2_0,),
    (slope_log10_0,),
    (slope_sqrt_0,),
    (slope_sin_0,),
    (slope_cos_0,),
    (slope_tan_0,),
    (slope_asin_0,),
    (slope_acos_0,),
    (slope_atan_0,),
    (slope_atan2_0, slope_atan2_1,),
    (slope_sinh_0,),
    (slope_cosh_0,),
    (slope_tanh_0,),
    (slope_sigmoid_0,),
    (slope_relu_0,),
    (slope_relu6_0,),
    (slope_leaky_relu_0,),
    (slope_elu_0,),
    (slope_softplus_0,),
    (slope_silu_0,),
    (slope_gelu_0,),
    (slope_logaddexp_0, slope_logaddexp_1,),
    (slope_hypot_0, slope_hypot_1,),
    (slope_abs_0,),
    (slope_max_0,),
    (slope_min_0,),
    (slope_clamp_0, slope_clamp_1, slope_clamp_2,),
    (0.0, slope_where_1, slope_where_2,),
    (0.0, 0.0,),
    (0.0, 0.0,),
    (0.0, 0.0,),
    (0.0, 0.0,),
    (0.0, 0.0,),
    (0.0, 0.0,),
    (0.0,),
    (0.0,),
    (0.0,),
)
"""By code and slot: the partials of a group of nodes."""
