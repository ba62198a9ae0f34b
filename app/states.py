"""What a link holds: the state of a page, as the fields of its address (`static/src/url.js`), as JSON.

A field that is absent is as usual. Fields are added, never given another meaning: a stored link opens for ever.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import orjson
from pydantic import Field, StringConstraints, ValidationError

from app.build import refused
from app.errors import Problem
from app.schema import Finite, Wire
from engine.limits import Limits

LARGEST = 65_536
"""Bytes of a state, as it is stored."""

Id = Annotated[int, Field(ge=0, le=999_999_999)]
Word = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_-]{1,64}$")]
Group = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_.]{1,128}$")]


class StudioState(Wire):
    """The studio: a program, or an example, and how it is looked at."""

    version: Literal[1] = Field(1, description="Of the list of fields.")
    page: Literal["studio"] = Field("studio", description="The page that it opens.")
    program: str | None = Field(None, description="The text; it may be one that has a problem.")
    example: Word | None = Field(None, description="Id of the example that the text came from.")
    values: dict[str, Finite] | None = Field(None, description="Numbers of names that the text leaves open.")
    node: Annotated[int, Field(ge=-1, le=999_999_999)] | None = Field(
        None, description="Id of the selected node; -1: none."
    )
    open: Annotated[list[Id], Field(max_length=100)] | None = Field(
        None, description="Ids of the nodes that are taken apart."
    )
    fold: Annotated[list[Group], Field(max_length=1_000)] | None = Field(
        None, description="Groups that are not as usual: closed ones opened, open ones closed."
    )
    step: Id | None = Field(None, description="Events of the trace that have happened; absent: all.")
    local: bool | None = Field(None, description="Local derivatives on the edges.")
    theme: Literal["light", "dark"] | None = Field(None, description="When it was chosen.")
    view: Literal["graph", "table"] | None = Field(None, description="The graph, or the table of numbers.")


class NetworkState(Wire):
    """The network page: its fields as they stand in its address, key by key. The page reads them as it reads those."""

    version: Literal[1] = Field(1, description="Of the list of fields.")
    page: Literal["network"] = Field(description="The page that it opens.")
    fields: Annotated[
        dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")], str],
        Field(max_length=100, description="Keys and texts of the fragment, decoded."),
    ]


State = StudioState | NetworkState


class SavedLink(Wire):
    """The name and the address that a state has now."""

    version: Literal[1]
    id: str = Field(description="26 letters and digits: 130 bits of the state's SHA-256.")
    url: str = Field(description="Opens the page in that state.")


class StoredLink(SavedLink):
    """A link and what it holds."""

    saved: date = Field(description="The day (UTC) on which somebody last saved it.")
    state: StudioState | NetworkState


def read_state(body: Any, limits: Limits) -> State:
    """The state in a JSON document.

    Raises Problem: missing_field, unknown_field, wrong_type, invalid_value, program_too_long, body_too_large.
    """
    if not isinstance(body, dict):
        raise Problem("wrong_type", "The body must be an object.", hint='Send {"program": "…"}.')
    model = NetworkState if body.get("page") == "network" else StudioState
    try:
        state = model.model_validate(body)
    except ValidationError as error:
        raise refused(error, model) from None
    if isinstance(state, StudioState):
        if state.program is None and state.example is None:
            raise Problem(
                "missing_field",
                "`program` is missing.",
                where=("program",),
                hint="A link holds a text, or an example.",
            )
        if len(state.program or "") > limits.program_characters:
            raise Problem(
                "program_too_long",
                f"The text is longer than {limits.program_characters:,} characters.",
                where=("program",),
            )
    if len(canonical(state)) > LARGEST:
        raise Problem("body_too_large", f"The state is longer than {LARGEST:,} bytes.")
    return state


def canonical(state: State) -> bytes:
    """The one spelling of a state: JSON, keys sorted, what is absent left out."""
    return orjson.dumps(state.model_dump(exclude_none=True), option=orjson.OPT_SORT_KEYS)


def stored_state(text: str | bytes) -> dict[str, Any]:
    """A state as it was stored; it was valid then, and stays so."""
    return orjson.loads(text)
