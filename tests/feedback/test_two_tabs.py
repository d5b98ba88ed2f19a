"""People rely on: what two tabs say at once is kept once, on both databases, and nothing of it is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.core.database import beginning, db
from elearning.feedback import services
from elearning.feedback.models import SurveyResponse
from elearning.feedback.services import Answers, Problem, Subject, TooManyReportsError
from tests.people_factory import make_person
from tests.two_tabs import in_two_tabs

pytestmark = pytest.mark.usefixtures("any_database")
KEY = "k" * 20
AT_ONCE = 26


@pytest.mark.parametrize(("text", "reports"), [("One thing.", 1), ("Another thing.", 2)])
def test_reporting_in_two_tabs_is_one_report_of_the_same_text(
    app: Flask, now: datetime, text: str, reports: int
) -> None:
    def report(session: Session, said: str = "One thing.") -> int:
        problem = Problem("/en/", "v1", said, KEY)
        return services.report_problem(session, problem, by=None, address="10.0.0.1", language="en", now=now)

    found = in_two_tabs(app, report, lambda session: report(session, text), second_waits=True)
    assert len(set(found)) == reports
    with app.app_context():
        kept = services.open_reports(db.session())
        assert {one.id: one.text for one in kept} == dict(zip(found, ("One thing.", text), strict=True))


def test_responding_in_two_tabs_is_one_response(app: Flask, now: datetime) -> None:
    with app.app_context():
        person_id = make_person(db.session()).id
        db.session.commit()

    def respond(session: Session, change: str = "First") -> int:
        answers = Answers({"use": 5}, change, KEY)
        subject = Subject("course", "short", "v1")
        return services.respond(session, subject, answers, by=person_id, language="en", now=now).id

    one, other = in_two_tabs(app, respond, lambda session: respond(session, "Second"))
    assert one == other
    with app.app_context():
        (kept,) = db.session.scalars(select(SurveyResponse)).all()
        overtaken = db.engine.dialect.name == "postgresql"  # there the second tab was quicker
        assert kept.change == ("First" if overtaken else "Second")


def test_no_more_reports_than_the_limit_come_in_at_once(app: Flask, now: datetime) -> None:
    ready = Barrier(AT_ONCE)

    def report(number: int) -> bool:
        ready.wait(30)
        with app.app_context(), beginning("IMMEDIATE"):
            problem = Problem("/en/", "v1", f"Number {number}.", f"{KEY}-{number}")
            try:
                services.report_problem(db.session(), problem, by=None, address="10.0.0.1", language="en", now=now)
            except TooManyReportsError:
                return False
            db.session.commit()
            return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sum(pool.map(report, range(AT_ONCE))) == services.REPORTS_AN_HOUR
