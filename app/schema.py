"""The contract, version 1: what may be asked and what is answered.

Requests are validated with these models. Answers are written as bytes by `app/answers.py` for speed; the answer models
here are their documentation (OpenAPI) and what the tests hold real answers against.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetPydanticSchema
from pydantic_core import core_schema

from engine.datasets import DATASETS
from engine.initialisation import INITIALISATIONS
from engine.losses import LOSSES
from engine.nn import ACTIVATIONS, UNIFORM
from engine.optim import OPTIMIZERS, SCHEDULES

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
    """A multi-layer perceptron. Weights are drawn from `random.Random(seed)`, neuron by neuron: w…, then b."""

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
    initialisation: str = Field(
        UNIFORM,
        description="How they are drawn; the table below has the formulas.",
        json_schema_extra={"enum": list(INITIALISATIONS)},
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


class DatasetChoice(Wire):
    """A data set of `GET /api/v1/datasets`, made to order."""

    name: str = Field(description="Which one.", json_schema_extra={"enum": list(DATASETS)})
    count: int | None = Field(
        None, description="Examples, where they are drawn at random; null takes the usual number."
    )
    noise: Number | None = Field(
        None, description="How far points are moved at random; null takes the usual width."
    )
    seed: int = Field(
        1337,
        description="What the points are drawn from.",
        json_schema_extra={"minimum": 0, "maximum": 2**32 - 1},
    )


class RecipeChoice(Wire):
    """How to train. All gradients are of the loss over the step's examples."""

    steps: int = Field(20, description="How many updates.", json_schema_extra={"minimum": 1})
    rate: Number = Field(0.05, description="The learning rate, before the schedule changes it. Above 0.")
    optimizer: str = Field(
        "sgd", description="What an update does.", json_schema_extra={"enum": list(OPTIMIZERS)}
    )
    schedule: str = Field(
        "constant", description="How the rate changes.", json_schema_extra={"enum": list(SCHEDULES)}
    )
    batch: int | None = Field(
        None, description="Examples per step, drawn without replacement; null takes all, in order."
    )
    seed: int = Field(
        1337,
        description="What batches are drawn from.",
        json_schema_extra={"minimum": 0, "maximum": 2**53 - 1},
    )
    settings: dict[str, Number] = Field(
        {},
        description="The optimizer's and the schedule's own numbers, such as `momentum`, `beta1`, `decay`.",
        examples=[{"momentum": 0.9}],
    )
    zero_grad: bool = Field(
        True,
        description="Whether gradients start from 0 in every step. `false` forgets to zero them: they add up.",
    )


Extra = Literal["parameters", "grads"]


class TrainRequest(Wire):
    """A network, what to learn from (`inputs` and `targets`, or a `dataset`), and how."""

    network: NetworkShape = Field(description="Layers, activations, seed and initialisation, as above.")
    inputs: Rows | None = Field(None, description="One row of `nin` numbers per example.")
    targets: Targets | None = Field(
        None, description="One per example, as for a graph. All numbers must be finite."
    )
    dataset: DatasetChoice | None = Field(
        None,
        description="Takes the place of `inputs` and `targets`; its targets are made as the loss wants them.",
    )
    loss: str = Field("squared_error", description="The loss.", json_schema_extra={"enum": list(LOSSES)})
    alpha: Number = Field(0.0, description="Weight of the L2 penalty.")
    parameters: Numbers | None = Field(
        None, description="The weights to start from, in drawing order, instead of the seed's."
    )
    recipe: RecipeChoice = Field(
        default_factory=RecipeChoice.model_construct,
        description="How to train, as below.",
        json_schema_extra={"default": {}},
    )
    every: int = Field(
        1,
        ge=1,
        description="Which steps are told: every Nth, from step 0, and the last. All are taken.",
    )
    include: list[Extra] = Field(
        [],
        description="What a step tells besides loss, accuracy and rate: `parameters`, `grads`.",
    )


class StoredNetwork(Wire):
    """A network in a file, as far as it is read again; what else stands there is passed over."""

    model_config = ConfigDict(extra="ignore")

    network: NetworkShape
    parameters: Numbers
    loss: str = "squared_error"
    alpha: Number = 0.0
    data: dict[str, Any] = {}


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


NODE_FIELDS = tuple(Node.model_fields)
NodeField = Annotated[str, GetPydanticSchema(lambda *_: core_schema.literal_schema(list(NODE_FIELDS)))]
"""The name of a field of `Node`."""


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


class GraphFields(Wire):
    """The graph with some of its nodes' fields (`?fields=data,grad`), as rows or as columns."""

    version: Literal[1]
    output: int
    nodes: list[dict[NodeField, Any]] | dict[NodeField, list[Any]]
    groups: list[Group] = Field([], description="Only where `group` is asked for.")


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
    decides: list[int] = Field(
        description="Slots that only decide: no gradient path leads back through them."
    )
    variadic: bool = Field(description="It takes any number of operands.")


class Example(Wire):
    """A graph worth looking at."""

    id: str
    title: str
    note: str
    request: ProgramRequest | NetworkRequest = Field(description="A valid body for POST /api/v1/graph.")


class StepEvent(Wire):
    """One step. All of it is from before its update."""

    step: int = Field(description="From 0.")
    loss: Number = Field(description="Over the step's examples.")
    accuracy: float | None = Field(
        description="Share of them that fall into the right class; null where targets are no classes."
    )
    rate: float = Field(description="The learning rate of its update.")
    parameters: list[Number] | None = Field(None, description="If asked for: all weights, in drawing order.")
    grads: list[Number] | None = Field(
        None, description="If asked for: their gradients as the optimizer gets them, in the same order."
    )


class DoneEvent(Wire):
    """The last step was taken."""

    step: int = Field(description="The last one.")
    loss: Number = Field(description="Its loss, from before its update.")
    accuracy: float | None = Field(description="Its accuracy.")
    parameters: list[Number] = Field(description="The trained weights, after its update.")


class Began(Wire):
    """The node where numbers ended; ids, names and groups are those of the network's graph."""

    id: int
    op: str
    name: str | None
    group: str | None
    value: Number = Field(description='What it got: `"NaN"`, `"Infinity"` or `"-Infinity"`.')


class DivergedEvent(Wire):
    """A number stopped being finite; no further step was taken."""

    step: int = Field(description="In which step.")
    loss: Number = Field(description="Its loss.")
    accuracy: float | None = Field(description="Its accuracy.")
    phase: Literal["forward", "backward", "update"] = Field(
        description="When: a node's data, a node's grad, or what the optimizer made of a parameter."
    )
    node: Began = Field(
        description="The first such node: in build order forward, from the output back backward."
    )
    parameters: list[Number] = Field(
        description="The weights that the step began with, the last finite ones."
    )


class Training(Wire):
    """A whole run. Either `done` or `diverged` is null."""

    version: Literal[1]
    nodes: int = Field(description="Nodes of the graph that every step replays.")
    steps: list[StepEvent]
    done: DoneEvent | None
    diverged: DivergedEvent | None


class DatasetRow(Wire):
    """A data set that can be asked for."""

    name: str = Field(description="What a request calls it.")
    title: str = Field(description="What people call it.")
    nin: int = Field(description="Numbers per input row.")
    classes: int = Field(description="How many classes; 0 where a number is to be predicted.")
    count: int = Field(description="Examples, unless told otherwise.")
    noise: float = Field(description="Noise, unless told otherwise.")
    fixed: bool = Field(description="A table: count, noise and seed change nothing.")


class DatasetRows(DatasetRow):
    """A data set's numbers, as the fields of a network request."""

    inputs: list[list[float]]
    targets: list[float] = Field(
        description="As the loss wants them: -1 and 1, 0 and 1, or the number itself."
    )
    seed: int
    loss: str


class Health(Wire):
    """The server answers."""

    status: Literal["ok"]
    version: str = Field(description="Version of the software.")


class Readiness(Wire):
    """The server can do all of its work."""

    status: Literal["ready"]


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
    where: list[str | int] | None = Field(
        description='Which part of the body, from 0: `["inputs", 2, 0]` is row 3, column 1 of `inputs`.'
    )
    hint: str | None = Field(description="What would have worked.")
