"""The order of effects and the score, each number counted by hand from the example small-river."""

from fractions import Fraction

import pytest

from elearning.simulation.events import Decision, Override, PlayError
from elearning.simulation.load import read_case
from elearning.simulation.models import Variant
from elearning.simulation.play import Effect, Play, fold, offered
from elearning.simulation.score import result_of, rounded
from tests.simulation.plays import SMALL_RIVER, small_river


def base() -> Variant:
    return small_river().base


def play(*choices: str, variant: Variant | None = None) -> Play:
    """Play scene by scene: each choice is taken where the play then stands."""
    case, events = variant or base(), list[Decision]()
    for choice in choices:
        events.append(Decision(fold(case, events).state.scene, choice))
    return fold(case, events)


def test_effects_of_news_count_before_those_of_the_decision_and_are_told_apart() -> None:
    step = play("convene", "open-camp").steps[-1]
    assert step.effects == (
        Effect("trust", -10, -10, "bridge-out"),
        Effect("lives", +30, +30),
        Effect("trust", +5, +5),
    )
    assert dict(step.state.indicators) == {"lives": 70, "trust": 55, "delay": 15}


def test_what_is_offered_does_not_yet_count_the_news() -> None:
    text = SMALL_RIVER.read_text(encoding="utf-8").replace("trust >= 30", "trust >= 50")
    case = read_case(text, "scenario.yaml").case
    assert case is not None
    state = play("wait", variant=case.base).state
    assert state.indicators["trust"] == 50
    assert "open-camp" in {choice.id for choice in offered(case.base, state)}
    later = play("wait", "ask-again", variant=case.base).state
    assert later.indicators["trust"] == 40
    assert "open-camp" not in {choice.id for choice in offered(case.base, later)}


def test_an_effect_stops_at_the_bound_and_says_what_was_applied() -> None:
    step = play("convene", "ask-again", "ask-again").steps[-1]
    assert [effect for effect in step.effects if effect.indicator == "delay"] == [Effect("delay", 20, 15)]
    assert step.state.indicators["delay"] == 50


def test_a_scene_that_is_used_up_is_not_entered_again() -> None:
    state = play("wait", "ask-again", "ask-again").state
    assert state.visits["first-night"] == 2
    assert state.ended == "setback"


def test_the_first_ending_that_holds_is_met() -> None:
    assert play("convene", "open-camp").state.ended == "recovery"
    assert play("wait", "open-camp").state.ended == "fragile"


def test_flags_and_visits_open_and_close_choices() -> None:
    assert "tell-press" not in play("convene").steps[-1].offered
    assert "tell-press" in {choice.id for choice in offered(base(), play("wait").state)}
    assert "tell-press" not in {choice.id for choice in offered(base(), play("convene").state)}


def test_sectors_are_activated_in_the_phase_of_their_scene() -> None:
    assert play("convene", "open-camp").state.activated == {
        ("before", "communications"),
        ("before", "disaster-risk-reduction"),
        ("during", "camp-management"),
    }


def test_the_score_is_the_weighted_mean_with_lower_is_better_turned_round() -> None:
    result = result_of(base(), play("convene", "open-camp").state)
    assert result is not None
    # lives 70 of 100, weight 3; trust 55 of 100, weight 2; delay 15 of 50 and better low, weight 1
    assert result.score == 100 * (3 * Fraction(70, 100) + 2 * Fraction(55, 100) + Fraction(35, 50)) / 6 == 65
    assert (result.rank, result.points) == (1, 65)


def test_halves_are_shown_rounded_upwards() -> None:
    assert [rounded(Fraction(value)) for value in ("72.5", "72.49", "73.5", "0", "100")] == [73, 72, 74, 0, 100]


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (Decision("first-night", "open-camp"), "not-this-scene"),
        (Decision("early-warning", "open-camp"), "not-offered"),
        (Override({"luck": 5}, None), "unknown-indicator"),
        (Override({}, "nowhere"), "unknown-scene"),
    ],
)
def test_events_that_cannot_follow_are_refused_with_a_code(event: Decision | Override, code: str) -> None:
    with pytest.raises(PlayError) as refused:
        fold(base(), [event])
    assert refused.value.code == code


def test_a_play_that_a_trainer_changed_is_outside_the_proof() -> None:
    changed = fold(base(), [Override({"lives": 90}, "first-night"), Decision("first-night", "open-camp")])
    assert not changed.proved
    assert changed.moves[0].state.indicators["lives"] == 100  # type: ignore[union-attr]
    assert play("convene").proved
