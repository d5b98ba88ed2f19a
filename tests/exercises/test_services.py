"""Decisions on both databases: counted once, in order, and folded to the same state again."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.core.errors import ConflictError, NotFoundError
from elearning.core.scope import Scope
from elearning.exercises import services
from elearning.exercises.models import Attempt, AttemptEvent
from elearning.exercises.services import Beginning, SentDecision
from elearning.simulation.events import Decision
from elearning.simulation.load import load_cases
from elearning.simulation.models import Variant
from elearning.simulation.play import Play, begin, fold, offered
from elearning.simulation.state import State
from tests.people_factory import make_person

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def variant() -> Variant:
    """The case as it stands."""
    return load_cases(PROJECT).cases[0].base


@pytest.fixture
def attempt(any_database: str, session: Session, now: datetime) -> Attempt:
    """Somebody's play."""
    assert any_database
    person = make_person(session)
    return services.begin_attempt(
        session, Beginning("rising-water", "base", "v1", "a" * 16), by=person.id, language="en", now=now
    )


def folded(session: Session, variant: Variant, attempt: Attempt) -> Play:
    return fold(variant, services.events(session, Scope.of_person(attempt.person_id), attempt.id))


def decide(session: Session, variant: Variant, attempt: Attempt, decision: Decision, key: str, now: datetime) -> Play:
    sent = SentDecision(attempt.id, decision, key)
    return services.decide(session, variant, sent, by=attempt.person_id, language="en", now=now)


def play_to_the_end(session: Session, variant: Variant, attempt: Attempt, now: datetime) -> int:
    """Take the first choice each time; return how many decisions it took."""
    number = 0
    while attempt.ended_at is None:
        number += 1
        state = folded(session, variant, attempt).state
        decide(session, variant, attempt, first_choice(variant, state), f"key-{number:013}", now)
    return number


def first_choice(variant: Variant, state: State) -> Decision:
    return Decision(state.scene, offered(variant, state)[0].id)


def test_events_are_numbered_and_fold_to_what_the_row_says(
    session: Session, variant: Variant, attempt: Attempt, now: datetime
) -> None:
    number = play_to_the_end(session, variant, attempt, now)
    numbers = session.scalars(select(AttemptEvent.number).order_by(AttemptEvent.number)).all()
    assert list(numbers) == list(range(1, number + 1))
    play = folded(session, variant, attempt)
    assert (play.state.ended, len(play.steps)) == (attempt.ending, attempt.decisions)


def test_nothing_follows_the_end(session: Session, variant: Variant, attempt: Attempt, now: datetime) -> None:
    play_to_the_end(session, variant, attempt, now)
    with pytest.raises(ConflictError) as refused:
        decide(session, variant, attempt, Decision("the-lesson", "drill"), "b" * 16, now)
    assert refused.value.values == {"reason": "already-ended"}


def test_the_same_key_is_one_decision(session: Session, variant: Variant, attempt: Attempt, now: datetime) -> None:
    decision = first_choice(variant, begin(variant))
    for _ in range(2):
        assert len(decide(session, variant, attempt, decision, "c" * 16, now).steps) == 1
    assert attempt.decisions == 1


def test_the_same_key_with_another_choice_is_late(
    session: Session, variant: Variant, attempt: Attempt, now: datetime
) -> None:
    state = begin(variant)
    first, second = (Decision(state.scene, choice.id) for choice in offered(variant, state)[:2])
    decide(session, variant, attempt, first, "d" * 16, now)
    with pytest.raises(ConflictError) as refused:
        decide(session, variant, attempt, second, "d" * 16, now)
    assert (refused.value.code, refused.value.values) == ("decision-late", {"reason": "decided-otherwise"})
    assert [step.choice for step in folded(session, variant, attempt).steps] == [first.choice]


def test_nobody_decides_in_the_plays_of_others(
    session: Session, variant: Variant, attempt: Attempt, now: datetime
) -> None:
    sent = SentDecision(attempt.id, first_choice(variant, begin(variant)), "e" * 16)
    with pytest.raises(NotFoundError):
        services.decide(session, variant, sent, by=make_person(session).id, language="en", now=now)
    assert folded(session, variant, attempt).steps == ()


def test_the_plays_of_others_are_out_of_reach(session: Session, attempt: Attempt) -> None:
    stranger = make_person(session)
    with pytest.raises(NotFoundError):
        services.find_attempt(session, Scope.of_person(stranger.id), attempt.id, "rising-water")
    assert services.attempts(session, Scope.of_person(stranger.id)) == []
    assert services.events(session, Scope.of_person(stranger.id), attempt.id) == []
    assert services.find_attempt(session, Scope.of_person(attempt.person_id), attempt.id, "rising-water") is attempt
