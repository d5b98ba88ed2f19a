"""The learning path that somebody follows: one at a time, kept until they choose another or none."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from elearning.core.repeats import added
from elearning.core.scope import Scope
from elearning.learning.models import PathChoice


def follow_path(session: Session, path: str, *, by: int, now: datetime) -> None:
    """Follow a path from now on, in the place of the one before."""
    while not added(session, PathChoice(person_id=by, path=path, chosen_at=now)):
        choice = session.scalars(select(PathChoice).where(PathChoice.person_id == by).with_for_update()).one_or_none()
        if choice is None:  # left meanwhile, in another tab
            continue
        if choice.path != path:
            choice.path, choice.chosen_at = path, now
        return


def leave_path(session: Session, *, by: int) -> None:
    """Follow no path any more; what was learned on it stays."""
    session.execute(delete(PathChoice).where(PathChoice.person_id == by))


def followed_path(session: Session, scope: Scope) -> str | None:
    """Return the path that is followed within a scope of one person, or None."""
    return session.scalar(select(PathChoice.path).where(scope.admits(PathChoice.person_id)))
