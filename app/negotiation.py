"""What a client would rather have: `Accept` and `Accept-Encoding` against what there is (RFC 9110, 12.5)."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(200)
def preferred(accepted: str, offered: tuple[str, ...]) -> str | None:
    """The offered item that the header weighs most, the earlier one on a tie; None when it takes none of them.

    A name counts for itself first, then for `type/*`, then for `*` or `*/*`.
    """
    weights: dict[str, float] = {}
    for item in accepted.split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        try:
            weights[name] = float(weight)
        except ValueError:
            continue

    def weigh(name: str) -> float:
        ranges = (name, f"{name.partition('/')[0]}/*", "*/*", "*")
        return next((weights[each] for each in ranges if each in weights), 0.0)

    best = max(offered, key=weigh)
    return best if weigh(best) > 0 else None
