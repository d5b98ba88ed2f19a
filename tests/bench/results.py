"""A measured figure and its budget."""

from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Literal


@dataclass(frozen=True)
class Figure:
    """One line of the table. `budget` is None where a figure is only told; `bound` says which side of it is good."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    bound: Literal["at most", "at least"] = "at most"

    @property
    def held(self) -> bool:
        """Tell whether the budget is held."""
        if self.budget is None:
            return True
        return self.value <= self.budget if self.bound == "at most" else self.value >= self.budget

    def to_json(self) -> dict[str, Any]:
        """Return the entry of build/bench.json (DESIGN section 7)."""
        values = asdict(self) | {"held": self.held}
        return {name: values[name] for name in ("name", "value", "unit", "budget", "held")}

    def line(self) -> str:
        """Return the line of the table."""
        budget = "" if self.budget is None else f"{self.bound} {self.budget:g}"
        verdict = "" if self.budget is None else "held" if self.held else "NOT HELD"
        return f"{self.name:<52} {self.value:>10.4g} {self.unit:<12} {budget:<16} {verdict}"


def middle(values: list[float]) -> float:
    """Return the median."""
    return float(median(values))
