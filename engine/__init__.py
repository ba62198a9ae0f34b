"""Reverse-mode differentiation of scalars, one node at a time: the part of SeeGrad that does the arithmetic."""
