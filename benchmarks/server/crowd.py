"""A crowd of keep-alive connections, each asking again as soon as it is answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable


def crowd(port: int, requests: Callable[[int, int], bytes], connections: int, seconds: float) -> list[float]:
    """Seconds that each request took. `requests(connection, number)` is one as it goes over the wire.

    Raises AssertionError at any answer but 200.
    """
    taken: list[float] = []

    async def one(who: int, until: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        number = 0
        while time.perf_counter() < until:
            began = time.perf_counter()
            writer.write(requests(who, number))
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head[:200]
            length = next(
                int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
            )
            await reader.readexactly(length)
            taken.append(time.perf_counter() - began)
            number += 1
        writer.close()

    async def all_of_them() -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(one(who, until) for who in range(connections)))

    asyncio.run(all_of_them())
    return taken
