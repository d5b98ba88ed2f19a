"""How good a result is: a better-ranked ending first, then a higher score. Exact, rounded only to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering

from elearning.simulation.models import Indicator, Variant
from elearning.simulation.state import State


@total_ordering
@dataclass(frozen=True)
class Result:
    """The result of a play. Of two, the better is the greater: rank 1 before rank 2, then the higher score."""

    rank: int
    score: Fraction

    def __lt__(self, other: "Result") -> bool:
        return (-self.rank, self.score) < (-other.rank, other.score)

    @property
    def points(self) -> int:
        """The score as it is shown: whole points, halves upwards."""
        return rounded(self.score)


def turned(indicator: Indicator, value: int) -> Fraction:
    """Return where a value stands between the worst (0) and the best (1) that its indicator can have."""
    share = Fraction(value - indicator.min, indicator.max - indicator.min)
    return share if indicator.better == "high" else 1 - share


def score(variant: Variant, indicators: Mapping[str, int]) -> Fraction:
    """Return the mean of the indicators by weight, each turned so that better is higher: 0 to 100, exact."""
    weights = sum(one.weight for one in variant.indicators)
    total = sum((one.weight * turned(one, indicators[one.id]) for one in variant.indicators), Fraction(0))
    return 100 * total / weights


def rounded(exact: Fraction) -> int:
    """Return the nearest whole number, halves upwards: 72.5 is shown as 73."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def result_of(variant: Variant, state: State) -> Result | None:
    """Return the result of a play that has ended; None before."""
    if state.ended is None:
        return None
    return Result(variant.ending(state.ended).rank, score(variant, state.indicators))
