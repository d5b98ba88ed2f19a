"""Everybody relies on: the language menu keeps the page and what was typed, on every page with a form."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from jinja2 import Template
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.browser_without_scripts import Typed, fields_of_form, fill_in, send, sign_in, switch_language

pytestmark = pytest.mark.usefixtures("demo_people", "site_content")
TEMPLATES = Path(__file__).resolve().parents[1] / "elearning"
COURSE, CASE = "/en/courses/mcof-in-one-hour", "/en/simulations/rising-water"
CHOICE = re.compile(r'<button class="choice" name="choice" value="([^"]+)"')


def learner(client: FlaskClient) -> None:
    """Somebody signed in and enrolled."""
    sign_in(client, "learner@example.org")
    send(client, f"{COURSE}/", f"{COURSE}/enrol")


def open_sign_in(client: FlaskClient) -> TestResponse:
    return client.get("/en/sign-in?next=/en/my-learning")


def open_lesson(client: FlaskClient) -> TestResponse:
    sign_in(client, "learner@example.org")
    return client.get(f"{COURSE}/why-the-framework")


def open_lesson_with_a_note(client: FlaskClient) -> TestResponse:
    sign_in(client, "learner@example.org")
    lesson = f"{COURSE}/why-the-framework"
    send(client, lesson, f"{lesson}#my_note", note="What was saved before.")
    return client.get(lesson)


def open_quiz(client: FlaskClient) -> TestResponse:
    learner(client)
    return client.get(f"{COURSE}/check-why")


def open_case(client: FlaskClient) -> TestResponse:
    sign_in(client, "learner@example.org")
    return client.get(CASE)


def open_play(client: FlaskClient) -> TestResponse:
    sign_in(client, "learner@example.org")
    return client.get(send(client, CASE, f"{CASE}/start").request.path)


def open_play_at_its_end(client: FlaskClient) -> TestResponse:
    page = open_play(client)
    while found := CHOICE.findall(page.text):
        page = send(client, page.request.path, choice=found[0])
    return client.get(page.request.path)


def open_survey(client: FlaskClient) -> TestResponse:
    learner(client)
    return client.get("/en/feedback/course/mcof-in-one-hour")


def open_report(client: FlaskClient) -> TestResponse:
    return client.get("/en/report-a-problem?page=/en/glossary")


@dataclass(frozen=True)
class Page:
    """A page with a form: its template, the form, the way to it, and something to type."""

    template: str
    form: str
    reach: Callable[[FlaskClient], TestResponse]
    typed: dict[str, Typed] = field(default_factory=dict)


PAGES = [
    Page("people/sign_in.html", "sign-in", open_sign_in, {"email": "somebody@example.org"}),
    Page("learning/lesson.html", "note_form", open_lesson, {"note": "Ask <Amina>.\r\n\r\n  كلمة & word\r\n"}),
    Page("learning/lesson.html", "note_form", open_lesson_with_a_note, {"note": ""}),
    Page("learning/quiz.html", "quiz", open_quiz, {"q-meaning": "dimensions", "q-year": "2011"}),
    Page("exercises/case.html", "start", open_case, {"variant": "asia-pacific"}),
    Page("exercises/play.html", "decide", open_play),
    Page("exercises/play.html", "decide", open_play_at_its_end),
    Page("feedback/survey.html", "survey", open_survey, {"relevance": "4", "change": "Less <b>text</b>.\r\nMore."}),
    Page("feedback/report_problem.html", "report", open_report, {"text": "كلمة & word"}),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.reach.__name__)
def test_a_form_goes_along_to_the_other_language_with_what_was_typed(
    app: Flask, client: FlaskClient, page: Page
) -> None:
    opened = page.reach(client)
    typed = fill_in(fields_of_form(opened, page.form), page.typed)
    rendered: list[str | None] = []

    def watch(_app: Flask, template: Template, **_others: object) -> None:
        rendered.append(template.name)

    with template_rendered.connected_to(watch, app):
        answer = switch_language(client, opened, "ar", page.typed)

    assert answer.status_code == 200
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert (rendered[0], answer.request.path) == (page.template, opened.request.path.replace("/en/", "/ar/"))
    assert own(fields_of_form(answer, page.form)) == own(typed)


def own(fields: MultiDict[str, str]) -> dict[str, list[str]]:
    """Return what a person or the page put into fields: not the token, which may change, nor a new key of a play."""
    left_out = {"csrf_token", "key"} if "scene" in fields else {"csrf_token"}
    return {  # a line break is one character or two, as browser and page like
        name: [value.replace("\r\n", "\n") for value in values]
        for name, values in fields.to_dict(flat=False).items()
        if name not in left_out
    }


def test_no_page_with_a_form_is_forgotten_here() -> None:
    with_forms = {
        f"{path.parent.name}/{path.name}"
        for path in TEMPLATES.rglob("templates/*/*.html")
        if "set page_form" in path.read_text(encoding="utf-8")
    }
    # the page of kept forms is tested beside them, in tests/web/test_requests.py
    assert with_forms == {page.template for page in PAGES} | {"web/kept.html"}
