"""Links: immutable states, each under the hash of its content.

The same state has the same id, whoever saves it, whenever and on whichever server. The id is 130 bits of SHA-256, so
nobody finds a link that was not given away; who knows a state can work out its id, and learns no more than that it was
saved. Nothing is stored beside the state but the day on which it was last saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Column, Date, MetaData, String, Table, Text, delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.database import UNWRITABLE, Database
from app.errors import Problem
from app.states import State, canonical, stored_state

DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that is read as another or as a digit."""
LENGTH = 26
ID = re.compile(f"[{DIGITS}]{{{LENGTH}}}")

metadata = MetaData()
links = Table(
    "links",
    metadata,
    Column("id", String(LENGTH), primary_key=True),
    Column("state", Text, nullable=False),
    Column("saved", Date, nullable=False, index=True),
)

UNWRITABLE_STATES = {"53100", "25006"}  # PostgreSQL: disk full, read-only transaction


class Link(NamedTuple):
    """A stored state; `saved` is the day (UTC) on which somebody last saved it."""

    id: str
    state: dict[str, Any]
    saved: date


class Links:
    """The stored links. Every method is one short statement or two; call them in a thread.

    Raises Problem: storage_full where nothing can be written, storage_unreachable where nothing can be read.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def keep(self, state: State) -> tuple[str, bool]:
        """Stores a state. Returns its id, and whether it is new."""
        content = canonical(state)
        link_id = id_of(content)
        today = today_utc()
        with storage(writing=True), self.database.engine.connect() as connection:
            saved = connection.execute(select(links.c.saved).where(links.c.id == link_id)).scalar()
            if saved is None:
                try:
                    connection.execute(insert(links).values(id=link_id, state=content.decode(), saved=today))
                    return link_id, True
                except IntegrityError:  # somebody else was first
                    return link_id, False
            if saved < today:
                with suppress(DBAPIError):  # it is stored, whatever comes of its date
                    connection.execute(update(links).where(links.c.id == link_id).values(saved=today))
            return link_id, False

    def find(self, link_id: str) -> Link:
        """The link of that id. Raises Problem (unknown_link)."""
        if ID.fullmatch(link_id):
            with storage(), self.database.engine.connect() as connection:
                row = connection.execute(select(links).where(links.c.id == link_id)).first()
            if row is not None:
                return Link(row.id, stored_state(row.state), row.saved)
        raise Problem(
            "unknown_link",
            "There is no link of that name. It was mistyped, or it has been deleted.",
            hint="A link ends in 26 letters and digits.",
        )

    def all(self) -> Iterator[Link]:
        """Every link, the newest first."""
        with storage(), self.database.engine.connect() as connection:
            for row in connection.execute(select(links).order_by(links.c.saved.desc(), links.c.id)):
                yield Link(row.id, stored_state(row.state), row.saved)

    def check(self) -> None:
        """Raises Problem (storage_unreachable) unless a link could be read."""
        with storage(), self.database.engine.connect() as connection:
            connection.execute(select(links.c.id).limit(1)).first()

    def delete(self, link_id: str) -> bool:
        """Deletes one link for ever. Returns whether it was there."""
        with storage(writing=True), self.database.engine.connect() as connection:
            return connection.execute(delete(links).where(links.c.id == link_id)).rowcount > 0

    def prune(self, before: date) -> int:
        """Deletes every link last saved before that day. Returns how many."""
        with storage(writing=True), self.database.engine.connect() as connection:
            return connection.execute(delete(links).where(links.c.saved < before)).rowcount


def id_of(content: bytes) -> str:
    """The id of a state in its canonical spelling: the top 130 bits of its SHA-256, five to a letter."""
    number = int.from_bytes(sha256(content).digest()) >> (256 - 5 * LENGTH)
    return "".join(DIGITS[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def today_utc() -> date:
    return datetime.now(UTC).date()


@contextmanager
def storage(writing: bool = False) -> Iterator[None]:
    """Turns what the database or the disk refuses into a problem."""
    try:
        yield
    except (DBAPIError, OSError) as error:
        if writing and is_unwritable(error):
            raise Problem(
                "storage_full",
                "The link could not be saved: the server's storage is full or cannot be written.",
                hint="The address of the page holds the whole state too; copy that.",
            ) from error
        raise Problem(
            "storage_unreachable",
            "The stored links cannot be reached.",
            hint="Try again in a while.",
            headers={"retry-after": "5"},
        ) from error


def is_unwritable(error: DBAPIError | OSError) -> bool:
    """Whether the disk is full or may not be written, rather than the database away or busy."""
    if isinstance(error, OSError):
        return True
    if (code := getattr(error.orig, "sqlite_errorcode", None)) is not None:
        return code & 0xFF in UNWRITABLE
    return getattr(error.orig, "sqlstate", None) in UNWRITABLE_STATES
