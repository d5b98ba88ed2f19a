"""Where a play stands: everything that conditions can read, as values that never change, and as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from elearning.simulation.expressions import Value, Values
from elearning.simulation.models import Variant
from elearning.sources.sectors import Phase

Key = tuple[object, ...]


@dataclass(frozen=True)
class State:
    """A moment of a play.

    `visits` counts how often each scene was entered, the present one included; `activated` holds the sectors by phase;
    `ended` is the ending that was met, or None while the play goes on.
    """

    scene: str
    indicators: Mapping[str, int] = field(hash=False)
    visits: Mapping[str, int] = field(hash=False)
    chosen: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    activated: frozenset[tuple[Phase, str]] = frozenset()
    ended: str | None = None

    def key(self) -> Key:
        """Return what tells this state from others of the same variant."""
        visits = tuple(sorted(self.visits.items()))
        values = tuple(self.indicators.values())
        return (self.scene, values, visits, self.chosen, self.flags, self.activated, self.ended)

    def to_json(self) -> dict[str, Any]:
        """Return the state as JSON values, always in the same order."""
        return {
            "scene": self.scene,
            "indicators": dict(self.indicators),
            "visits": dict(sorted(self.visits.items())),
            "chosen": sorted(self.chosen),
            "flags": sorted(self.flags),
            "activated": [list(pair) for pair in sorted(self.activated)],
            "ended": self.ended,
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "State":
        """Read a state back."""
        return cls(
            scene=document["scene"],
            indicators=dict(document["indicators"]),
            visits=dict(document["visits"]),
            chosen=frozenset(document["chosen"]),
            flags=frozenset(document["flags"]),
            activated=frozenset((phase, sector) for phase, sector in document["activated"]),
            ended=document["ended"],
        )


def values_of(variant: Variant, state: State) -> Values:
    """Return what conditions read in a state."""
    names: dict[str, Value] = {**variant.facts, **dict.fromkeys(variant.flags, False), **state.indicators}
    for flag in state.flags:
        names[flag] = True
    return Values(
        names=names,
        chosen=state.chosen,
        visited=state.visits.keys(),
        active={sector for _phase, sector in state.activated},
    )
