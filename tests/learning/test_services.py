"""Progress: moved once by each event, in one row, whatever the language and however often a form is sent."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from elearning.core.errors import ConflictError, NotFoundError
from elearning.core.scope import Scope
from elearning.learning import services
from elearning.learning.services import CourseOutline, HandedIn
from tests.people_factory import make_person

pytestmark = pytest.mark.usefixtures("any_database")

OUTLINE = CourseOutline("short-course", "v1", ("why", "why-quiz", "final"))
ANSWERS = HandedIn("why-quiz", "k" * 20, {"q1": "a"}, percent=80, passed=True, is_final=False, attempts_limit=0)


@pytest.fixture
def person_id(session: Session, now: datetime) -> int:
    person = make_person(session)
    services.enrol(session, OUTLINE, by=person.id, language="en", now=now)
    return person.id


def progress(session: Session, person_id: int) -> tuple[int, str | None, bool]:
    enrolment = services.find_enrolment(session, Scope.of_person(person_id), OUTLINE.course)
    assert enrolment is not None
    return enrolment.units_done, enrolment.place, enrolment.completed_at is not None


def test_enrolling_twice_in_two_languages_is_one_enrolment(session: Session, person_id: int, now: datetime) -> None:
    newer = replace(OUTLINE, version="v2")
    services.enrol(session, newer, by=person_id, language="ar", now=now)

    found = services.enrolments(session, Scope.of_person(person_id))
    assert [(row.course, row.version) for row in found] == [("short-course", "v1")]


def test_marking_done_twice_counts_once_and_keeps_the_place(session: Session, person_id: int, now: datetime) -> None:
    for language in ("en", "ar"):
        services.mark_done(session, OUTLINE, by=person_id, unit="why", language=language, now=now)

    assert progress(session, person_id) == (1, "why-quiz", False)


def test_same_key_is_one_attempt(session: Session, person_id: int, now: datetime) -> None:
    first = services.hand_in(session, OUTLINE, ANSWERS, by=person_id, language="en", now=now)
    second = services.hand_in(session, OUTLINE, replace(ANSWERS, percent=0), by=person_id, language="ar", now=now)

    assert first.id == second.id
    assert second.percent == 80
    assert len(services.attempts(session, Scope.of_person(person_id), "short-course", "why-quiz")) == 1


def test_same_key_with_other_answers_is_another_attempt_and_each_is_counted_once(
    session: Session, person_id: int, now: datetime
) -> None:
    wrong = replace(ANSWERS, answers={"q1": "b"}, percent=0, passed=False)
    sent = (wrong, ANSWERS, wrong, ANSWERS)
    found = [services.hand_in(session, OUTLINE, one, by=person_id, language="en", now=now) for one in sent]

    assert [attempt.percent for attempt in found] == [0, 80, 0, 80]
    kept = services.attempts(session, Scope.of_person(person_id), "short-course", "why-quiz")
    assert [(attempt.answers, attempt.percent) for attempt in kept] == [({"q1": "b"}, 0), ({"q1": "a"}, 80)]
    assert progress(session, person_id) == (1, "final", False)


def test_changed_answers_need_an_attempt_that_is_left(session: Session, person_id: int, now: datetime) -> None:
    failed = HandedIn("final", "z" * 20, {"q1": "a"}, percent=10, passed=False, is_final=True, attempts_limit=1)
    first = services.hand_in(session, OUTLINE, failed, by=person_id, language="en", now=now)

    changed = replace(failed, answers={"q1": "b"})
    with pytest.raises(ConflictError) as refused:
        services.hand_in(session, OUTLINE, changed, by=person_id, language="en", now=now)
    assert refused.value.code == "no-attempt-left"
    assert services.hand_in(session, OUTLINE, failed, by=person_id, language="en", now=now) is first


def test_course_is_completed_by_its_last_unit(session: Session, person_id: int, now: datetime) -> None:
    services.mark_done(session, OUTLINE, by=person_id, unit="why", language="en", now=now)
    services.hand_in(session, OUTLINE, ANSWERS, by=person_id, language="en", now=now)
    final = HandedIn("final", "f" * 20, {}, percent=70, passed=True, is_final=True, attempts_limit=3)
    services.hand_in(session, OUTLINE, final, by=person_id, language="en", now=now)

    assert progress(session, person_id) == (3, "final", True)
    assert services.verify_progress(session) == []


def test_attempts_pause_for_a_day_after_the_limit(session: Session, person_id: int, now: datetime) -> None:
    failed = HandedIn("final", "", {}, percent=10, passed=False, is_final=True, attempts_limit=2)
    for number in range(2):
        services.hand_in(session, OUTLINE, replace(failed, key=f"{number}" * 20), by=person_id, language="en", now=now)

    with pytest.raises(ConflictError) as refused:
        services.hand_in(session, OUTLINE, replace(failed, key="x" * 20), by=person_id, language="en", now=now)
    assert refused.value.code == "no-attempt-left"

    later = now + timedelta(hours=24)
    services.hand_in(session, OUTLINE, replace(failed, key="x" * 20), by=person_id, language="en", now=later)


def test_progress_of_others_is_out_of_reach(session: Session, person_id: int, now: datetime) -> None:
    attempt = services.hand_in(session, OUTLINE, ANSWERS, by=person_id, language="en", now=now)
    other = Scope.of_person(make_person(session).id)

    with pytest.raises(NotFoundError):
        services.find_attempt(session, other, attempt.id, "short-course", "why-quiz")
    own = Scope.of_person(person_id)
    assert services.find_attempt(session, own, attempt.id, "short-course", "why-quiz") is attempt
    assert services.enrolments(session, other) == []
    assert services.enrolments(session, Scope()) == []


def test_who_is_not_enrolled_leaves_no_trace(session: Session, now: datetime) -> None:
    person = make_person(session)

    with pytest.raises(NotFoundError) as refused:
        services.mark_done(session, OUTLINE, by=person.id, unit="why", language="en", now=now)
    assert refused.value.code == "not-enrolled"
