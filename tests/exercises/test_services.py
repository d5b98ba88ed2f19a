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
from elearning.exercises.services import Beginning
from elearning.simulation.events import Decision
from elearning.simulation.load import load_cases
from elearning.simulation.models import Variant
from elearning.simulation.play import begin, fold, offered
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


def decide(session: Session, variant: Variant, attempt: Attempt, number: int, now: datetime, which: int = 0) -> None:
    state = fold(variant, services.events(session, attempt)).state
    choice = offered(variant, state)[which]
    decision = Decision(state.scene, choice.id)
    services.decide(session, variant, attempt, decision, key=f"key-{number:013}", language="en", now=now)


def test_events_are_numbered_and_fold_to_what_the_row_says(
    session: Session, variant: Variant, attempt: Attempt, now: datetime
) -> None:
    number = 0
    while attempt.ended_at is None:
        number += 1
        decide(session, variant, attempt, number, now)
    numbers = session.scalars(select(AttemptEvent.number).order_by(AttemptEvent.number)).all()
    assert list(numbers) == list(range(1, number + 1))
    play = fold(variant, services.events(session, attempt))
    assert (play.state.ended, len(play.steps)) == (attempt.ending, attempt.decisions)


def test_nothing_follows_the_end(session: Session, variant: Variant, attempt: Attempt, now: datetime) -> None:
    number = 0
    while attempt.ended_at is None:
        number += 1
        decide(session, variant, attempt, number, now)
    with pytest.raises(ConflictError):
        services.decide(
            session, variant, attempt, Decision("the-lesson", "drill"), key="b" * 16, language="en", now=now
        )


def test_the_same_key_is_one_decision(session: Session, variant: Variant, attempt: Attempt, now: datetime) -> None:
    first = begin(variant)
    decision = Decision(first.scene, offered(variant, first)[0].id)
    for _ in range(2):
        play = services.decide(session, variant, attempt, decision, key="c" * 16, language="en", now=now)
        assert len(play.steps) == 1
    assert attempt.decisions == 1


def test_the_plays_of_others_are_out_of_reach(session: Session, attempt: Attempt) -> None:
    stranger = make_person(session)
    with pytest.raises(NotFoundError):
        services.find_attempt(session, Scope.of_person(stranger.id), attempt.id, "rising-water")
    assert services.attempts(session, Scope.of_person(stranger.id)) == []
    assert services.find_attempt(session, Scope.of_person(attempt.person_id), attempt.id, "rising-water") is attempt
