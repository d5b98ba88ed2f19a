"""Playing a case: attempts are begun and moved by events, and what they came to is folded from these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from elearning.core.errors import ConflictError, NotFoundError
from elearning.core.scope import Scope
from elearning.exercises.models import Attempt, AttemptEvent
from elearning.simulation.events import Decision, PlayError, event_to_json
from elearning.simulation.models import Variant
from elearning.simulation.play import Play, fold
from elearning.simulation.score import result_of


@dataclass(frozen=True)
class Beginning:
    """What is to be played: a variant of a case in a version, under an idempotency key."""

    case: str
    variant: str
    version: str
    key: str


def begin_attempt(session: Session, beginning: Beginning, *, by: int, language: str, now: datetime) -> Attempt:
    """Begin to play. The same key twice is one attempt."""
    known = select(Attempt).where(Attempt.person_id == by, Attempt.key == beginning.key)
    found = session.scalar(known)
    if found is not None:
        return found
    made = Attempt(
        person_id=by,
        key=beginning.key,
        case=beginning.case,
        variant=beginning.variant,
        version=beginning.version,
        language=language,
        started_at=now,
        active_at=now,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:  # another tab was quicker
        return session.scalars(known).one()
    return made


def find_attempt(session: Session, scope: Scope, attempt_id: int, case: str) -> Attempt:
    """Return an attempt at a case within a scope; raise NotFoundError `attempt-unknown`."""
    found = session.scalar(
        select(Attempt).where(Attempt.id == attempt_id, Attempt.case == case, scope.admits(Attempt.person_id))
    )
    if found is None:
        raise NotFoundError("attempt-unknown")
    return found


def attempts(session: Session, scope: Scope, case: str | None = None) -> Sequence[Attempt]:
    """Return the attempts within a scope, the most recently active first; at one case, or at all."""
    statement = select(Attempt).where(scope.admits(Attempt.person_id)).order_by(Attempt.active_at.desc(), Attempt.id)
    return session.scalars(statement if case is None else statement.where(Attempt.case == case)).all()


def events(session: Session, attempt: Attempt) -> list[dict[str, Any]]:
    """Return the events of an attempt in order."""
    statement = select(AttemptEvent.event).where(AttemptEvent.attempt_id == attempt.id).order_by(AttemptEvent.number)
    return list(session.scalars(statement))


def decide(
    session: Session, variant: Variant, attempt: Attempt, decision: Decision, *, key: str, language: str, now: datetime
) -> Play:
    """Take a decision, and return the play as it stands then. The same key twice is one decision.

    Raises ConflictError `decision-late` where the play is no longer in that scene, or does not offer that choice.
    """
    session.refresh(attempt, with_for_update=True)  # two tabs decide one after the other
    known = session.scalar(
        select(AttemptEvent.id).where(AttemptEvent.attempt_id == attempt.id, AttemptEvent.key == key)
    )
    before = events(session, attempt)
    if known is not None:
        return fold(variant, before)
    event = event_to_json(decision)
    try:
        play = fold(variant, [*before, event])
    except PlayError as error:
        raise ConflictError("decision-late", reason=error.code) from error
    session.add(
        AttemptEvent(attempt_id=attempt.id, number=len(before) + 1, key=key, event=event, language=language, at=now)
    )
    _keep_progress(attempt, variant, play, language, now)
    session.flush()
    return play


def _keep_progress(attempt: Attempt, variant: Variant, play: Play, language: str, now: datetime) -> None:
    attempt.decisions, attempt.language, attempt.active_at = len(play.steps), language, now
    result = result_of(variant, play.state)
    if result is not None:
        attempt.ended_at, attempt.ending = now, play.state.ended
        attempt.rank, attempt.score = result.rank, result.points
