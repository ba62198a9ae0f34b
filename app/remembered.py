"""Answers that were given lately. An answer is a pure function of its request, so giving it again is giving the same.

A class that opens the same example or types the same line asks the same; computing it once spares everybody the wait.
Kept in memory, by each worker for itself, up to a number of bytes; the least lately asked for goes first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable


class Remembered:
    """Answers by request. `most`: bytes of all together; an answer of more than a sixteenth of that is not kept."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._answers: OrderedDict[Hashable, bytes] = OrderedDict()

    def find(self, request: Hashable) -> bytes | None:
        answer = self._answers.get(request)
        if answer is not None:
            self._answers.move_to_end(request)
        return answer

    def keep(self, request: Hashable, answer: bytes) -> None:
        if len(answer) > self.most // 16:
            return
        self.size += len(answer) - len(self._answers.pop(request, b""))
        self._answers[request] = answer
        while self.size > self.most:
            _, oldest = self._answers.popitem(last=False)
            self.size -= len(oldest)
