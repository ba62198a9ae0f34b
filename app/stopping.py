"""Being told that the server stops while it still answers, whoever runs it: before its open answers are cut off."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def on_stop(tell: Callable[[], None]) -> Iterator[None]:
    """Calls `tell` on the event loop when a signal asks the process to stop, and passes the signal on.

    Outside the main thread nothing can listen for signals; whoever runs a server there has to tell by himself.
    """
    loop = asyncio.get_running_loop()
    before: dict[signal.Signals, Any] = {}

    def hear(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(tell)
        if callable(handler := before[signal.Signals(number)]):
            handler(number, frame)

    if threading.current_thread() is threading.main_thread():
        for each in SIGNALS:
            before[each] = signal.signal(each, hear)
    try:
        yield
    finally:
        for each, handler in before.items():
            if signal.getsignal(each) is hear:
                signal.signal(each, handler)
