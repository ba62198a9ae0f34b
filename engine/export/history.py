"""The history of a training run as CSV, a line per step, as the page writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.export.csv import number

if TYPE_CHECKING:
    from engine.training import Step

HISTORY_HEAD = "step,loss,accuracy,rate\n"


def history_line(step: Step) -> str:
    """One step's line; `accuracy` is empty where targets are no classes."""
    accuracy = "" if step.accuracy is None else number(step.accuracy)
    return f"{step.step},{number(step.loss)},{accuracy},{number(step.rate)}\n"
