"""The contract, version 1: what may be asked and what is answered.

Requests are validated with these models. Answers are written as bytes by `app/answers.py` for speed; the answer models
here are their documentation (OpenAPI) and what the tests hold real answers against.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetPydanticSchema
from pydantic_core import core_schema

from engine.losses import LOSSES
from engine.nn import ACTIVATIONS

VERSION = 1

NONFINITE = ("NaN", "Infinity", "-Infinity")


def _either(error: str, *choices: core_schema.CoreSchema) -> core_schema.CoreSchema:
    """The first choice that fits; else one error of type `error`, for which `app/build.py` has the words."""
    return core_schema.union_schema(
        list(choices), mode="left_to_right", custom_error_type=error, custom_error_message=error
    )


def _number(*_: Any) -> core_schema.CoreSchema:
    finite = core_schema.float_schema(strict=True, allow_inf_nan=False)
    named = core_schema.no_info_after_validator_function(
        float,
        core_schema.literal_schema(list(NONFINITE)),
        serialization=core_schema.to_string_ser_schema(),
    )
    return _either("number", finite, named)


def _list(items: core_schema.CoreSchema) -> core_schema.CoreSchema:
    """A list that gives up at its first bad item."""
    return core_schema.list_schema(items, strict=True, fail_fast=True)


def _target(*_: Any) -> core_schema.CoreSchema:
    return _either("target", _number(), _list(_number()))


Number = Annotated[float, GetPydanticSchema(_number)]
"""A float64 on the wire: a JSON number, or one of three strings for what JSON has no number for."""

Finite = Annotated[
    float, GetPydanticSchema(lambda *_: core_schema.float_schema(strict=True, allow_inf_nan=False))
]
"""A float64 that JSON has a number for."""

Numbers = Annotated[list[float], GetPydanticSchema(lambda *_: _list(_number()))]

Rows = Annotated[list[list[float]], GetPydanticSchema(lambda *_: _list(_list(_number())))]

Targets = Annotated[list[float | list[float]], GetPydanticSchema(lambda *_: _list(_target()))]
"""What each example should give: a number, or a row of them when the network has several outputs."""


class Wire(BaseModel):
    """Strict: no unknown fields, no conversion between types."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


# --- requests -------------------------------------------------------------------------------------------------------


class ProgramRequest(Wire):
    """A graph from a program in the expression language, a small subset of Python."""

    program: str = Field(
        description="The text. Its last statement is the output, or `o.backward()` names it.",
        examples=["a = 2; b = -3; c = 10; f = -2\ne = a*b\nd = e + c\nL = d * f"],
    )
    values: dict[str, Number] = Field(
        {},
        description="Other numbers for leaves: a variable's name, or a name the program uses but never assigns.",
        examples=[{"c": 10.5}],
    )


class NetworkShape(Wire):
    """A multi-layer perceptron. Weights are drawn as `random.Random(seed)` draws them, each uniform(-1, 1)."""

    nin: int = Field(description="Inputs of the first layer.", json_schema_extra={"minimum": 1})
    nouts: list[int] = Field(
        fail_fast=True,
        description="Neurons of each layer; the last are the outputs.",
        json_schema_extra={"minItems": 1, "items": {"type": "integer", "minimum": 1}},
    )
    activation: str = Field(
        "tanh", description="What ends every neuron.", json_schema_extra={"enum": list(ACTIVATIONS)}
    )
    output_activation: str | None = Field(None, description="What ends the last layer's, if something else.")
    seed: int = Field(
        1337,
        description="What the weights are drawn from.",
        json_schema_extra={"minimum": 0, "maximum": 2**53 - 1},
    )


class NetworkRequest(Wire):
    """A graph from a network and its examples: predictions and, with targets, one loss over all examples."""

    network: NetworkShape = Field(description="Layers, activations and seed, as below.")
    inputs: Rows = Field(
        description="One row of `nin` numbers per example.", json_schema_extra={"minItems": 1}
    )
    targets: Targets | None = Field(
        None,
        description="One number per example, rows when the network has several outputs, class indices for "
        "`softmax_cross_entropy`. Without targets: one example and one output, which is the graph's output.",
    )
    loss: str = Field(
        "squared_error",
        description="The loss, over all examples together. The last two read the outputs as logits.",
        json_schema_extra={"enum": list(LOSSES)},
    )
    alpha: Number = Field(
        0.0, description="Weight of the L2 penalty, alpha times the sum of squared parameters."
    )
    parameters: Numbers | None = Field(
        None,
        description="All weights in drawing order (neuron by neuron: w…, then b), instead of the seed's.",
    )


# --- answers --------------------------------------------------------------------------------------------------------

Role = Literal["parameter", "data", "constant", "intermediate", "output"]
Span = Annotated[list[int], Field(min_length=2, max_length=2)]

_NODE_EXAMPLE = {
    "id": 4,
    "op": "mul",
    "operands": [0, 1],
    "partials": [-3.0, 2.0],
    "role": "intermediate",
    "name": "e",
    "group": None,
    "data": -6.0,
    "grad": -2.0,
    "span": [36, 39],
    "unused": False,
}


class Node(Wire):
    """One scalar of the graph."""

    model_config = ConfigDict(json_schema_extra={"examples": [_NODE_EXAMPLE]})

    id: int = Field(description="Its place in build order, which is topological.")
    op: str = Field(description="`leaf`, or the name of a row of /api/v1/ops.")
    operands: list[int] = Field(description="Ids in order, with multiplicity: `a*a` lists a twice.")
    partials: list[Number | None] = Field(
        description="∂node/∂operands[i]; null towards a constant. Times grad: the contribution along that edge."
    )
    role: Role = Field(description="`output` only on a node that was computed; a leaf keeps its role.")
    name: str | None = Field(description="The first name bound to it; not unique, `id` is.")
    group: str | None = Field(description="Id of the group it lives in.")
    data: Number = Field(description="Its value.")
    grad: Number | None = Field(description="∂output/∂node; null for a constant.")
    span: Span | None = Field(
        description="[start, end) of its expression, in code points of the text as sent."
    )
    unused: bool = Field(description="True when no path leads to the output; its grad is 0.")


class Group(Wire):
    """Nodes that belong together and can be drawn closed."""

    id: str = Field(description="What nodes name it by, such as `example2.layer1.neuron3`.")
    kind: str = Field(description="`example`, `layer`, `neuron`, `sum`, `loss` …: what it stands for.")
    label: str = Field(description="What a picture calls it, such as `neuron 3`.")
    parent: str | None = Field(description="Id of the group around it.")


class Graph(Wire):
    """The graph as rows: one object per node."""

    version: Literal[1]
    output: int = Field(description="Id of the node whose gradient this is; not always the last.")
    nodes: list[Node]
    groups: list[Group]


class NodeColumns(Wire):
    """One array per field of `Node`, all of the same length."""

    id: list[int]
    op: list[str]
    operands: list[list[int]]
    partials: list[list[Number | None]]
    role: list[Role]
    name: list[str | None]
    group: list[str | None]
    data: list[Number]
    grad: list[Number | None]
    span: list[Span | None]
    unused: list[bool]


class GraphColumns(Wire):
    """The graph as columns (`?shape=columns`): a third of the size, for large graphs."""

    version: Literal[1]
    output: int
    nodes: NodeColumns
    groups: list[Group]


class NodeCheck(Wire):
    """One gradient beside its estimate."""

    node: int = Field(description="Id of the node.")
    name: str = Field(description="Its name, made up and unique where the program gave none.")
    grad: Number = Field(description="The gradient that backpropagation found.")
    estimate: Number = Field(description="The central difference, extrapolated from two steps.")
    error: Number = Field(description="The distance between the two.")
    verdict: Literal["agrees", "differs", "kink", "undefined"] = Field(description="What the two say.")


class GradientCheck(Wire):
    """Every gradient of a graph, checked."""

    version: Literal[1]
    tolerance: float = Field(description="Relative error allowed.")
    agrees: bool = Field(description="Whether no gradient differs.")
    checks: list[NodeCheck]


class Event(Wire):
    """One step of the trace, explained."""

    step: int = Field(description="Its place in the trace, from 1.")
    kind: Literal["forward", "seed", "contribution"] = Field(description="What happens.")
    node: int = Field(description="The node that is computed, seeded, or hands its gradient on.")
    slot: int | None = Field(description="For a contribution: which operand of `node` it goes to.")
    target: int = Field(description="The node that is written.")
    amount: Number = Field(description="What `data` becomes, or what is added to `grad`.")
    sentence: str = Field(description="What happened, in words.")
    code: str = Field(description="The same as Python.")
    comment: str = Field(description="The code with its numbers.")
    formula: str = Field(description="MathML: names, then formula, then numbers.")


class Explanation(Wire):
    """A stretch of the trace."""

    version: Literal[1]
    steps: int = Field(description="Events of the whole trace.")
    events: list[Event]


class Operation(Wire):
    """A row of the op table. Formula and partials are text in Python's grammar; `out` is the operation's value."""

    name: str
    symbol: str = Field(description="How a picture spells it.")
    title: str
    operands: list[str]
    formula: str
    partials: list[str] = Field(description="One per operand; one for all of them when variadic.")
    note: str = Field(description="What happens at a kink or at the edge of the domain.")
    infix: str | None = Field(description="Python's operator, where there is one.")
    gate: bool = Field(description="It only selects: where its partial is exactly 0, the contribution is 0.")
    variadic: bool = Field(description="It takes any number of operands.")


class Example(Wire):
    """A graph worth looking at."""

    id: str
    title: str
    note: str
    request: ProgramRequest | NetworkRequest = Field(description="A valid body for POST /api/v1/graph.")


class Health(Wire):
    """The server answers."""

    status: Literal["ok"]
    version: str = Field(description="Version of the software.")


class ProblemDocument(Wire):
    """An error (RFC 9457). Every member is always there. The codes are listed in docs/api.md."""

    type: str = Field(description="`urn:seegrad:problem:` and the code.")
    title: str
    status: int
    code: str = Field(description="What programs should look at.", examples=["unknown_name"])
    detail: str = Field(description="What is wrong, in one sentence.")
    line: int | None = Field(description="Where in the text, 1-based.")
    column: int | None = Field(description="Where in the line, 1-based, in code points.")
    length: int | None = Field(description="How much of the line, in code points.")
    hint: str | None = Field(description="What would have worked.")
