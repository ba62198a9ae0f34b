"""The op table as PyTorch functions: each row's own spelling for the export, made callable.

The templates of `Op.torch` are written into a module and imported, so that what is compared with PyTorch is what the
export prints. PyTorch has two functions for the larger of two numbers that differ where one of them is NaN (`amax`
gives NaN gradients, `maximum` passes them on); a row of the language with two operands means `maximum`.
"""

from __future__ import annotations

import importlib.util
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import torch
from torch import Tensor

from engine.ops import OPS, Op

Function = Callable[..., Tensor]
TWO = {"amax": torch.maximum, "amin": torch.minimum}


def source(rows: Sequence[Op]) -> str:
    lines = ["import torch"]
    for row in rows:
        names = [f"x{slot}" for slot in range(len(row.operands))]
        head = "*x" if row.variadic else ", ".join(names)
        body = row.torch.replace("{*}", "*x") if row.variadic else row.torch.format(*names)
        lines.append(f"def op_{row.name}({head}): return {body}")
    return "\n".join(lines) + "\n"


def load(text: str, name: str) -> ModuleType:
    """The text as a module, imported from a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.py"
        path.write_text(text)
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


def torch_functions() -> dict[str, Function]:
    module = load(source(list(OPS.values())), "spelled_in_torch")
    return {name: _tolerant(getattr(module, f"op_{name}"), row) for name, row in OPS.items()}


def _tolerant(function: Function, row: Op) -> Function:
    """Takes Python floats for constants where PyTorch does, tensors of them where it does not; answers float64."""
    found = re.search(r"\.(a(?:max|min))\(", row.torch)
    two = TWO[found[1]] if found and row.variadic else None

    def call(*operands: Tensor | float) -> Tensor:
        chosen = two if two and len(operands) == 2 else function
        if not any(isinstance(operand, Tensor) for operand in operands):
            operands = tuple(torch.tensor(operand) for operand in operands)
        try:
            out = chosen(*operands)
        except (TypeError, AttributeError):
            out = chosen(*(o if isinstance(o, Tensor) else torch.tensor(o) for o in operands))
        if not isinstance(out, Tensor):
            out = torch.tensor(float(out))
        return out if out.dtype == torch.float64 else out.to(torch.float64)

    return call
