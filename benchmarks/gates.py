"""Gates: what a ratio must be, what it should be, what it is."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.measure import table


@dataclass(frozen=True, slots=True)
class Gate:
    """`measured` against a bound that must hold and one that is aimed at; at least or at most."""

    name: str
    gate: float
    aim: float
    measured: float | None
    at_least: bool = False

    @property
    def verdict(self) -> str:
        if self.measured is None:
            return "not measured"
        if self._holds(self.aim):
            return "aim reached"
        return "holds" if self._holds(self.gate) else "MISSED"

    def _holds(self, bound: float) -> bool:
        assert self.measured is not None
        return self.measured >= bound if self.at_least else self.measured <= bound


def gate_table(gates: list[Gate]) -> str:
    def bound(gate: Gate, value: float) -> str:
        return f"{'≥' if gate.at_least else '≤'} {short(value)}"

    return table(
        ("", "gate", "aim", "measured", "verdict"),
        [
            (
                gate.name,
                bound(gate, gate.gate),
                bound(gate, gate.aim),
                "" if gate.measured is None else f"**{short(gate.measured)}**",
                gate.verdict,
            )
            for gate in gates
        ],
    )


def short(value: float) -> str:
    """Ratios for people: small ones as 1/n."""
    return f"1/{1 / value:.0f}" if 0 < value < 0.0095 else f"{value:.3g}"
