"""What holds in every play of every case, whatever is chosen."""

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearning.simulation.debrief import debrief, wheel_cells
from elearning.simulation.events import PlayError, event_to_json
from elearning.simulation.models import Variant
from elearning.simulation.play import begin, fold
from elearning.simulation.score import result_of
from elearning.simulation.state import State
from tests.simulation.plays import all_variants, decisions, name, small_river, walk

PICKS = st.lists(st.integers(0, 11), min_size=1, max_size=30)
every_variant = pytest.mark.parametrize("variant", all_variants(), ids=name)


@every_variant
@settings(max_examples=60)
@given(picks=PICKS)
def test_every_play_ends_with_indicators_in_bounds_and_effects_that_add_up(variant: Variant, picks: list[int]) -> None:
    for step in walk(variant, picks):
        for one in variant.indicators:
            applied = sum(effect.applied for effect in step.effects if effect.indicator == one.id)
            assert one.min <= step.state.indicators[one.id] <= one.max
            assert step.state.indicators[one.id] - step.before.indicators[one.id] == applied
        for scene, visits in step.state.visits.items():
            assert visits <= variant.scene(scene).max_visits
    assert step.state.ended in {ending.id for ending in variant.endings}
    result = result_of(variant, step.state)
    assert result is not None
    assert 0 <= result.score <= 100


@every_variant
@settings(max_examples=40)
@given(picks=PICKS)
def test_an_attempt_is_replayed_from_its_stored_events(variant: Variant, picks: list[int]) -> None:
    steps = walk(variant, picks)
    stored = json.loads(json.dumps([event_to_json(event) for event in decisions(steps)]))
    assert fold(variant, stored).steps == tuple(steps)
    for length in range(len(stored)):
        assert fold(variant, stored[:length]).state == (steps[length - 1].state if length else begin(variant))


@every_variant
@settings(max_examples=30)
@given(picks=PICKS)
def test_a_state_is_the_same_after_it_was_stored(variant: Variant, picks: list[int]) -> None:
    for step in walk(variant, picks):
        again = State.from_json(json.loads(json.dumps(step.state.to_json())))
        assert again.key() == step.state.key()


@every_variant
def test_nothing_can_follow_the_end(variant: Variant) -> None:
    events = decisions(walk(variant, [0]))
    with pytest.raises(PlayError) as refused:
        fold(variant, [*events, events[-1]])
    assert refused.value.code == "already-ended"


@pytest.mark.parametrize("variant", [one for one in all_variants() if one not in small_river().variants], ids=name)
def test_every_ending_is_met_by_some_play(variant: Variant) -> None:
    chance = Random(20121115)  # noqa: S311 - the same plays in every run
    met = set()
    for _ in range(4000):
        met.add(walk(variant, [chance.randrange(12) for _ in range(20)])[-1].state.ended)
    assert met == {ending.id for ending in variant.endings}


@every_variant
def test_the_debrief_tells_every_decision_and_every_sector(variant: Variant) -> None:
    steps = walk(variant, [1, 0, 2])
    told = debrief(variant, decisions(steps), cap=1)
    assert [turn.move for turn in told.turns] == steps
    assert told.ending == steps[-1].state.ended
    played = {(cell.phase, cell.sector) for cell in wheel_cells(variant, steps[-1].state) if cell.mark != "reference"}
    assert played == steps[-1].state.activated
