"""Counting that many do at once: one after the other, on PostgreSQL as on SQLite."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def one_after_the_other(session: Session, keys: Iterable[str]) -> None:
    """Let transactions with a key in common wait for one another until they end.

    On SQLite whoever may write has the only write lock already.
    """
    if session.get_bind().dialect.name == "postgresql":
        for key in sorted(keys):  # always in the same order, so that no two wait for each other
            number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)
            session.execute(select(func.pg_advisory_xact_lock(number)))
