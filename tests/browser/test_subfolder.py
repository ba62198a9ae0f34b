"""The service in a folder of another host's: a reverse proxy in front, Chromium before it."""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect
from written import holds, write

FOLDER = "/tools/seegrad"


@dataclass
class Proxy:
    """Its address with the folder, and what was asked of it outside the folder."""

    address: str
    outside: list[str] = field(default_factory=list)


@pytest.fixture
def proxy(address: str) -> Iterator[Proxy]:
    """Hands the folder on to the server, without its name, as nginx does; anything else is not there."""
    upstream = address.removeprefix("http://").rstrip("/")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if not self.path.startswith(f"{FOLDER}/"):
                found.outside.append(self.path)
                self.send_error(404)
                return
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            headers |= {
                "Host": upstream,
                "X-Forwarded-For": self.client_address[0],
                "X-Forwarded-Proto": "http",
                "X-Forwarded-Host": self.headers["host"],
                "X-Forwarded-Prefix": FOLDER,
            }
            connection = http.client.HTTPConnection(upstream)
            connection.request(self.command, self.path.removeprefix(FOLDER), body, headers)
            answer = connection.getresponse()
            content = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            connection.close()

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Proxy(f"http://127.0.0.1:{server.server_port}{FOLDER}/")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def test_everything_works_in_a_folder(page: Page, proxy: Proxy) -> None:
    errors: list[str] = []
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))

    page.goto(proxy.address)
    page.wait_for_selector("#stage .node")
    page.wait_for_selector(".cm-content", state="attached")
    write(page, "p = 3\nq = p * p")
    expect(page.locator("#stage .node")).to_have_count(2)
    expect(page).to_have_url(re.compile(f"^{re.escape(proxy.address)}#v=1&program="))
    page.reload()
    holds(page, "p = 3\nq = p * p")

    saved = Request(
        f"{proxy.address}api/v1/links",
        json.dumps({"program": "p = 4\nq = p * p"}).encode(),
        {"content-type": "application/json"},
    )
    with urlopen(saved) as answer:
        url = json.load(answer)["url"]
    assert url.startswith(f"{proxy.address}g/")
    page.goto(url)
    holds(page, "p = 4\nq = p * p")
    assert page.locator("link[rel=canonical]").get_attribute("href") == url
    page.wait_for_timeout(500)
    expect(page).to_have_url(url)
    write(page, "p = 5\nq = p + p")
    expect(page).to_have_url(re.compile(f"^{re.escape(proxy.address)}#v=1&program="))
    page.locator(".brand").click()
    expect(page).to_have_url(proxy.address)

    page.goto(f"{proxy.address}privacy")
    expect(page.get_by_role("heading", level=1)).to_have_text("Privacy")
    page.get_by_role("link", name="Open the studio").click()
    expect(page).to_have_url(proxy.address)
    page.wait_for_selector("#stage .node")
    assert errors == []
    page.goto(f"{proxy.address}nowhere")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not found")
    page.get_by_role("link", name="Open the studio").click()
    expect(page).to_have_url(proxy.address)
    assert proxy.outside == []
