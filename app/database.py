"""The database: opened and brought up to date when it is first needed, by as many processes as there are.

SQLite in a folder of ours unless a URL says otherwise. Write-ahead log, so that readers never wait; every commit is on
the disk before it is acknowledged. Each statement is a transaction of its own: nothing reads and then writes in one, so
two processes cannot get into each other's way.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, make_url, text

from app.settings import Settings

PACKAGE = Path(__file__).resolve().parent
FILE = "seegrad.db"
BUSY_SECONDS = 10.0
PAGE_BYTES = 4_096
MIGRATION_LOCK = 7_334_723  # any number of our own, for PostgreSQL's advisory locks

UNWRITABLE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL}
"""SQLite's codes for a folder that cannot be written."""


class Database:
    """One engine per process. `engine` opens it at first use and raises SQLAlchemy's errors, or OSError."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._engine: Engine | None = None
        self._lock = Lock()

    @property
    def engine(self) -> Engine:
        with self._lock:
            if self._engine is None:
                engine = open_engine(self.settings)
                try:
                    migrate(engine)
                except BaseException:
                    engine.dispose()
                    raise
                self._engine = engine
            return self._engine

    def close(self) -> None:
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
            self._engine = None


def data_folder(settings: Settings) -> Path:
    """The folder for what is stored: as set, else `.seegrad` in a checkout, else the user's place for data."""
    if settings.data:
        return Path(settings.data).expanduser().absolute()
    if (PACKAGE.parent / "pyproject.toml").is_file():
        return PACKAGE.parent / ".seegrad"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "seegrad"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "seegrad"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "seegrad"


def open_engine(settings: Settings) -> Engine:
    """The engine, every statement committed at once."""
    if settings.database:
        url = make_url(settings.database)
        if url.get_backend_name() != "sqlite":
            return create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        file = Path(url.database or FILE)
    else:
        file = data_folder(settings) / FILE
    engine = create_engine(
        "sqlite://", creator=lambda: open_sqlite(file, settings.data_bytes), poolclass=QueuePool
    )
    # The driver is told to leave transactions alone; `migrate` begins its own.
    event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def open_sqlite(file: Path, largest: int) -> sqlite3.Connection:
    """A connection to a file that is made when missing and may grow to `largest` bytes.

    Where nothing can be written, what is there can still be read. Raises sqlite3.OperationalError, OSError.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(file, timeout=BUSY_SECONDS, check_same_thread=False)
        try:
            write_ahead(connection)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA max_page_count = {max(16, largest // PAGE_BYTES)}")
            connection.execute("SELECT count(*) FROM sqlite_master")
        except BaseException:
            connection.close()
            raise
        return connection
    except (sqlite3.OperationalError, OSError) as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CANTOPEN) & 0xFF
        log = file.with_name(f"{file.name}-wal")
        whole = file.is_file() and not (log.is_file() and log.stat().st_size)
        if code not in UNWRITABLE or not whole:
            raise
        return sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True, check_same_thread=False)


def write_ahead(connection: sqlite3.Connection) -> None:
    """Turns the write-ahead log on.

    Of connections that do so at once to a new file, as workers do that start together, SQLite refuses all but one
    without waiting: each would wait for the other. So we try again.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.005)


def migrate(engine: Engine) -> None:
    """Brings the tables up to the newest revision; of several processes one does it and the others wait."""
    from alembic.command import upgrade
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "migrations"))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
        begin_alone(connection)
        try:
            config.attributes["connection"] = connection
            upgrade(config, "head")
            connection.execute(text("COMMIT"))
        except BaseException:
            connection.execute(text("ROLLBACK"))
            raise


def begin_alone(connection: Connection) -> None:
    """Begins a transaction that no other process can have at the same time."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("BEGIN IMMEDIATE"))
        return
    connection.execute(text("BEGIN"))
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
