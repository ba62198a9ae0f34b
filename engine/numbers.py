"""How a float64 is written for a person: the short text of sentences, the same as `static/src/numbers.js` writes."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite, isnan

MINUS = "−"
_PLAIN_FROM = 1e-3
_PLAIN_BELOW = 1e6


def short_number(x: float, digits: int = 4) -> str:
    """`digits` significant digits, integers below a million in full, an exponent only where plain digits would not do.

    A true minus; NaN and ∞ as words; minus zero as 0.
    """
    if isnan(x):
        return "NaN"
    sign = MINUS if x < 0 else ""
    if not isfinite(x):
        return sign + "∞"
    size = abs(x)
    if size == 0:
        return "0"
    plain = _PLAIN_FROM <= size < _PLAIN_BELOW or (size < _PLAIN_FROM and round(size, 4) == size)
    return sign + (_plain(size, digits) if plain else _scientific(size, digits))


def factor_number(x: float) -> str:
    """In brackets when a minus sign would follow an operator: `2 × (−3)`."""
    text = short_number(x)
    return f"({text})" if text.startswith(MINUS) else text


def code_number(x: float) -> str:
    """As Python writes a float, four digits: `1.0`, `-0.7071`, `nan`."""
    if isnan(x):
        return "nan"
    if not isfinite(x):
        return "-inf" if x < 0 else "inf"
    text = short_number(x).replace(MINUS, "-")
    return text if "." in text or "e" in text else f"{text}.0"


def _plain(size: float, digits: int) -> str:
    decimals = max(0, digits - 1 - Decimal(size).adjusted())
    text = f"{Decimal(size).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    return _trimmed(text)


def _scientific(size: float, digits: int) -> str:
    exponent = Decimal(size).adjusted()
    mantissa = Decimal(size).scaleb(-exponent).quantize(Decimal(1).scaleb(1 - digits), ROUND_HALF_UP)
    if mantissa == 10:
        mantissa, exponent = Decimal(1), exponent + 1
    return f"{_trimmed(f'{mantissa:f}')}e{exponent}".replace("-", MINUS)


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
