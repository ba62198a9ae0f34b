"""What every test shares: where its files go, and which process of a whole run it belongs to."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling


def pytest_configure() -> None:
    # What the tests store goes into a folder of the process's own, never into the checkout's.
    os.environ["SEEGRAD_DATA"] = tempfile.mkdtemp(prefix="seegrad-tests-")


class Rooms(LoadScopeScheduling):
    """The engine's tests, the server's, and file by file the browser's, to whichever process is free.

    The larger parts are handed out first. So the server's are over before the browser's come into their process: from
    then on Playwright holds its event loop.
    """

    def _split_scope(self, nodeid: str) -> str:
        file, _, _ = nodeid.partition("::")
        return (
            file
            if file.startswith("tests/browser/")
            else "server"
            if file.startswith("tests/app/")
            else "engine"
        )


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Rooms:
    return Rooms(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Of two tests of one id xdist would run one, and say nothing.
    ids = [item.nodeid for item in items]
    assert len(set(ids)) == len(ids), "two tests of one id"


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    gc.disable()  # its rounds take as long as everything else is large that the tests hold
    start = time.process_time()
    try:
        yield
        spent = time.process_time() - start
    finally:
        gc.enable()
    assert spent < seconds


@pytest.fixture(scope="session")
def within() -> Callable[[float], AbstractContextManager[None]]:
    """`with within(0.3): …`: what is refused is refused before the work, in so much of the processor's time at most."""
    return at_most
