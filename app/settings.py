"""Every setting of the service, read once from the environment (prefix `SEEGRAD_`)."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property
from ipaddress import ip_network
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from engine.limits import DEFAULT_LIMITS, Limits


class Settings(BaseSettings):
    """Settings with their defaults; `SEEGRAD_PORT=9000 seegrad serve` changes one.

    Those that bear the name of a field of `Limits` replace it. The table in `docs/api.md` is printed from here.
    """

    model_config = SettingsConfigDict(env_prefix="SEEGRAD_", extra="ignore", frozen=True)

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65_535, description="Port to listen on; 0 takes a free one.")
    workers: int = Field(default=1, ge=1, le=64, description="Processes that answer.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="What is logged to stderr; from `info` on every request."
    )
    base_path: str = Field(
        default="",
        pattern=r"^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?$",
        description="Folder that the service stands in, such as `/tools/seegrad`. A proxy may say it instead.",
    )
    trusted_proxies: str = Field(
        default="127.0.0.1, ::1",
        description="Addresses and networks of proxies whose X-Forwarded-For, -Proto, -Host and -Prefix are "
        "believed; `*`: anyone's.",
    )
    idle_seconds: int = Field(
        default=20, ge=1, description="Seconds for the next request on a connection to begin."
    )
    stop_seconds: int = Field(
        default=3, ge=0, description="Seconds for open answers to finish when the server stops."
    )
    embed_ancestors: str = Field(
        default="*",
        pattern=r"^[\w:/.*' -]+$",
        description="Pages that may frame `/embed`: sources as in the header `frame-ancestors`, with blanks between "
        "them, such as `'self' https://*.example.edu`; `'none'` turns embedding off.",
    )

    data: str = Field(
        default="",
        description="Folder of what is stored. Usually `.seegrad` in a checkout, else the user's folder for data.",
    )
    database: str = Field(
        default="",
        description="Address of a database instead, as SQLAlchemy spells it: `postgresql+psycopg://…`.",
    )
    data_bytes: int = Field(
        default=2**30, ge=2**16, description="Bytes that the SQLite file in that folder may grow to."
    )
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/?#]+[^\s?#]*)?$",
        description="Address of the service as the world knows it, such as `https://course.example/seegrad`. "
        "Usually made from the request.",
    )

    body_bytes: int = Field(default=DEFAULT_LIMITS.body_bytes, ge=1, description="Bytes of a request's body.")
    training_body_bytes: int = Field(
        default=DEFAULT_LIMITS.training_body_bytes,
        ge=1,
        description="Bytes of a request's body that carries training data.",
    )
    body_seconds: float = Field(default=8.0, gt=0, description="Seconds for a request's body to arrive.")
    url_bytes: int = Field(default=8_192, ge=256, description="Bytes of path and query.")
    header_bytes: int = Field(default=16_384, ge=1_024, description="Bytes of all request headers together.")

    remembered_bytes: int = Field(
        default=2**24,
        ge=0,
        description="Bytes of answers that each worker keeps, to give them again. 0: none.",
    )
    rate_units: int = Field(
        default=120_000,
        ge=0,
        description="Units of work that one address may ask for in a minute, of each worker: a graph costs 1 for every "
        "200 nodes begun, a stored link 100 and more, a picture 1 and what drawing it takes, a page 25. "
        "0: no limit.",
    )
    rate_addresses: int = Field(
        default=4_096,
        ge=1,
        description="Addresses whose work is remembered; beyond that the least lately seen are forgotten.",
    )

    program_characters: int = Field(
        default=DEFAULT_LIMITS.program_characters, ge=1, description="Characters of a program."
    )
    nesting: int = Field(
        default=DEFAULT_LIMITS.nesting,
        ge=1,
        le=500,
        description="Brackets, signs and powers inside one another.",
    )
    comprehensions: int = Field(
        default=DEFAULT_LIMITS.comprehensions, ge=1, le=100, description="`for` clauses inside one another."
    )
    program_nodes: int = Field(
        default=DEFAULT_LIMITS.program_nodes, ge=1, description="Nodes of a program's graph."
    )
    program_steps: int = Field(
        default=DEFAULT_LIMITS.program_steps, ge=1, description="Instructions that a program may run."
    )
    network_nodes: int = Field(
        default=DEFAULT_LIMITS.network_nodes,
        ge=1,
        description="Nodes of a network's graph, all examples together.",
    )
    parameters: int = Field(
        default=DEFAULT_LIMITS.parameters, ge=1, description="Weights and biases of a network."
    )
    check_nodes: int = Field(
        default=1_000,
        ge=1,
        description="Nodes of a graph whose gradients are checked; the work grows with their square.",
    )
    name_characters: int = Field(
        default=DEFAULT_LIMITS.name_characters, ge=1, description="Characters of a name."
    )
    number_characters: int = Field(
        default=DEFAULT_LIMITS.number_characters, ge=1, description="Characters of a number in a program."
    )
    training_cost: int = Field(
        default=DEFAULT_LIMITS.training_cost, ge=1, description="Nodes times steps of a training run."
    )
    training_steps: int = Field(
        default=DEFAULT_LIMITS.training_steps, ge=1, description="Steps of a training run."
    )
    training_runs: int = Field(default=64, ge=1, description="Training runs at the same time.")
    training_nodes: int = Field(
        default=4_000_000,
        ge=1,
        description="Nodes of the graphs of all these runs together, about 170 bytes each.",
    )
    answer_numbers: int = Field(
        default=1_000_000,
        ge=1,
        description="Numbers in a training run's JSON answer; a stream has no such limit.",
    )
    stall_seconds: float = Field(
        default=20.0, gt=0, description="Seconds until a stream that nobody reads is given up."
    )
    dataset_examples: int = Field(
        default=DEFAULT_LIMITS.dataset_examples, ge=2, description="Examples of a data set."
    )

    @field_validator("trusted_proxies")
    @classmethod
    def are_networks(cls, words: str) -> str:
        for word in filter(None, map(str.strip, words.split(","))):
            if word != "*":
                ip_network(word, strict=False)  # raises ValueError, naming it
        return words

    @cached_property
    def limits(self) -> Limits:
        """The engine's limits as set here."""
        shared = {field.name for field in fields(Limits)} & set(Settings.model_fields)
        return Limits(**{name: getattr(self, name) for name in shared})
