"""Many people at once: nobody gets past the limit together, and nobody waits for another's password to be checked."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from elearning.core import clock
from elearning.core.database import begin_mode, db
from elearning.people.models import FailedSignIn
from elearning.people.services import UNDER_WAY, Credentials, TooManyAttemptsError, begin_sign_in
from tests.browser_without_scripts import fields_of, sign_in

pytestmark = pytest.mark.usefixtures("demo_people", "any_database")
LIMIT, AT_ONCE = 5, 30


def test_no_more_attempts_at_once_are_let_through_than_the_limit_and_those_under_way(app: Flask) -> None:
    ready = Barrier(AT_ONCE)

    def attempt(_number: int) -> bool:
        begin_mode.set("IMMEDIATE")
        with app.app_context():
            ready.wait(30)
            tried = Credentials("learner@example.org", "guess", "192.0.2.1")
            try:
                begin_sign_in(db.session(), tried, limit=LIMIT, demo=True, now=clock.now())
            except TooManyAttemptsError:
                return False
            db.session.commit()
            return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sum(pool.map(attempt, range(AT_ONCE))) == LIMIT + UNDER_WAY


def test_a_room_full_of_people_signs_in_at_once_from_one_address(app: Flask) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _number: sign_in(app.test_client(), "learner@example.org"), range(24)))
    assert [answer.status_code for answer in answers] == [200] * 24
    assert all("Demo learner" in answer.text for answer in answers)


def test_nobody_waits_while_a_password_is_checked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    checking, go_on = Event(), Event()
    passwords = app.extensions["elearning_passwords"]
    matches = passwords.matches

    def slow(kept: str | None, password: str) -> bool:
        checking.set()
        assert go_on.wait(60)
        return bool(matches(kept, password))

    monkeypatch.setattr(passwords, "matches", slow)
    signing_in = Thread(target=sign_in, args=(app.test_client(), "learner@example.org"))
    signing_in.start()
    try:
        assert checking.wait(60)
        with app.app_context():
            if db.engine.dialect.name == "sqlite":
                db.session.execute(text("PRAGMA busy_timeout=0"))  # whoever finds a lock fails at once
                db.session.rollback()
            reporter = app.test_client()
            fields = fields_of(reporter.get("/en/report-a-problem"), "/en/report-a-problem")
            assert (
                reporter.post("/en/report-a-problem", data=fields.to_dict() | {"text": "Meanwhile"}).status_code == 303
            )
    finally:
        go_on.set()
        signing_in.join()


def test_a_sign_in_that_succeeds_leaves_no_failure_and_old_ones_are_forgotten(app: Flask) -> None:
    client = app.test_client()
    sign_in(client, "learner@example.org", password="wrong password")
    sign_in(client, "learner@example.org")
    with app.app_context():
        left = db.session.scalar(select(func.count()).select_from(FailedSignIn))
        assert left == 1  # the failure of this address, which others may share, counts on
