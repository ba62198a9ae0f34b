"""The printed parts of the documentation: `docs/openapi.json`, the tables of `docs/api.md` and `docs/embedding.md`.

In the Markdown a printed part stands between `<!-- printed: name -->` and `<!-- end -->`; the rest is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson
from pydantic import BaseModel

from app.answers import graph_answer
from app.codes import LINKS, NETWORK, PICTURES, PROGRAM, REQUEST, SERVER, TRAINING, Code
from app.embed_options import OPTIONS, Option
from app.examples import EXAMPLES, tape_of
from app.main import create_app
from app.openapi import json_type
from app.schema import (
    DatasetChoice,
    DatasetRow,
    DivergedEvent,
    DoneEvent,
    Event,
    Group,
    NetworkRequest,
    NetworkShape,
    Node,
    NodeCheck,
    ProgramRequest,
    RecipeChoice,
    StepEvent,
    TrainRequest,
)
from app.settings import Settings
from app.states import NetworkState, StudioState
from app.training import RunEvent, events, read_training, run_of, whole
from engine.initialisation import INITIALISATIONS
from engine.limits import DEFAULT_LIMITS
from engine.training import Run

DOCS = Path(__file__).resolve().parent.parent / "docs"
API_MD, EMBEDDING_MD = DOCS / "api.md", DOCS / "embedding.md"

PERCEPTRON = {
    "network": {"nin": 2, "nouts": [1], "activation": "linear"},
    "dataset": {"name": "and"},
    "loss": "hinge",
    "recipe": {"steps": 3, "rate": 0.5},
}
"""The training request of `docs/api.md`: nothing in it but + - * / and comparisons, the same on every machine."""

PRINTED = re.compile(r"(<!-- printed: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def openapi_json() -> str:
    """The app's OpenAPI description, indented."""
    return orjson.dumps(create_app().openapi(), option=orjson.OPT_INDENT_2).decode() + "\n"


def api_md() -> str:
    """`docs/api.md` with its printed parts as they should be today."""
    parts = {
        "program": fields(ProgramRequest),
        "network": fields(NetworkRequest),
        "shape": fields(NetworkShape),
        "initialisations": initialisations(),
        "train": fields(TrainRequest),
        "recipe": fields(RecipeChoice),
        "dataset": fields(DatasetChoice),
        "step": fields(StepEvent, defaults=False),
        "done": fields(DoneEvent, defaults=False),
        "diverged": fields(DivergedEvent, defaults=False),
        "dataset_row": fields(DatasetRow, defaults=False),
        "node": fields(Node),
        "group": fields(Group),
        "answer": answer(),
        "stream": stream(),
        "training": training(),
        "request_codes": codes(REQUEST),
        "program_codes": codes(PROGRAM),
        "network_codes": codes(NETWORK),
        "check": fields(NodeCheck),
        "event": fields(Event),
        "link_codes": codes(LINKS),
        "studio_state": fields(StudioState),
        "network_state": fields(NetworkState),
        "training_codes": codes(TRAINING),
        "picture_codes": codes(PICTURES),
        "server_codes": codes(SERVER),
        "settings": settings(),
    }
    return PRINTED.sub(lambda found: found[1] + parts[found[2]] + found[3], API_MD.read_text("utf-8"))


def embedding_md() -> str:
    """`docs/embedding.md` with its table of options as it should be today."""
    parts = {"options": embed_options()}
    return PRINTED.sub(lambda found: found[1] + parts[found[2]] + found[3], EMBEDDING_MD.read_text("utf-8"))


def embed_options() -> str:
    def values(option: Option) -> str:
        if option.kind == "number":
            return f"{option.least:,} to {option.most:,}"
        return ", ".join(f"`{value}`" for value in option.values) or "text"

    return table(
        ["option", "values", "absent", "meaning"],
        (
            [
                f"`{option.name}`",
                values(option) + (" (any of them)" if option.kind == "list" else ""),
                f"`{option.default}`" if option.default else option.absent,
                option.meaning,
            ]
            for option in OPTIONS
        ),
    )


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def codes(kinds: Mapping[str, Code]) -> str:
    return table(
        ["code", "status", "when"],
        ([f"`{name}`", str(kind.status), kind.meaning] for name, kind in kinds.items()),
    )


def fields(model: type[BaseModel], defaults: bool = True) -> str:
    """A model's fields: name, JSON type, meaning, and the default where the model has any and is a request's."""
    schema: dict[str, Any] = model.model_json_schema()
    required = set(schema.get("required", ()))
    optional = defaults and required != set(schema["properties"])

    def row(name: str, field: Mapping[str, Any]) -> list[str]:
        told = [f"`{name}`", json_type(field)]
        if optional:
            told += ["required" if name in required else f"`{orjson.dumps(field['default']).decode()}`"]
        return [*told, field["description"]]

    head = ["field", "type", *(["default"] if optional else []), "meaning"]
    return table(head, (row(name, field) for name, field in schema["properties"].items()))


def settings() -> str:
    return table(
        ["setting", "default", "meaning"],
        (
            [f"`SEEGRAD_{name.upper()}`", spelled(field.default), field.description or ""]
            for name, field in Settings.model_fields.items()
        ),
    )


def spelled(default: Any) -> str:
    return f"`{default}`" if default != "" else ""


def initialisations() -> str:
    return table(
        ["name", "weight", "bias", ""],
        ([f"`{row.name}`", f"`{row.weight}`", f"`{row.bias}`", row.note] for row in INITIALISATIONS.values()),
    )


def answer() -> str:
    """The first example's answer, a node per line."""
    graph = orjson.loads(graph_answer(tape_of(EXAMPLES[0]), columns=False))
    nodes = ",\n  ".join(orjson.dumps(node).decode() for node in graph["nodes"])
    return (
        f'```json\n{{"version": {graph["version"]}, "output": {graph["output"]}, "nodes": [\n  {nodes}],\n'
        f' "groups": {orjson.dumps(graph["groups"]).decode()}}}\n```\n'
    )


def stream() -> str:
    """What the training request of the document streams."""
    told = b"".join(event.line() for event in perceptron()[1])
    return f"```\n{told.decode().rstrip()}\n```\n"


def training() -> str:
    """The same run as one answer, a step per line."""
    run, told = perceptron()
    answer = whole(run, told).decode()
    for before, after in (("[{", "[\n  {"), (",{", ",\n  {"), (',"d', ',\n "d')):
        answer = answer.replace(before, after)
    return f"```json\n{answer}\n```\n"


def perceptron() -> tuple[Run, list[RunEvent]]:
    asked = read_training(PERCEPTRON)
    run = run_of(asked, DEFAULT_LIMITS)
    return run, [event for told in events(asked, run) for event in told]
