"""Learners rely on: a quiz without attempts left says when it opens again, and keeps what they answered."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from elearning.core.settings import Settings
from elearning.learning.models import QuizAttempt
from tests.browser_without_scripts import fields_of, fields_of_form, fill_in, send, sign_in, switch_language
from tests.content.projects import QUIZ as TEXTS_OF_QUIZ
from tests.content.projects import write_project
from tests.learning.test_pages import QUIZ, RIGHT, republish

pytestmark = pytest.mark.usefixtures("demo_people", "small_course")


@pytest.fixture
def only_attempt() -> dict[str, Any]:
    """The answers with which the only attempt at the quiz is used."""
    return RIGHT | {"q-one": "b"}


@pytest.fixture
def used_up(
    small_course: Path, settings: Settings, client: FlaskClient, only_attempt: dict[str, Any]
) -> MultiDict[str, str]:
    """What stood in a second tab while the only attempt at the quiz was used in the first."""
    write_project(small_course, **{"02_check": TEXTS_OF_QUIZ + "attempts: 1\n"})
    republish(small_course, settings)
    sign_in(client, "learner@example.org")
    send(client, "/en/courses/short/", "/en/courses/short/enrol")
    second_tab = fields_of(client.get(QUIZ), QUIZ)
    send(client, QUIZ, **only_attempt)
    return second_tab


def test_a_quiz_without_attempts_left_says_when_it_opens_and_keeps_the_answers(
    client: FlaskClient, session: Session, used_up: MultiDict[str, str]
) -> None:
    page = client.post(QUIZ, data=fill_in(used_up, RIGHT))
    assert page.status_code == 409
    assert (
        '<p class="notice wrong" role="alert">You have used all attempts for now. The quiz opens again in' in page.text
    )
    assert "<h2>Your answers are kept</h2>" in page.text
    assert answers(fields_of(page, QUIZ)) == answers(fill_in(MultiDict(), RIGHT))
    page = switch_language(client, page, "ar")
    assert answers(fields_of_form(page, "quiz")) == answers(fill_in(MultiDict(), RIGHT))
    assert len(session.scalars(select(QuizAttempt)).all()) == 1


def test_a_quiz_without_attempts_left_asks_nothing_of_who_opens_it(
    client: FlaskClient, used_up: MultiDict[str, str]
) -> None:
    assert used_up
    page = client.get(QUIZ)
    assert page.status_code == 200
    assert "The quiz opens again in" in page.text
    assert 'id="quiz"' not in page.text


@pytest.mark.parametrize(
    ("only_attempt", "advised"), [(RIGHT, False), (RIGHT | {"q-one": "b", "q-number": "1", "q-many": ["c"]}, True)]
)
def test_only_who_has_not_passed_is_advised_to_read_the_lessons_again(
    client: FlaskClient, used_up: MultiDict[str, str], advised: bool
) -> None:
    assert used_up
    page = client.get(QUIZ).text
    assert "The quiz opens again in" in page
    assert ("Reading the lessons again helps." in page) == advised


def answers(fields: MultiDict[str, str]) -> dict[str, set[str]]:
    return {name: set(values) for name, values in fields.lists() if name.startswith("q-")}
