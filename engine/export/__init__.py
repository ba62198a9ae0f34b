"""Exports: a tape as source for PyTorch, JAX and micrograd, as a drawing for Graphviz and Mermaid, as a CSV table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.export.csv import csv_source
from engine.export.dot import dot_source
from engine.export.jax import jax_source
from engine.export.mermaid import mermaid_source
from engine.export.micrograd import micrograd_source
from engine.export.torch import torch_source
from engine.tape import Tape


@dataclass(frozen=True, slots=True)
class Export:
    """One format: what people call it, the ending and media type of its files, and what writes it."""

    name: str
    title: str
    suffix: str
    media_type: str
    write: Callable[[Tape], str]


class ExportError(ValueError):
    """There is no such format; the message names those there are."""


EXPORTS: Mapping[str, Export] = MappingProxyType(
    {
        row.name: row
        for row in (
            Export("torch", "PyTorch", ".py", "text/x-python", torch_source),
            Export("jax", "JAX", ".py", "text/x-python", jax_source),
            Export("micrograd", "micrograd", ".py", "text/x-python", micrograd_source),
            Export("dot", "Graphviz DOT", ".dot", "text/vnd.graphviz", dot_source),
            Export("mermaid", "Mermaid", ".mmd", "text/vnd.mermaid", mermaid_source),
            Export("csv", "CSV", ".csv", "text/csv", csv_source),
        )
    }
)


def export(tape: Tape, to: str) -> str:
    """The tape in one of EXPORTS. Raises ExportError for another name."""
    if to not in EXPORTS:
        raise ExportError(f"No export to {to[:40]!r}; there are {', '.join(EXPORTS)}.")
    return EXPORTS[to].write(tape)
