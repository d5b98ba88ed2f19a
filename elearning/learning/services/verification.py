"""Progress counted again from its events, and where a row says otherwise."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import Session

from elearning.core.scope import Scope
from elearning.learning.models import Enrolment, QuizAttempt, UnitCompletion


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
