"""Administrators rely on: progress that does not say what happened is found, with its place and both figures."""

import json

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.learning.models import Enrolment
from tests.browser_without_scripts import send, sign_in

pytestmark = pytest.mark.usefixtures("any_database", "demo_people", "small_course")


@pytest.fixture
def enrolment(client: FlaskClient, session: Session) -> Enrolment:
    """Somebody's way through the small course, one lesson done."""
    sign_in(client, "learner@example.org")
    send(client, "/en/courses/short/", "/en/courses/short/enrol")
    send(client, "/en/courses/short/first", "/en/courses/short/first/done")
    return session.scalars(select(Enrolment)).one()


def verify(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["learning", "verify", *arguments])


def test_progress_that_says_what_happened_is_no_difference(app: Flask, enrolment: Enrolment) -> None:
    assert enrolment.units_done == 1
    said = verify(app)
    assert (said.exit_code, said.output) == (0, "Progress was counted again; 0 differences.\n")
    said = verify(app, "--json")
    assert (said.exit_code, json.loads(said.output)) == (0, [])


def test_progress_that_says_otherwise_is_named(app: Flask, session: Session, enrolment: Enrolment) -> None:
    enrolment.units_done, enrolment.final_percent = 2, 90
    session.commit()
    said = verify(app)
    assert said.exit_code == 1
    assert said.output == (
        f"enrolment {enrolment.id}: units_done is 2, its events say 1\n"
        f"enrolment {enrolment.id}: final_percent is 90, its events say None\n"
        "Progress was counted again; 2 differences.\n"
    )
    said = verify(app, "--json")
    assert said.exit_code == 1
    assert json.loads(said.output)[0] == {
        "enrolment_id": enrolment.id,
        "field": "units_done",
        "kept": 2,
        "counted": 1,
    }
