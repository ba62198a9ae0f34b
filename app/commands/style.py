"""Colour for a terminal, and nothing but text for everything else."""

from __future__ import annotations

import os
import sys
from typing import TextIO

BOLD, DIM, RED, GREEN = "1", "2", "31", "32"


def coloured(stream: TextIO) -> bool:
    """Whether to colour: on a terminal that can, unless NO_COLOR is set (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, style: str, stream: TextIO | None = None) -> str:
    return f"\033[{style}m{text}\033[0m" if coloured(stream or sys.stdout) else text
