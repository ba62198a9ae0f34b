"""One server and one Chromium for the session; a fresh page, with what went wrong on it, for every test."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app.main import create_app

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests" / "browser")]

# How long what must come is waited for, in milliseconds: as long as Playwright waits for what it is to click on. A test
# that passes waits no longer than the page needs; a machine with much else to do is no failure.
expect.set_options(timeout=30_000)


@dataclass
class Watched:
    """A page and what it said and asked for."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, fragment: str = "") -> Page:
        """The studio at rest: the link followed, and all there that comes after the first sight."""
        from still import settled

        self.page.goto(self.address + fragment)
        self.page.wait_for_selector("#stage .node")
        self.page.wait_for_selector(".cm-content", state="attached")
        self.page.wait_for_selector("#find button", state="attached")  # the views not needed at first sight
        self.page.wait_for_function("() => '__zoom' in document.querySelector('#stage svg')")  # hears a hand
        settled(self.page)
        return self.page

    def hold(self, fragment: str = "") -> Page:
        """The studio at rest; from then on its time passes as `page.clock.run_for` says, and frames with it."""
        self.page.clock.install()
        self.open(fragment)
        self.page.clock.pause_at(self.page.evaluate("Date.now()") + 3_600_000)
        return self.page


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """A real server on a port of its own."""
    import bundle  # tools/bundle.py

    if not bundle.is_fresh(ROOT):
        if not bundle.has_modules(ROOT, dev=False):
            pytest.fail("static/dist is not what static/src says: run the tests with `python3 run test`.")
        bundle.build(ROOT)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(), log_level="error", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # The shell first: the same engine without a window's profile, tabs and extensions, half of a page's price.
    names = (os.environ.get("SEEGRAD_CHROMIUM"), "chromium-headless-shell", "chromium", "chromium-browser")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("Chromium is missing: `python3 run test` installs it, or says how.")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=path, args=["--no-sandbox"] if root else [])
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, watched by nobody."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Watched]]:
    """Makes watched pages: `opened(width=390, height=844, color_scheme="dark")`. At the end none may have erred."""
    made: list[Watched] = []

    def make(width: int = 1440, height: int = 900, **options: Any) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        # What the policy refuses is an error of the page.
        context.add_init_script(
            """addEventListener("securitypolicyviolation", (event) =>
              console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"""
        )
        page = context.new_page()
        watched = Watched(page, address)
        page.on("console", lambda message: message.type == "error" and watched.errors.append(message.text))
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        page.on("request", lambda request: watched.requests.append(request.url))
        made.append(watched)
        return watched

    yield make
    for watched in made:
        watched.page.context.close()
    for watched in made:
        assert watched.errors == []
        strangers = [url for url in watched.requests if not url.startswith((address, "data:"))]
        assert strangers == []


@pytest.fixture
def studio(opened: Callable[..., Watched]) -> Watched:
    watched = opened()
    watched.open()
    return watched
