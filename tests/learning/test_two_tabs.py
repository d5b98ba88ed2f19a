"""Learners rely on: what two tabs do at once is counted once, on both databases."""

from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from elearning.core.database import db
from elearning.core.scope import Scope
from elearning.learning import services
from elearning.learning.services import CourseOutline, HandedIn
from tests.two_tabs import in_two_tabs

pytestmark = pytest.mark.usefixtures("any_database")
OUTLINE = CourseOutline("short-course", "v1", ("why", "why-quiz", "final"))
ANSWERS = HandedIn("why-quiz", "k" * 20, {"q1": "a"}, percent=80, passed=True, is_final=False, attempts_limit=0)


@pytest.fixture
def enrolled(app: Flask, committed_person: int, now: datetime) -> int:
    with app.app_context():
        services.enrol(db.session(), OUTLINE, by=committed_person, language="en", now=now)
        db.session.commit()
    return committed_person


def test_enrolling_in_two_tabs_is_one_enrolment(app: Flask, committed_person: int, now: datetime) -> None:
    def enrol(session: Session) -> int:
        return services.enrol(session, OUTLINE, by=committed_person, language="en", now=now).id

    one, other = in_two_tabs(app, enrol, enrol)
    assert one == other
    with app.app_context():
        assert [found.id for found in services.enrolments(db.session(), Scope.of_person(committed_person))] == [one]


def test_marking_a_lesson_in_two_tabs_counts_once(app: Flask, enrolled: int, now: datetime) -> None:
    def mark(session: Session) -> int:
        return services.mark_done(session, OUTLINE, by=enrolled, unit="why", language="en", now=now).units_done

    assert in_two_tabs(app, mark, mark, second_waits=True) == (1, 1)


@pytest.mark.parametrize(("answer", "attempts"), [("a", 1), ("b", 2)])
def test_handing_in_in_two_tabs_is_one_attempt_for_the_same_answers(
    app: Flask, enrolled: int, now: datetime, answer: str, attempts: int
) -> None:
    def hand_in(session: Session, given: str = "a") -> int:
        handed = replace(ANSWERS, answers={"q1": given})
        return services.hand_in(session, OUTLINE, handed, by=enrolled, language="en", now=now).id

    found = in_two_tabs(app, hand_in, lambda session: hand_in(session, answer), second_waits=True)
    assert len(set(found)) == attempts
    with app.app_context():
        kept = services.attempts(db.session(), Scope.of_person(enrolled), OUTLINE.course, "why-quiz")
        assert {attempt.id for attempt in kept} == set(found)
        enrolment = services.find_enrolment(db.session(), Scope.of_person(enrolled), OUTLINE.course)
        assert enrolment is not None
        assert enrolment.units_done == 1
