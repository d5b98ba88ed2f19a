"""Quizzes: answers that are handed in, what they were worth, and how many attempts there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.core.errors import ConflictError, NotFoundError
from elearning.core.repeats import keys_of
from elearning.core.scope import Scope
from elearning.learning.models import Enrolment, QuizAttempt
from elearning.learning.services.enrolment import (
    CourseOutline,
    complete,
    move_place,
    own_enrolment,
    units_done,
)

# After the last allowed attempt at a quiz people read again and return: a pause, never a closed door.
ATTEMPTS_WINDOW = timedelta(hours=24)


@dataclass(frozen=True)
class HandedIn:
    """Answers to a quiz with their grade, as they are handed in."""

    unit: str
    key: str
    answers: dict[str, Any]
    percent: int
    passed: bool
    is_final: bool
    attempts_limit: int  # 0 is without limit


class NoAttemptLeftError(ConflictError):
    """All attempts at a quiz are used for now."""


def hand_in(
    session: Session, outline: CourseOutline, handed: HandedIn, *, by: int, language: str, now: datetime
) -> QuizAttempt:
    """Record answers and their grade, and move progress with them. The same key and answers twice are one attempt.

    Raises NotFoundError `not-enrolled`, NoAttemptLeftError.
    """
    enrolment = own_enrolment(session, by, outline.course)
    attempt, is_new = _record(session, enrolment, outline.version, handed, language, now)
    if not is_new:
        return attempt
    if handed.is_final:
        enrolment.final_percent = max(handed.percent, enrolment.final_percent or 0)
    if handed.passed:
        complete(session, enrolment, handed.unit, language, now)
        move_place(enrolment, outline, handed.unit, language, now)
    else:
        enrolment.place, enrolment.language, enrolment.active_at = handed.unit, language, now
    session.flush()
    return attempt


def hand_in_placement(
    session: Session,
    outline: CourseOutline,
    handed: HandedIn,
    known: frozenset[str],
    *,
    by: int,
    language: str,
    now: datetime,
) -> QuizAttempt:
    """Record answers to a placement quiz; the units that it shows to be known are done, and nothing is undone.

    Raises NotFoundError `not-enrolled`, NoAttemptLeftError.
    """
    enrolment = own_enrolment(session, by, outline.course)
    attempt, is_new = _record(session, enrolment, outline.version, handed, language, now)
    if is_new:
        for unit in (unit for unit in outline.units if unit in known):
            complete(session, enrolment, unit, language, now, by_placement=True)
        session.flush()
        done = units_done(session, enrolment.id)
        enrolment.place = next((unit for unit in outline.units if unit not in done), outline.units[-1])
        enrolment.language, enrolment.active_at = language, now
    return attempt


def _record(
    session: Session, enrolment: Enrolment, version: str, handed: HandedIn, language: str, now: datetime
) -> tuple[QuizAttempt, bool]:
    """Return the attempt that answers are, and whether it is new. The enrolment is locked: nothing comes in between."""
    key, known = _find_handed_in(session, enrolment.id, handed)
    if known is not None:
        return known, False
    if next_attempt_at(session, enrolment.id, handed.unit, handed.attempts_limit, now=now) is not None:
        raise NoAttemptLeftError("no-attempt-left", unit=handed.unit)
    attempt = QuizAttempt(
        enrolment_id=enrolment.id,
        unit=handed.unit,
        key=key,
        version=version,
        language=language,
        answers=handed.answers,
        percent=handed.percent,
        passed=handed.passed,
        handed_in_at=now,
    )
    session.add(attempt)
    session.flush()
    return attempt, True


def _find_handed_in(session: Session, enrolment_id: int, handed: HandedIn) -> tuple[str, QuizAttempt | None]:
    """Return the attempt that these answers are already, or None and the key that they are to be kept under.

    Nothing comes in between: the enrolment is locked.
    """
    for key in keys_of(handed.key, [handed.unit, handed.answers]):
        known = session.scalar(
            select(QuizAttempt).where(QuizAttempt.enrolment_id == enrolment_id, QuizAttempt.key == key)
        )
        if known is None or (known.unit, known.answers) == (handed.unit, handed.answers):
            return key, known
    raise ConflictError("key-taken")


def next_attempt_at(
    session: Session, enrolment_id: int, unit: str, attempts_limit: int, *, now: datetime
) -> datetime | None:
    """Return when a quiz opens again, or None when it is open: no more attempts than its limit in 24 hours."""
    if attempts_limit == 0:
        return None
    statement = (
        select(QuizAttempt.handed_in_at)
        .where(
            QuizAttempt.enrolment_id == enrolment_id,
            QuizAttempt.unit == unit,
            QuizAttempt.handed_in_at > now - ATTEMPTS_WINDOW,
        )
        .order_by(QuizAttempt.handed_in_at.desc())
        .limit(attempts_limit)
    )
    recent = session.scalars(statement).all()
    return recent[-1] + ATTEMPTS_WINDOW if len(recent) == attempts_limit else None


def attempts(session: Session, scope: Scope, course: str, unit: str) -> Sequence[QuizAttempt]:
    """Return the attempts at a quiz within a scope, oldest first."""
    statement = (
        select(QuizAttempt)
        .join(Enrolment, Enrolment.id == QuizAttempt.enrolment_id)
        .where(Enrolment.course == course, QuizAttempt.unit == unit, scope.admits(Enrolment.person_id))
        .order_by(QuizAttempt.id)
    )
    return session.scalars(statement).all()


def find_attempt(session: Session, scope: Scope, attempt_id: int, course: str, unit: str) -> QuizAttempt:
    """Return an attempt at a quiz of a course within a scope; raise NotFoundError `attempt-unknown`."""
    statement = (
        select(QuizAttempt)
        .join(Enrolment, Enrolment.id == QuizAttempt.enrolment_id)
        .where(
            QuizAttempt.id == attempt_id,
            QuizAttempt.unit == unit,
            Enrolment.course == course,
            scope.admits(Enrolment.person_id),
        )
    )
    found = session.scalar(statement)
    if found is None:
        raise NotFoundError("attempt-unknown")
    return found
