"""Learners rely on: what they know already is spared once they have shown it, and counted once."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.core.scope import Scope
from elearning.learning import services
from elearning.learning.models import Enrolment, QuizAttempt, UnitCompletion
from tests.browser_without_scripts import send, sign_in

pytestmark = pytest.mark.usefixtures("demo_people", "small_course")
COURSE, PLACEMENT = "/en/courses/short/", "/en/courses/short/placement"
KNOWN = {"q-known": "b", "q-case": "c"}


@pytest.fixture
def learner(client: FlaskClient) -> FlaskClient:
    sign_in(client, "learner@example.org")
    return client


@pytest.fixture
def enrolled(learner: FlaskClient) -> FlaskClient:
    send(learner, COURSE, "/en/courses/short/enrol")
    return learner


def test_the_course_leads_to_the_quiz_and_enrolling_from_there_comes_back(learner: FlaskClient) -> None:
    assert f'href="{PLACEMENT}"' in learner.get(COURSE).text
    page = send(learner, PLACEMENT, "/en/courses/short/enrol")
    assert page.request.path == PLACEMENT
    assert "Hand in the answers" in page.text


def test_what_is_known_counts_as_done_with_its_check(enrolled: FlaskClient, session: Session) -> None:
    page = send(enrolled, PLACEMENT, **KNOWN)
    assert "These 2 parts count as done, as you know them already:" in page.text
    assert "The first lesson" in page.text
    enrolment = session.scalars(select(Enrolment)).one()
    assert (enrolment.units_done, enrolment.units_total, enrolment.place) == (2, 2, "check")
    assert enrolment.completed_at is not None
    assert session.scalars(select(UnitCompletion.by_placement)).all() == [True, True]
    assert "Known already" in enrolled.get(COURSE).text
    assert list(services.verify_progress(session, Scope.of_system(), lambda _course, _version: frozenset())) == []


def test_who_knows_half_of_it_reads_it(enrolled: FlaskClient, session: Session) -> None:
    page = send(enrolled, PLACEMENT, **(KNOWN | {"q-case": "b"}))
    assert "No lesson was answered all right" in page.text
    assert "Partly right" in page.text
    assert session.scalars(select(UnitCompletion)).all() == []


def test_the_quiz_can_be_taken_once_a_day(enrolled: FlaskClient, session: Session) -> None:
    send(enrolled, PLACEMENT, **(KNOWN | {"q-known": "a"}))
    page = enrolled.get(PLACEMENT)
    assert "You have used all attempts for now." in page.text
    assert "Hand in the answers" not in page.text
    assert len(session.scalars(select(QuizAttempt)).all()) == 1


def test_what_was_done_before_stays_done(enrolled: FlaskClient, session: Session) -> None:
    send(enrolled, "/en/courses/short/first", "/en/courses/short/first/done")
    send(enrolled, PLACEMENT, **(KNOWN | {"q-known": "a"}))
    assert session.scalars(select(UnitCompletion.by_placement)).all() == [False]
    assert session.scalars(select(Enrolment.units_done)).one() == 1


def test_who_had_done_all_of_it_is_told_what_they_know(enrolled: FlaskClient, session: Session) -> None:
    send(enrolled, "/en/courses/short/first", "/en/courses/short/first/done")
    enrolment = session.scalars(select(Enrolment)).one()
    outline = services.CourseOutline("short", enrolment.version, ("first", "check"))
    services.mark_done(session, outline, by=enrolment.person_id, unit="check", language="en", now=enrolment.active_at)
    session.commit()
    page = send(enrolled, PLACEMENT, **KNOWN)
    assert "These 2 parts count as done, as you know them already:" in page.text
    assert "No lesson was answered all right" not in page.text
    assert session.scalars(select(UnitCompletion.by_placement)).all() == [False, False]


def test_looking_at_the_quiz_moves_no_place(enrolled: FlaskClient, session: Session) -> None:
    enrolled.get("/en/courses/short/first")
    enrolled.get(PLACEMENT)
    assert session.scalars(select(Enrolment.place)).one() == "first"


def test_a_course_that_is_not_there_has_no_placement(enrolled: FlaskClient) -> None:
    assert enrolled.get("/en/courses/none/placement").status_code == 404
