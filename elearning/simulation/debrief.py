"""What a play was: the road taken, what each decision cost, the indicators, the ending, the wheel and its reference."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from elearning.simulation.events import Event
from elearning.simulation.models import Variant
from elearning.simulation.play import Overridden, Play, Step, begin, fold
from elearning.simulation.score import Result, result_of
from elearning.simulation.search import CAP, outlook
from elearning.simulation.state import State
from elearning.sources.sectors import PHASES, SECTOR_IDS, Phase

Mark = Literal["both", "reference", "played"]
Change = Literal["better", "worse", "same"]


@dataclass(frozen=True)
class Turn:
    """A decision on the road, or a trainer's override.

    `others` are the choices that were offered and not taken, `lost` the endings that this turn put out of reach: None
    where the search was capped.
    """

    move: Step | Overridden
    phase: Phase
    others: tuple[str, ...]
    lost: frozenset[str] | None


@dataclass(frozen=True)
class Measure:
    """An indicator over the whole play."""

    id: str
    start: int
    end: int
    change: Change


@dataclass(frozen=True)
class Cell:
    """A place on the wheel that the reference or the play activates: `reference` alone is one that was missed."""

    phase: Phase
    sector: str
    mark: Mark


@dataclass(frozen=True)
class Debrief:
    """A play looked back upon. `ending` and `result` are None while it goes on; `proved` as in Play."""

    turns: tuple[Turn, ...]
    measures: tuple[Measure, ...]
    ending: str | None
    result: Result | None
    wheel: tuple[Cell, ...]
    proved: bool


def debrief(variant: Variant, events: Iterable[Event | Mapping[str, Any]], cap: int = CAP) -> Debrief:
    """Look back upon an attempt. `cap` bounds how many states are searched for each turn. PlayError as in fold."""
    play = fold(variant, events)
    return Debrief(
        turns=_turns(variant, play, cap),
        measures=measures(variant, play.state),
        ending=play.state.ended,
        result=result_of(variant, play.state),
        wheel=wheel_cells(variant, play.state),
        proved=play.proved,
    )


def _turns(variant: Variant, play: Play, cap: int) -> tuple[Turn, ...]:
    turns = []
    before = outlook(variant, begin(variant), cap)
    for move in play.moves:
        if isinstance(move, Step | Overridden):
            after = outlook(variant, move.state, cap)
            others = tuple(one for one in move.offered if one != move.choice) if isinstance(move, Step) else ()
            lost = None if before is None or after is None else before - after
            turns.append(Turn(move, variant.scene(move.scene).phase, others, lost))
            before = after
    return tuple(turns)


def measures(variant: Variant, state: State) -> tuple[Measure, ...]:
    """Return where each indicator began, where it stands, and whether that is better."""
    found = []
    for one in variant.indicators:
        end = state.indicators[one.id]
        gain = (end - one.start) * (1 if one.better == "high" else -1)
        found.append(Measure(one.id, one.start, end, "same" if gain == 0 else "better" if gain > 0 else "worse"))
    return tuple(found)


def wheel_cells(variant: Variant, state: State) -> tuple[Cell, ...]:
    """Lay the activation of a play over the reference, phase by phase in the order of the sectors."""
    reference = {(phase, sector) for phase, sectors in variant.reference.items() for sector in sectors}
    cells = []
    for phase in PHASES:
        for sector in SECTOR_IDS:
            here = (phase, sector)
            if here in reference or here in state.activated:
                mark: Mark = "played" if here not in reference else "both" if here in state.activated else "reference"
                cells.append(Cell(phase, sector, mark))
    return tuple(cells)
