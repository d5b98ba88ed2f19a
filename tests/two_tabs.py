"""Two tabs at once: two connections to one database, the second beginning at the worst moment of the first."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from elearning.core.database import beginning, db

Result = TypeVar("Result")
Act = Callable[[Session], Result]
LONGEST_SECONDS = 30


def in_two_tabs(
    app: Flask, first: Act[Result], second: Act[Result], *, second_waits: bool = False
) -> tuple[Result, Result]:
    """Do two things that each commit; return what they returned.

    The second begins when the first has looked for what is there and is about to write. On PostgreSQL it overtakes the
    first, which then finds its row in the way; `second_waits` is for what locks a row before it looks. On SQLite it
    always waits, as a transaction that writes locks the database when it begins.
    """

    def act(what: Act[Result], session: Session) -> Result:
        with beginning("IMMEDIATE"):
            result = what(session)
            session.commit()
            return result

    def other() -> Result:
        with app.app_context():
            return act(second, db.session())

    with ThreadPoolExecutor(1) as pool, app.app_context():
        started: list[Future[Result]] = []
        waits = second_waits or db.engine.dialect.name == "sqlite"

        def begin_other(*_event: object) -> None:
            if not started:
                started.append(pool.submit(other))
                if not waits:
                    started[0].result(LONGEST_SECONDS)

        session = db.session()
        event.listen(session, "before_flush", begin_other)
        result = act(first, session)
        assert started, "the first wrote nothing"
        return result, started[0].result(LONGEST_SECONDS)
