"""Reverse-mode differentiation of scalars, one node at a time: the part of SeeGrad that does the arithmetic.

Standard library only until arrays are needed: importing this package does not import NumPy.
"""

from engine.ops import OPS, Op
from engine.value import Value, apply

__all__ = ["OPS", "Op", "Value", "apply"]
