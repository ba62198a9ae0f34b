"""`seegrad serve`: the web server."""

from __future__ import annotations

import argparse
import gc
import socket
import sys
from typing import TYPE_CHECKING

from app.commands import CommandError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from app.settings import Settings

SWITCH_SECONDS = 0.0005
"""How long a thread that builds or trains keeps the event loop waiting. Python's 5 ms are longer than an answer."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1, or SEEGRAD_HOST)")
    parser.add_argument("--port", type=port_number, help="port to listen on (default: 8000, or SEEGRAD_PORT)")
    parser.add_argument(
        "--workers", type=worker_count, help="processes that answer (default: 1, or SEEGRAD_WORKERS)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Runs the server until it is told to stop."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from app.log import log_config

    settings = settings_of_environment()
    workers = arguments.workers or settings.workers
    listener = listen(
        arguments.host or settings.host, settings.port if arguments.port is None else arguments.port
    )
    host, port = listener.getsockname()[:2]

    def announce() -> None:
        shown = f"[{host}]" if ":" in host else host
        print(f"SeeGrad is at http://{shown}:{port}/  (Ctrl+C stops it)", flush=True)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                announce()

    class Workers(Multiprocess):
        announced = False

        def keep_subprocess_alive(self) -> None:
            """Asked again and again: however long the workers take to start, signals are heard meanwhile."""
            super().keep_subprocess_alive()
            if not self.announced and all(process.is_ready() for process in self.processes):
                self.announced = True
                announce()

    config = uvicorn.Config(
        # Workers are processes of their own, which make the app of the same environment.
        "app.commands.serve:answering" if workers > 1 else answering(settings),
        factory=workers > 1,
        workers=workers,
        log_config=log_config(settings.log_level),
        access_log=False,  # addresses may carry programs; app/log.py knows what to leave out
        proxy_headers=False,  # app/proxy.py reads them
        server_header=False,
        timeout_keep_alive=settings.idle_seconds,
        timeout_graceful_shutdown=settings.stop_seconds,
    )
    if workers > 1:
        Workers(config, sockets=[listener]).run()
    else:
        Server(config).run(sockets=[listener])
    return 0


def answering(settings: Settings | None = None) -> FastAPI:
    """The app in a process that answers."""
    from app.main import create_app

    sys.setswitchinterval(SWITCH_SECONDS)
    app = create_app(settings)
    gc.collect()
    gc.freeze()  # what is there now stays: the collector would look through all of it for 0.1 s, while everybody waits
    return app


def settings_of_environment() -> Settings:
    """The settings. Raises CommandError naming the variable that holds a wrong one."""
    from pydantic import ValidationError

    from app.settings import Settings

    try:
        return Settings()  # pyright: ignore[reportCallIssue] - every field has a default
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise CommandError(f"The setting SEEGRAD_{str(first['loc'][0]).upper()}: {first['msg']}", 1) from None


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to host and port. Raises CommandError with what to do."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise CommandError(f"There is no address {host}: {error.strerror}.", 1) from None
    try:
        if sys.platform != "win32":  # there it would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise CommandError(
            f"Cannot listen on {host} port {port}: {error.strerror}. Try another: seegrad serve --port {port + 1}",
            1,
        ) from None
    return listener


def port_number(text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) <= 5 else -1
    if not 0 <= number <= 65_535:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no port; ports go from 0 to 65535")
    return number


def worker_count(text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) <= 2 else 0
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no number of workers from 1 to 64")
    return number
