"""Measurements beside named peers, and the oracles that are not ours."""
