"""Players rely on: what two tabs do at once is counted once, on both databases."""

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from elearning.core.database import db
from elearning.core.errors import ConflictError
from elearning.core.scope import Scope
from elearning.exercises import services
from elearning.exercises.services import Beginning, SentDecision
from elearning.simulation.events import Decision
from elearning.simulation.load import load_cases
from elearning.simulation.play import begin, offered
from tests.two_tabs import in_two_tabs

pytestmark = pytest.mark.usefixtures("any_database")
PROJECT = Path(__file__).resolve().parents[2]
KEY = "k" * 20


@pytest.mark.parametrize(("variant", "attempts"), [("base", 1), ("asia-pacific", 2)])
def test_beginning_in_two_tabs_is_one_play_of_a_variant(
    app: Flask, committed_person: int, now: datetime, variant: str, attempts: int
) -> None:
    def start(session: Session, chosen: str = "base") -> int:
        beginning = Beginning("rising-water", chosen, "v1", KEY)
        return services.begin_attempt(session, beginning, by=committed_person, language="en", now=now).id

    found = in_two_tabs(app, start, lambda session: start(session, variant))
    assert len(set(found)) == attempts
    with app.app_context():
        kept = services.attempts(db.session(), Scope.of_person(committed_person))
        assert {attempt.id: attempt.variant for attempt in kept} == dict(zip(found, ("base", variant), strict=True))


@pytest.mark.parametrize("choice", [0, 1])
def test_deciding_in_two_tabs_is_one_decision(app: Flask, committed_person: int, now: datetime, choice: int) -> None:
    variant = load_cases(PROJECT).cases[0].base
    state = begin(variant)
    choices = [one.id for one in offered(variant, state)]
    with app.app_context():
        beginning = Beginning("rising-water", "base", "v1", KEY)
        attempt_id = services.begin_attempt(db.session(), beginning, by=committed_person, language="en", now=now).id
        db.session.commit()

    def decide(session: Session, chosen: int = 0) -> str:
        sent = SentDecision(attempt_id, Decision(state.scene, choices[chosen]), KEY)
        try:
            play = services.decide(session, variant, sent, by=committed_person, language="en", now=now)
        except ConflictError as error:
            return error.code
        return play.steps[-1].choice

    found = in_two_tabs(app, decide, lambda session: decide(session, choice), second_waits=True)
    assert found == (choices[0], choices[0] if choice == 0 else "decision-late")
    with app.app_context():
        events = services.events(db.session(), Scope.of_person(committed_person), attempt_id)
        assert [event["choice"] for event in events] == [choices[0]]
