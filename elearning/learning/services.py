"""Enrolment, progress and quizzes: the rules, with who and when as arguments."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Engine, Row, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from elearning.content.published import PublishedCourse
from elearning.core.errors import ConflictError, NotFoundError
from elearning.core.prepared import PreparedStatement
from elearning.core.repeats import added, keys_of
from elearning.core.scope import Scope
from elearning.learning.models import Enrolment, QuizAttempt, UnitCompletion
from elearning.people.services import holder, signed_in_statement

# After the last allowed attempt at a quiz people read again and return: a pause, never a closed door.
ATTEMPTS_WINDOW = timedelta(hours=24)


@dataclass(frozen=True)
class CourseOutline:
    """What progress needs to know of a course: its version and the ids of its units, in order."""

    course: str
    version: str
    units: tuple[str, ...]

    @classmethod
    def of(cls, course: PublishedCourse) -> "CourseOutline":
        """Return the outline of a published course."""
        return cls(course.id, course.version, tuple(unit.id for unit in course.units))


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


def enrol(session: Session, outline: CourseOutline, *, by: int, language: str, now: datetime) -> Enrolment:
    """Enrol a person in a course, on its present version; somebody who is enrolled stays as they are."""
    found = find_enrolment(session, Scope.of_person(by), outline.course)
    if found is not None:
        return found
    made = Enrolment(
        person_id=by,
        course=outline.course,
        version=outline.version,
        enrolled_at=now,
        language=language,
        active_at=now,
        units_total=len(outline.units),
        units_done=0,
    )
    return made if added(session, made) else _own_enrolment(session, by, outline.course)


def find_enrolment(session: Session, scope: Scope, course: str) -> Enrolment | None:
    """Return the enrolment in a course within a scope of one person, or None."""
    return session.scalar(select(Enrolment).where(Enrolment.course == course, scope.admits(Enrolment.person_id)))


def enrolments(session: Session, scope: Scope) -> Sequence[Enrolment]:
    """Return enrolments within a scope, the most recently active first."""
    statement = select(Enrolment).where(scope.admits(Enrolment.person_id)).order_by(Enrolment.active_at.desc())
    return session.scalars(statement).all()


def units_done(session: Session, enrolment_id: int) -> frozenset[str]:
    """Return the ids of the units that are done."""
    return frozenset(session.scalars(select(UnitCompletion.unit).where(UnitCompletion.enrolment_id == enrolment_id)))


def units_spared(session: Session, enrolment_id: int) -> frozenset[str]:
    """Return the ids of the units that a placement quiz has spared."""
    statement = select(UnitCompletion.unit).where(
        UnitCompletion.enrolment_id == enrolment_id, UnitCompletion.by_placement.is_(True)
    )
    return frozenset(session.scalars(statement))


def visit(session: Session, *, by: int, course: str, unit: str, language: str, now: datetime) -> None:
    """Keep the place: the unit and the language in which somebody last read."""
    enrolment = _own_enrolment(session, by, course)
    enrolment.place, enrolment.language, enrolment.active_at = unit, language, now


def mark_done(
    session: Session, outline: CourseOutline, *, by: int, unit: str, language: str, now: datetime
) -> Enrolment:
    """Record that a lesson was worked through, and move progress with it. Twice counts once.

    Raises NotFoundError `not-enrolled`, `unit-unknown`.
    """
    if unit not in outline.units:
        raise NotFoundError("unit-unknown", unit=unit)
    enrolment = _own_enrolment(session, by, outline.course)
    _complete(session, enrolment, unit, language, now)
    _move_place(enrolment, outline, unit, language, now)
    return enrolment


def hand_in(
    session: Session, outline: CourseOutline, handed: HandedIn, *, by: int, language: str, now: datetime
) -> QuizAttempt:
    """Record answers and their grade, and move progress with them. The same key and answers twice are one attempt.

    Raises NotFoundError `not-enrolled`, NoAttemptLeftError.
    """
    enrolment = _own_enrolment(session, by, outline.course)
    attempt, is_new = _record(session, enrolment, outline.version, handed, language, now)
    if not is_new:
        return attempt
    if handed.is_final:
        enrolment.final_percent = max(handed.percent, enrolment.final_percent or 0)
    if handed.passed:
        _complete(session, enrolment, handed.unit, language, now)
        _move_place(enrolment, outline, handed.unit, language, now)
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
    enrolment = _own_enrolment(session, by, outline.course)
    attempt, is_new = _record(session, enrolment, outline.version, handed, language, now)
    if is_new:
        for unit in (unit for unit in outline.units if unit in known):
            _complete(session, enrolment, unit, language, now, by_placement=True)
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


@cache
def _reading(*, demo: bool) -> PreparedStatement:
    """Return the one statement of a unit's page: who holds a token, and their progress in a course."""
    holders = signed_in_statement(demo=demo)
    own = and_(Enrolment.person_id == holders.selected_columns.id, Enrolment.course == bindparam("course"))
    return PreparedStatement(
        holders.outerjoin(Enrolment, own)
        .outerjoin(
            UnitCompletion,
            and_(UnitCompletion.enrolment_id == Enrolment.id, UnitCompletion.unit == bindparam("unit")),
        )
        .add_columns(
            Enrolment.id.label("enrolment_id"),
            Enrolment.version.label("version"),
            Enrolment.units_done.label("units_done"),
            Enrolment.units_total.label("units_total"),
            Enrolment.place.label("place"),
            Enrolment.language.label("read_in"),
            UnitCompletion.id.is_not(None).label("done"),
        )
    )


@dataclass(frozen=True)
class Reading:
    """Who holds a token, and how far they are in a course; who is not enrolled has no `enrolment_id`."""

    id: int
    name: str
    email: str
    language: str
    sign_in_id: int
    enrolment_id: int | None
    version: str | None
    units_done: int | None
    units_total: int | None
    place: str | None
    read_in: str | None
    done: bool


def find_reading(engine: Engine, token: str, course: str, unit: str, *, demo: bool, now: datetime) -> Reading | None:
    """Return who holds a token and how far they are with a unit of a course; None where nobody holds it.

    It takes the engine and no session: to make one costs half as much again as this, the page's only statement.
    """
    parameters = holder(token, now=now) | {"course": course, "unit": unit}
    row = _reading(demo=demo).one_or_none(engine, parameters)
    return None if row is None else Reading(**(row | {"done": bool(row["done"])}))


def _own_enrolment(session: Session, person_id: int, course: str) -> Enrolment:
    """Return the enrolment, locked until the transaction ends, so that two tabs count one after the other."""
    statement = select(Enrolment).where(Enrolment.person_id == person_id, Enrolment.course == course).with_for_update()
    found = session.scalar(statement)
    if found is None:
        raise NotFoundError("not-enrolled", course=course)
    return found


def _complete(
    session: Session, enrolment: Enrolment, unit: str, language: str, now: datetime, *, by_placement: bool = False
) -> None:
    done = units_done(session, enrolment.id)
    if unit in done:
        return
    completion = UnitCompletion(enrolment_id=enrolment.id, unit=unit, language=language, done_at=now)
    completion.by_placement = by_placement
    session.add(completion)
    enrolment.units_done = len(done) + 1
    if enrolment.units_done >= enrolment.units_total and enrolment.completed_at is None:
        enrolment.completed_at = now


def _move_place(enrolment: Enrolment, outline: CourseOutline, unit: str, language: str, now: datetime) -> None:
    following = outline.units.index(unit) + 1
    enrolment.place = outline.units[min(following, len(outline.units) - 1)]
    enrolment.language, enrolment.active_at = language, now


@dataclass(frozen=True)
class Difference:
    """A field of an enrolment's progress that does not say what the events say."""

    enrolment_id: int
    field: str
    kept: int | datetime | None
    counted: int | datetime | None


FindFinals = Callable[[str, str], frozenset[str] | None]


def verify_progress(session: Session, scope: Scope, find_finals: FindFinals) -> Iterator[Difference]:
    """Count progress within a scope again from the events and yield where rows differ: nothing, unless it is broken.

    `find_finals` returns the final assessments of a course in a version, or None where it is no longer known: results
    against that version cannot be judged, and are taken as they are kept.
    """
    rows = session.execute(_counted(scope), execution_options={"yield_per": 1000})
    for enrolment_id, group in groupby(rows, lambda row: row.id):
        found = list(group)
        first = found[0]
        yield from (
            Difference(enrolment_id, name, kept, counted)
            for name, kept, counted in (
                ("units_done", first.units_done, first.counted),
                ("completed_at", first.completed_at, first.completed),
                ("final_percent", first.final_percent, _best_final(found, find_finals)),
            )
            if kept != counted
        )


def _best_final(rows: Sequence[Row[*tuple[Any, ...]]], find_finals: FindFinals) -> int | None:
    """Return the best result in a final assessment among the rows of one enrolment."""
    best: int | None = None
    for row in rows:
        finals = find_finals(row.course, row.version) if row.version else frozenset()
        if finals is None:
            kept: int | None = row.final_percent
            return kept
        if row.unit in finals:
            best = max(row.percent, best or 0)
    return best


def _counted(scope: Scope) -> Select[*tuple[Any, ...]]:
    """Return the one statement of `verify_progress`, so that a site in use is seen at one moment.

    There is a row for each enrolment, quiz and version; `completed` is when as many units were done as the course has.
    """
    done = (
        select(UnitCompletion.enrolment_id, func.count().label("counted"))
        .group_by(UnitCompletion.enrolment_id)
        .subquery()
    )
    order = func.row_number().over(partition_by=UnitCompletion.enrolment_id, order_by=UnitCompletion.id)
    numbered = select(UnitCompletion.enrolment_id, UnitCompletion.done_at, order.label("number")).subquery()
    best = (
        select(
            QuizAttempt.enrolment_id,
            QuizAttempt.unit,
            QuizAttempt.version,
            func.max(QuizAttempt.percent).label("percent"),
        )
        .group_by(QuizAttempt.enrolment_id, QuizAttempt.unit, QuizAttempt.version)
        .subquery()
    )
    return (
        select(
            Enrolment.id,
            Enrolment.course,
            Enrolment.units_done,
            Enrolment.completed_at,
            Enrolment.final_percent,
            func.coalesce(done.c.counted, 0).label("counted"),
            numbered.c.done_at.label("completed"),
            best.c.unit,
            best.c.version,
            best.c.percent,
        )
        .outerjoin(done, done.c.enrolment_id == Enrolment.id)
        .outerjoin(numbered, and_(numbered.c.enrolment_id == Enrolment.id, numbered.c.number == Enrolment.units_total))
        .outerjoin(best, best.c.enrolment_id == Enrolment.id)
        .where(scope.admits(Enrolment.person_id))
        .order_by(Enrolment.id)
    )
