"""Cases for the tests of the engine, and ways to play them."""

from functools import cache
from itertools import cycle
from pathlib import Path

from elearning.core.settings import PROJECT
from elearning.simulation.events import Decision
from elearning.simulation.load import load_cases
from elearning.simulation.models import Case, Variant
from elearning.simulation.play import Step, begin, decide, offered

EXAMPLES = Path(__file__).parent / "cases"
SMALL_RIVER = EXAMPLES / "simulations" / "small-river" / "scenario.yaml"


@cache
def small_river() -> Case:
    """The example that has everything a case can have."""
    return load_cases(EXAMPLES).cases[0]


@cache
def all_variants() -> tuple[Variant, ...]:
    """Every variant of the example and of the cases that are shipped."""
    cases = (small_river(), *load_cases(PROJECT).cases)
    return tuple(variant for case in cases for variant in case.variants)


def name(variant: Variant) -> str:
    """Name a variant in the list of tests."""
    return f"{variant.title.text}/{variant.id}"


def walk(variant: Variant, picks: list[int]) -> list[Step]:
    """Play to the end, taking of the choices on offer the one that the next pick points at; picks begin again."""
    state, steps = begin(variant), list[Step]()
    longest = sum(scene.max_visits for scene in variant.scenes)
    for pick in cycle(picks):
        choices = offered(variant, state)
        if not choices:
            return steps
        assert len(steps) < longest, "a play must end"
        steps.append(decide(variant, state, state.scene, choices[pick % len(choices)].id))
        state = steps[-1].state
    raise AssertionError("there must be a pick")


def decisions(steps: list[Step]) -> list[Decision]:
    """Return the events of a play."""
    return [Decision(step.scene, step.choice) for step in steps]
