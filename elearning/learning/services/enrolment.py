"""Enrolment and progress: one row for each person and course, moved by the event that it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.content.published import PublishedCourse
from elearning.core.errors import NotFoundError
from elearning.core.repeats import added
from elearning.core.scope import Scope
from elearning.learning.models import Enrolment, UnitCompletion


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
    return made if added(session, made) else own_enrolment(session, by, outline.course)


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


def units_done_by_enrolment(session: Session, scope: Scope) -> dict[int, frozenset[str]]:
    """Return the ids of the units that are done for each enrolment within a scope that has any, by its id."""
    statement = select(UnitCompletion.enrolment_id, UnitCompletion.unit).join(
        Enrolment, Enrolment.id == UnitCompletion.enrolment_id
    )
    found: dict[int, set[str]] = {}
    for enrolment_id, unit in session.execute(statement.where(scope.admits(Enrolment.person_id))):
        found.setdefault(enrolment_id, set()).add(unit)
    return {enrolment_id: frozenset(units) for enrolment_id, units in found.items()}


def units_spared(session: Session, enrolment_id: int) -> frozenset[str]:
    """Return the ids of the units that a placement quiz has spared."""
    statement = select(UnitCompletion.unit).where(
        UnitCompletion.enrolment_id == enrolment_id, UnitCompletion.by_placement.is_(True)
    )
    return frozenset(session.scalars(statement))


def visit(session: Session, *, by: int, course: str, unit: str, language: str, now: datetime) -> None:
    """Keep the place: the unit and the language in which somebody last read."""
    enrolment = own_enrolment(session, by, course)
    enrolment.place, enrolment.language, enrolment.active_at = unit, language, now


def mark_done(
    session: Session, outline: CourseOutline, *, by: int, unit: str, language: str, now: datetime
) -> Enrolment:
    """Record that a lesson was worked through, and move progress with it. Twice counts once.

    Raises NotFoundError `not-enrolled`, `unit-unknown`.
    """
    if unit not in outline.units:
        raise NotFoundError("unit-unknown", unit=unit)
    enrolment = own_enrolment(session, by, outline.course)
    complete(session, enrolment, unit, language, now)
    move_place(enrolment, outline, unit, language, now)
    return enrolment


def own_enrolment(session: Session, person_id: int, course: str) -> Enrolment:
    """Return the enrolment, locked until the transaction ends, so that two tabs count one after the other."""
    statement = select(Enrolment).where(Enrolment.person_id == person_id, Enrolment.course == course).with_for_update()
    found = session.scalar(statement)
    if found is None:
        raise NotFoundError("not-enrolled", course=course)
    return found


def complete(
    session: Session, enrolment: Enrolment, unit: str, language: str, now: datetime, *, by_placement: bool = False
) -> None:
    """Record that a unit is done, once, and count it."""
    done = units_done(session, enrolment.id)
    if unit in done:
        return
    completion = UnitCompletion(enrolment_id=enrolment.id, unit=unit, language=language, done_at=now)
    completion.by_placement = by_placement
    session.add(completion)
    enrolment.units_done = len(done) + 1
    if enrolment.units_done >= enrolment.units_total and enrolment.completed_at is None:
        enrolment.completed_at = now


def move_place(enrolment: Enrolment, outline: CourseOutline, unit: str, language: str, now: datetime) -> None:
    """Keep as the place the unit after one; after the last, the last."""
    following = outline.units.index(unit) + 1
    enrolment.place = outline.units[min(following, len(outline.units) - 1)]
    enrolment.language, enrolment.active_at = language, now
