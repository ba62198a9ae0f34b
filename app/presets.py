"""Networks worth training, each with the data it learns and a recipe that gets there: the network page's gallery."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import orjson

from app.answers import graph_answer
from engine.datasets import dataset
from engine.losses import LOSSES
from engine.network import NetworkSpec, network_tape
from engine.training import Recipe


@dataclass(frozen=True, slots=True)
class Preset:
    """A network, its data and a recipe, with a title and, in a sentence to the student, what to look at."""

    id: str
    title: str
    note: str
    data: str
    network: NetworkSpec
    loss: str = "squared_error"
    alpha: float = 0.0
    recipe: Recipe = field(default_factory=lambda: Recipe(steps=40))

    def row(self) -> dict[str, Any]:
        """As the page reads it: the words of the API's requests."""
        spec, recipe = self.network, self.recipe
        return {
            "id": self.id,
            "title": self.title,
            "note": self.note,
            "data": self.data,
            "network": {
                "nin": spec.nin,
                "nouts": list(spec.nouts),
                "activation": spec.activation,
                "output_activation": spec.output_activation,
                "initialisation": spec.initialisation,
                "seed": spec.seed,
            },
            "loss": self.loss,
            "alpha": self.alpha,
            "recipe": {
                "steps": recipe.steps,
                "rate": recipe.rate,
                "optimizer": recipe.optimizer,
                "schedule": recipe.schedule,
                "batch": recipe.batch,
                "settings": dict(recipe.settings),
            },
        }


PRESETS: tuple[Preset, ...] = (
    Preset(
        "lecture",
        "The lecture\u2019s four",
        "Four examples of three numbers each. 41 parameters, one number to lower.",
        "lecture",
        NetworkSpec(3, [4, 4, 1]),
    ),
    Preset(
        "xor",
        "Xor",
        "No straight line tells the corners apart; four neurons can.",
        "xor",
        NetworkSpec(2, [4, 1]),
        recipe=Recipe(steps=100, rate=0.1),
    ),
    Preset(
        "moons",
        "Two moons",
        "micrograd\u2019s own demo: 337 parameters, 100 examples, the max-margin loss.",
        "moons",
        NetworkSpec(2, [16, 16, 1], "relu", "linear", initialisation="micrograd"),
        loss="hinge",
        alpha=1e-4,
        recipe=Recipe(steps=100, rate=1.0, schedule="linear"),
    ),
    Preset(
        "circles",
        "A circle in a circle",
        "The boundary has to close around the inner points.",
        "circles",
        NetworkSpec(2, [8, 8, 1], "tanh", "linear"),
        loss="hinge",
        recipe=Recipe(steps=120, rate=0.5),
    ),
    Preset(
        "spirals",
        "Two spirals",
        "Hard for gradient descent, easier for Adam: change the optimizer and compare the curves.",
        "spirals",
        NetworkSpec(2, [16, 16, 1], "tanh", "linear"),
        loss="binary_cross_entropy",
        recipe=Recipe(steps=400, rate=0.05, optimizer="adam"),
    ),
    Preset(
        "line",
        "Points near a line",
        "One neuron without an activation: its weight is the slope, its bias where the line starts.",
        "line",
        NetworkSpec(1, [1], "linear"),
        loss="mean_squared_error",
        recipe=Recipe(steps=60, rate=0.2),
    ),
)


def opening_of(preset: Preset) -> dict[str, Any]:
    """A preset with its graph and rows, and all that the gallery offers."""
    made = dataset(preset.data)
    targets = made.targets(LOSSES[preset.loss])
    tape = network_tape(preset.network, made.inputs, targets, loss=preset.loss, alpha=preset.alpha)
    return {
        "preset": preset.id,
        "presets": [each.row() for each in PRESETS],
        "graph": orjson.loads(graph_answer(tape, columns=False)),
        "inputs": made.inputs,
        "answers": made.answers,
    }
