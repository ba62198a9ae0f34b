"""How much one request may ask for. The numbers stand here once; the service's settings may replace them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds, each checked before the work it bounds is done."""

    body_bytes: int = 64 * 1024
    """A request's body."""
    training_body_bytes: int = 1024 * 1024
    """A request's body where it carries training data."""
    program_characters: int = 10_000
    """A program's text, in Unicode code points."""
    nesting: int = 100
    """Brackets, signs and powers inside one another."""
    comprehensions: int = 8
    """`for` clauses inside one another."""
    program_nodes: int = 20_000
    """Nodes of a program's graph."""
    program_steps: int = 100_000
    """Instructions a program may run: bounds comprehensions that build no nodes."""
    network_nodes: int = 200_000
    """Nodes of a network's graph, all examples together."""
    parameters: int = 5_000
    """Weights and biases."""
    name_characters: int = 64
    """A variable's name, or a label."""
    number_characters: int = 40
    """A number's literal."""
    training_cost: int = 200_000_000
    """Nodes times steps of a training run on the server."""
    training_steps: int = 100_000
    """Steps of such a run: a step has a price of its own, however small the network."""
    dataset_examples: int = 10_000
    """Examples of a data set that is made to order."""


DEFAULT_LIMITS = Limits()
