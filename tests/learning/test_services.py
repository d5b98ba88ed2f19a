"""Progress: moved once by each event, in one row, whatever the language and however often a form is sent."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from elearning.core.errors import ConflictError, NotFoundError
from elearning.core.scope import Scope
from elearning.learning import services
from elearning.learning.models import Enrolment, QuizAttempt, UnitCompletion
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


def differences(session: Session) -> list[tuple[str, object, object]]:
    found = services.verify_progress(
        session, Scope.of_system(), lambda _course, version: frozenset({"final"}) if version == "v1" else None
    )
    return [(one.field, one.kept, one.counted) for one in found]


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
    assert differences(session) == []


def complete(session: Session, person_id: int, now: datetime) -> Enrolment:
    """Complete the course in three days, with a final assessment that was passed at the second attempt."""
    day = timedelta(days=1)
    services.mark_done(session, OUTLINE, by=person_id, unit="why", language="en", now=now)
    services.hand_in(session, OUTLINE, ANSWERS, by=person_id, language="en", now=now + day)
    failed = HandedIn("final", "e" * 20, {}, percent=10, passed=False, is_final=True, attempts_limit=3)
    services.hand_in(session, OUTLINE, failed, by=person_id, language="en", now=now + day)
    passed = replace(failed, key="f" * 20, percent=70, passed=True)
    services.hand_in(session, OUTLINE, passed, by=person_id, language="en", now=now + 2 * day)
    enrolment = services.find_enrolment(session, Scope.of_person(person_id), OUTLINE.course)
    assert enrolment is not None
    return enrolment


def test_progress_that_was_changed_by_hand_is_found(session: Session, person_id: int, now: datetime) -> None:
    other = make_person(session)
    services.enrol(session, OUTLINE, by=other.id, language="en", now=now)
    enrolment = complete(session, person_id, now)
    assert differences(session) == []

    done_at = now + timedelta(days=2)
    enrolment.units_done, enrolment.completed_at, enrolment.final_percent = 2, None, 100
    session.flush()
    assert differences(session) == [("units_done", 2, 3), ("completed_at", None, done_at), ("final_percent", 100, 70)]


def test_progress_without_its_events_is_found(session: Session, person_id: int, now: datetime) -> None:
    enrolment = complete(session, person_id, now)
    completed_at = enrolment.completed_at
    session.execute(delete(UnitCompletion).where(UnitCompletion.unit == "why"))
    session.execute(delete(QuizAttempt))
    assert differences(session) == [
        ("units_done", 3, 2),
        ("completed_at", completed_at, None),
        ("final_percent", 70, None),
    ]


def test_a_result_against_a_version_that_is_gone_is_taken_as_it_is(
    session: Session, person_id: int, now: datetime
) -> None:
    enrolment = complete(session, person_id, now)
    session.execute(update(QuizAttempt).values(version="v0"))
    enrolment.final_percent = 95
    session.flush()
    assert differences(session) == []


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
