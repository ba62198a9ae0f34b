"""Takes the pictures of the README from the running app: `.venv/bin/python tools/pictures.py`.

They are looked at before they are committed; the tests assert geometry and text, never pixels.
"""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import uvicorn
from playwright.sync_api import Page, sync_playwright

from app.main import create_app

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "images"
Act = Callable[[Page], None]


def at_rest(page: Page) -> None:
    page.wait_for_selector("#stage [data-node]")
    page.wait_for_timeout(REST)


def three_back(page: Page) -> None:
    at_rest(page)
    page.locator("#stage [data-node]").first.focus()
    for _ in range(3):
        page.keyboard.press(",")
        page.wait_for_timeout(REST)


def trained(page: Page) -> None:
    page.wait_for_timeout(2 * REST)
    for _ in range(8):
        page.get_by_role("button", name="One step").first.click()
        page.wait_for_timeout(REST / 4)
    page.wait_for_timeout(REST)


def all_values(page: Page) -> None:
    page.wait_for_timeout(2 * REST)
    page.locator("select:visible").first.select_option(label="Two moons")
    page.wait_for_timeout(6 * REST)
    for _ in range(4):
        page.get_by_role("button", name="One step").first.click()
        page.wait_for_timeout(REST)
    page.get_by_role("button", name="All 65").first.click()
    page.wait_for_timeout(4 * REST)


REST = 600
"""Milliseconds for what moves to come to rest."""
SHOTS: tuple[tuple[str, str, Literal["light", "dark"], Act], ...] = (
    ("studio", "", "light", at_rest),
    ("studio-dark", "", "dark", at_rest),
    ("backward", "", "light", three_back),
    ("network", "network", "light", trained),
    ("texture", "network", "light", all_values),
)
"""Name, page, theme, and what is done there first."""


def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, path, theme, act in SHOTS:
            context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=theme)
            page = context.new_page()
            page.goto(address + path)
            act(page)
            page.screenshot(path=PICTURES / f"{name}.png")
            context.close()
        browser.close()
    server.should_exit = True
    thread.join(5)


if __name__ == "__main__":
    main()
