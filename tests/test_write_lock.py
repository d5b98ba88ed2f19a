"""Everybody relies on: while a page is made for one person, others can write. SQLite has one lock for all writers."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from jinja2 import Template
from werkzeug.test import TestResponse

from elearning.core.settings import Settings
from elearning.feedback import services as feedback
from tests.browser_without_scripts import fields_of, fill_in, send, sign_in, switch_language

pytestmark = pytest.mark.usefixtures("demo_people", "site_content")
COURSE, CASE = "/en/courses/mcof-in-one-hour", "/en/simulations/rising-water"
LESSON = f"{COURSE}/why-the-framework"
QUIZ, SURVEY, REPORT = f"{COURSE}/check-why", "/en/feedback/course/mcof-in-one-hour", "/en/report-a-problem"
CHOICE = re.compile(r'<button class="choice" name="choice" value="([^"]+)"')


def begin(client: FlaskClient) -> TestResponse:
    """Begin to play."""
    return send(client, CASE, f"{CASE}/start")


def decide(client: FlaskClient) -> TestResponse:
    play = begin(client)
    return send(client, play.request.path, choice=CHOICE.findall(play.text)[0])


def decide_too_late(client: FlaskClient) -> TestResponse:
    play = begin(client)
    fields = fields_of(play, play.request.path)
    first, second = CHOICE.findall(play.text)[:2]
    client.post(play.request.path, data=fill_in(fields.copy(), {"choice": first}))
    return client.post(play.request.path, data=fill_in(fields.copy(), {"choice": second}))


def switch_in_a_play(client: FlaskClient) -> TestResponse:
    return switch_language(client, begin(client), "ar")


def switch_at_a_case(client: FlaskClient) -> TestResponse:
    return switch_language(client, client.get(CASE), "ar")


def answer_half_a_quiz(client: FlaskClient) -> TestResponse:
    return send(client, QUIZ, **{"q-year": "2011"})


def switch_in_a_quiz(client: FlaskClient) -> TestResponse:
    return switch_language(client, client.get(QUIZ), "ar")


def write_too_much(client: FlaskClient) -> TestResponse:
    return send(client, LESSON, f"{LESSON}#my_note", note="x" * 10_001)


def write_in_two_tabs(client: FlaskClient) -> TestResponse:
    tab = fields_of(client.get(LESSON), f"{LESSON}#my_note")
    client.post(LESSON, data=fill_in(tab.copy(), {"note": "One"}))
    return client.post(LESSON, data=fill_in(tab.copy(), {"note": "Two"}))


def switch_in_a_note(client: FlaskClient) -> TestResponse:
    return switch_language(client, client.get(LESSON), "ar", {"note": "One"})


def answer_half_a_survey(client: FlaskClient) -> TestResponse:
    return send(client, SURVEY, use="5")


def switch_in_a_survey(client: FlaskClient) -> TestResponse:
    return switch_language(client, client.get(SURVEY), "ar")


def report_nothing(client: FlaskClient) -> TestResponse:
    return send(client, REPORT, text="")


def report_too_much(client: FlaskClient) -> TestResponse:
    with patch.object(feedback, "REPORTS_AN_HOUR", 0):
        return send(client, REPORT, text="One too many.")


WAYS = [
    decide, decide_too_late, switch_in_a_play, switch_at_a_case, answer_half_a_quiz, switch_in_a_quiz,
    write_too_much, write_in_two_tabs, switch_in_a_note, answer_half_a_survey, switch_in_a_survey, report_nothing,
    report_too_much,
]  # fmt: skip


@pytest.mark.parametrize("act", WAYS, ids=lambda act: act.__name__)
def test_no_page_that_answers_a_form_is_made_under_the_write_lock(
    app: Flask, client: FlaskClient, settings: Settings, act: Callable[[FlaskClient], TestResponse]
) -> None:
    sign_in(client, "learner@example.org")
    send(client, f"{COURSE}/", f"{COURSE}/enrol")
    others_could_write: list[bool] = []

    def watch(_app: Flask, **_values: Template | dict[str, object]) -> None:
        others_could_write.append(can_write(settings.data_dir / "elearning.db"))

    with template_rendered.connected_to(watch, app):
        answer = act(client)

    assert answer.request.method == "POST"
    assert others_could_write[-1] is True


def can_write(database: Path) -> bool:
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        return True
