"""How much work one address may ask for in a minute.

Counted in units of work, not in requests: a graph of 20,000 nodes costs a hundred times one of twenty. The budget
of a minute is more than a class of 300 behind one address uses by typing and sharing; it stops a loop gone wild.
The window slides; it is kept in memory, by each worker for itself, for a bounded number of addresses.
"""

from __future__ import annotations

import time
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil, floor

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import Request
from starlette.types import Scope

from app.errors import Problem
from app.settings import Settings

NODES_PER_UNIT = 200
WHERE = "seegrad.rates"
"""Where the headers wait in the scope until the answer starts."""


class Counters(MemoryStorage):
    """What limits' sliding window counts, of so many addresses at the most; beyond that the least lately seen go first.

    The library's own way takes as long as half of a minimal request: two keys, locks and expiries per address.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.counts: dict[str, tuple[float, int, int]] = {}
        """By key: which window, how many in it, how many in the one before."""

    def _counted(self, key: str, expiry: int) -> tuple[float, float, int, int]:
        """Which window this is, the seconds of it that are over, how many in it, how many in the one before."""
        window, elapsed = divmod(time.time(), expiry)
        counted, current, previous = self.counts.get(key, (window, 0, 0))
        if counted != window:
            current, previous = 0, current if counted == window - 1 else 0
        return window, elapsed, current, previous

    def get_sliding_window(self, key: str, expiry: int) -> tuple[int, float, int, float]:
        """The count of the last window, the seconds it still weighs, this one's count, the seconds it will."""
        _, elapsed, current, previous = self._counted(key, expiry)
        return previous, expiry - elapsed, current, 2 * expiry - elapsed

    def acquire_sliding_window_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Counts `amount` more, unless that would be more than `limit`."""
        window, elapsed, current, previous = self._counted(key, expiry)
        if floor(previous * (expiry - elapsed) / expiry + current) + amount > limit:
            return False
        self.counts.pop(key, None)
        while len(self.counts) >= self.most:
            del self.counts[next(iter(self.counts))]
        self.counts[key] = (window, current + amount, previous)
        return True


class Rates:
    """The budgets. `admit` before the work, `spend` after it, when its size is known."""

    def __init__(self, settings: Settings) -> None:
        self.limit = RateLimitItemPerMinute(settings.rate_units) if settings.rate_units else None
        self.limiter = SlidingWindowCounterRateLimiter(Counters(settings.rate_addresses))

    def admit(self, request: Request) -> None:
        """Takes one unit. Raises Problem (too_many_requests) when none is left."""
        if self.limit is None:
            return
        who = who_asks(request)
        admitted = self.limiter.hit(self.limit, who)
        self.tell(request, who)
        if not admitted:
            wait = request.scope[WHERE][1]
            raise Problem(
                "too_many_requests",
                "This address has asked for more work in a minute than one may.",
                hint=f"Try again in {wait} s. A class that needs more should tell whoever runs this server.",
                headers={"retry-after": str(wait)},
            )

    def spend(self, request: Request, units: int) -> None:
        """Takes what the request cost beyond its first unit, as far as there is any left."""
        if self.limit is None or units <= 1:
            return
        who = who_asks(request)
        left = self.limiter.get_window_stats(self.limit, who).remaining
        self.limiter.hit(self.limit, who, cost=min(units - 1, left))
        self.tell(request, who)

    def tell(self, request: Request, who: str) -> None:
        """Leaves what remains, and in how many seconds there is more, for `headers_of`."""
        assert self.limit is not None
        stats = self.limiter.get_window_stats(self.limit, who)
        request.scope[WHERE] = (
            stats.remaining,
            max(1, ceil(stats.reset_time - time.time())),
            self.limit.amount,
        )


def headers_of(scope: Scope) -> list[tuple[bytes, bytes]]:
    """RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-11) of a request that was counted."""
    match scope.get(WHERE):
        case (left, seconds, quota):
            return [
                (b"ratelimit-policy", b'"work";q=%d;w=60' % quota),
                (b"ratelimit", b'"work";r=%d;t=%d' % (left, seconds)),
            ]
    return []


def units_of(nodes: int) -> int:
    """What a graph costs: about half a millisecond a unit."""
    return 1 + nodes // NODES_PER_UNIT


def who_asks(request: Request) -> str:
    """Whose budget a request is charged to."""
    client = request.scope.get("client")
    return payer(client[0] if client else "")


@lru_cache(1_000)
def payer(host: str) -> str:
    """The client's address; of an IPv6 one the network, for it has 2**64 of them."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else host
