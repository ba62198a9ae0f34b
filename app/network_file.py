"""A network in a file: its shape, loss, data set and weights as JSON. The page writes and reads the same format.

What needs pydantic is imported where it is used: `seegrad train` starts without.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from engine.network import NetworkSpec

FORMAT = "seegrad-network"
VERSION = 1


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """What a file holds.

    `data` is the data set's name, count, noise and seed, None where the data was something else; `trained` is how many
    steps were taken and the loss of the last one.
    """

    spec: NetworkSpec
    parameters: list[float] | None
    loss: str
    alpha: float
    data: dict[str, Any] | None
    trained: tuple[int, float] | None = None


def write_network(file: NetworkFile) -> str:
    """The file's text."""
    import orjson

    from app.answers import wire, wire_number

    body = {
        "format": FORMAT,
        "version": VERSION,
        "network": asdict(file.spec),
        "loss": file.loss,
        "alpha": file.alpha,
        **({"data": {"kind": "dataset", **file.data}} if file.data else {}),
        "trained": file.trained and {"step": file.trained[0], "loss": wire_number(file.trained[1])},
        "parameters": wire(file.parameters or []),
    }
    return orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def read_network(text: bytes) -> NetworkFile:
    """A file's network. Raises Problem: malformed_json, invalid_value, missing_field, wrong_type."""
    import orjson
    from pydantic import ValidationError

    from app.build import refused, spec_of
    from app.errors import Problem
    from app.schema import DatasetChoice, StoredNetwork

    try:
        body = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Problem("malformed_json", "The file is not JSON.") from None
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise Problem("invalid_value", "The file holds no network.", hint=f'Its format would be "{FORMAT}".')
    if body.get("version") != VERSION:
        raise Problem(
            "invalid_value", "The file is of another version.", hint=f"Version {VERSION} can be read here."
        )
    try:
        read = StoredNetwork.model_validate(body)
        data = None
        if read.data.get("kind") == "dataset":
            named = {name: value for name, value in read.data.items() if name != "kind"}
            data = DatasetChoice.model_validate(named).model_dump()
    except ValidationError as error:
        raise refused(error) from None
    return NetworkFile(spec_of(read.network), read.parameters, read.loss, read.alpha, data)
