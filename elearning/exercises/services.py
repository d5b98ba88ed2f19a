"""Playing a case: attempts are begun and moved by events, and what they came to is folded from these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.core.errors import ConflictError, NotFoundError
from elearning.core.repeats import added, keys_of
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


@dataclass(frozen=True)
class SentDecision:
    """A decision in an attempt, as a form sends it under an idempotency key."""

    attempt_id: int
    decision: Decision
    key: str


def begin_attempt(session: Session, beginning: Beginning, *, by: int, language: str, now: datetime) -> Attempt:
    """Begin to play. The same key for the same variant twice is one attempt."""
    for key in keys_of(beginning.key, [beginning.case, beginning.variant]):
        known = select(Attempt).where(Attempt.person_id == by, Attempt.key == key)
        found = session.scalar(known)
        if found is None:
            made = _new_attempt(beginning, key, by, language, now)
            found = made if added(session, made) else session.scalars(known).one()
        if (found.case, found.variant) == (beginning.case, beginning.variant):
            return found
    raise ConflictError("key-taken")


def _new_attempt(beginning: Beginning, key: str, by: int, language: str, now: datetime) -> Attempt:
    return Attempt(
        person_id=by,
        key=key,
        case=beginning.case,
        variant=beginning.variant,
        version=beginning.version,
        language=language,
        started_at=now,
        active_at=now,
    )


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


def events(session: Session, scope: Scope, attempt_id: int) -> list[dict[str, Any]]:
    """Return the events of an attempt within a scope, in order."""
    statement = (
        select(AttemptEvent.event)
        .join(Attempt, Attempt.id == AttemptEvent.attempt_id)
        .where(AttemptEvent.attempt_id == attempt_id, scope.admits(Attempt.person_id))
        .order_by(AttemptEvent.number)
    )
    return list(session.scalars(statement))


def decide(session: Session, variant: Variant, sent: SentDecision, *, by: int, language: str, now: datetime) -> Play:
    """Take a decision, and return the play as it stands then. The same key and choice twice are one decision.

    Raises NotFoundError `attempt-unknown`, ConflictError `decision-late` where the play is no longer in that scene,
    does not offer that choice, or the key has decided otherwise before.
    """
    attempt = _own_attempt(session, by, sent.attempt_id)
    event = event_to_json(sent.decision)
    known = session.scalar(
        select(AttemptEvent.event).where(AttemptEvent.attempt_id == attempt.id, AttemptEvent.key == sent.key)
    )
    before = events(session, Scope.of_person(by), attempt.id)
    if known == event:
        return fold(variant, before)
    if known is not None:
        raise ConflictError("decision-late", reason="decided-otherwise")
    try:
        play = fold(variant, [*before, event])
    except PlayError as error:
        raise ConflictError("decision-late", reason=error.code) from error
    number = len(before) + 1
    session.add(
        AttemptEvent(attempt_id=attempt.id, number=number, key=sent.key, event=event, language=language, at=now)
    )
    _keep_progress(attempt, variant, play, language, now)
    session.flush()
    return play


def _own_attempt(session: Session, person_id: int, attempt_id: int) -> Attempt:
    """Return the attempt as it is now, locked until the transaction ends: two tabs decide one after the other."""
    statement = select(Attempt).where(Attempt.id == attempt_id, Attempt.person_id == person_id).with_for_update()
    found = session.scalar(statement.execution_options(populate_existing=True))
    if found is None:
        raise NotFoundError("attempt-unknown")
    return found


def _keep_progress(attempt: Attempt, variant: Variant, play: Play, language: str, now: datetime) -> None:
    attempt.decisions, attempt.language, attempt.active_at = len(play.steps), language, now
    result = result_of(variant, play.state)
    if result is not None:
        attempt.ended_at, attempt.ending = now, play.state.ended
        attempt.rank, attempt.score = result.rank, result.points
