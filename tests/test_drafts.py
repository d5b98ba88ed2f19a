"""Readers rely on: each page of content says so while no person has reviewed its translation, once and quietly."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import gettext as _

from tests.browser_without_scripts import fields_of, fill_in, send, sign_in

pytestmark = pytest.mark.usefixtures("demo_people", "site_content")
COURSE, CASE = "/{}/courses/mcof-in-one-hour", "/{}/simulations/rising-water"
CHOICE = re.compile(r'<button class="choice" name="choice" value="([^"]+)"')


def of_guests(address: str) -> Callable[[FlaskClient, str], str]:
    return lambda client, language: client.get(address.format(language)).text


def quiz(client: FlaskClient, language: str) -> str:
    course = COURSE.format(language)
    sign_in(client, "learner@example.org")
    send(client, f"{course}/", f"{course}/enrol")
    return client.get(f"{course}/check-why").text


def results(client: FlaskClient, language: str) -> str:
    quiz(client, language)
    address = f"{COURSE.format(language)}/check-why"
    fields = fields_of(client.get(address), address)
    answers = {"q-meaning": "dimensions", "q-year": "2012"}
    unanswered = re.findall(r'name="(q-[\w-]+)" value="([\w-]+)"', client.get(address).text)
    fill_in(fields, dict(unanswered) | answers)
    page = client.post(address, data=fields, follow_redirects=True)
    assert "/results/" in page.request.path
    return page.text


def play(client: FlaskClient, language: str) -> str:
    case = CASE.format(language)
    sign_in(client, "learner@example.org")
    return send(client, case, f"{case}/start").text


def debrief(client: FlaskClient, language: str) -> str:
    case = CASE.format(language)
    sign_in(client, "learner@example.org")
    page = send(client, case, f"{case}/start")
    while found := CHOICE.findall(page.text):
        page = send(client, page.request.path, choice=found[0])
    return client.get(f"{page.request.path}/debrief").text


PAGES = {
    "course": of_guests(f"{COURSE}/"),
    "lesson": of_guests(f"{COURSE}/why-the-framework"),
    "glossary": of_guests("/{}/glossary"),
    "case": of_guests(CASE),
    "quiz": quiz,
    "results": results,
    "play": play,
    "debrief": debrief,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_once_that_its_translation_is_a_draft(app: Flask, client: FlaskClient, name: str) -> None:
    with app.test_request_context("/ar/"):
        note = f'<p class="muted">{_("The translation is a draft: no person has reviewed it yet.")}</p>'
    assert PAGES[name](client, "ar").count(note) == 1


@pytest.mark.parametrize("name", ["course", "lesson", "glossary", "case"])
def test_english_is_no_draft(client: FlaskClient, name: str) -> None:
    assert "The translation is a draft" not in PAGES[name](client, "en")
