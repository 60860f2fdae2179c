"""A figure and its goal, and how figures are printed: one JSON object a line."""

import json
import statistics
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value. ``goal`` is the most it may be, or the least (None: printed for the reader only)."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    slack: float = 0.0
    at_least: bool = False

    @property
    def ok(self) -> bool:
        """Within the goal, or within the slack that this run's disk explains."""
        if self.at_least:
            return self.goal is None or self.value >= self.goal
        return self.goal is None or self.value <= max(self.goal, self.slack)

    def line(self) -> str:
        """The figure as a line of JSON."""
        shown = {"name": self.name, "value": round(self.value, 3), "unit": self.unit}
        return json.dumps(shown | {"goal": self.goal, "ok": self.ok})


def p99(values: list[float]) -> float:
    """The 99th percentile."""
    return statistics.quantiles(values, n=100, method="inclusive")[98]
