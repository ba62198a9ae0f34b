"""Whether the extra `pictures` is installed, found out without importing any of it."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

PICTURES = ("quickjs", "resvg_py", "font_source_sans_pro", "font_source_serif_pro")


@cache
def missing_packages() -> tuple[str, ...]:
    """The packages of the extra that are not here."""
    return tuple(name for name in PICTURES if find_spec(name) is None)


def is_installed() -> bool:
    return not missing_packages()
