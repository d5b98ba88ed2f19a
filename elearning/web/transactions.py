"""The end of writing in a request that may write: what follows only reads, and on SQLite keeps no writer waiting."""

from sqlalchemy.orm import Session

from elearning.core.database import begin_mode


def commit_and_read_on(session: Session) -> None:
    """Commit what was written."""
    session.commit()
    begin_mode.set("DEFERRED")


def read_on(session: Session) -> None:
    """Let go of a transaction that has nothing to keep."""
    session.rollback()
    begin_mode.set("DEFERRED")
