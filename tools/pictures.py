"""Takes the pictures of the README from the running app: `.venv/bin/python tools/pictures.py`.

They are looked at before they are committed; the tests assert geometry and text, never pixels.
"""

from __future__ import annotations

import shutil
import socket
import threading
import time
from pathlib import Path
from typing import Literal

import uvicorn
from playwright.sync_api import sync_playwright

from app.main import create_app

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "images"
SHOTS: tuple[tuple[str, int, int, Literal["light", "dark"], str], ...] = (
    ("studio", 1440, 900, "light", ""),
    ("studio-dark", 1440, 900, "dark", ""),
    ("backward", 1440, 900, "light", ",,,"),
)
"""Name, width, height, theme, keys pressed on the graph: a comma is a step back."""


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
        for name, width, height, theme, presses in SHOTS:
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
            page = context.new_page()
            page.goto(address)
            page.wait_for_selector("#stage [data-node]")
            page.wait_for_timeout(600)
            if presses:
                page.locator("#stage [data-node]").first.focus()
            for key in presses:
                page.keyboard.press(key)
                page.wait_for_timeout(600)
            page.screenshot(path=PICTURES / f"{name}.png")
            context.close()
        browser.close()
    server.should_exit = True
    thread.join(5)


if __name__ == "__main__":
    main()
