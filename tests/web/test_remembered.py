"""Readers rely on: a page that was made for another is never theirs in name, token or message."""

import re
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearning.web.security import VERIFIED_SECONDS
from tests.browser_without_scripts import fields_of, send, sign_in

pytestmark = pytest.mark.usefixtures("demo_people", "small_course")
LESSON, DONE = "/en/courses/short/first", "/en/courses/short/first/done"


@pytest.fixture
def readers(app: Flask) -> tuple[FlaskClient, FlaskClient]:
    """Two people who are enrolled and have the same progress, so that they are shown the same page."""
    clients = (app.test_client(), app.test_client())
    for client, role in zip(clients, ("learner", "trainer"), strict=True):
        sign_in(client, f"{role}@example.org")
        send(client, "/en/courses/short/", "/en/courses/short/enrol")
        client.get("/en/")  # reads the message away
    return clients


def test_each_reader_sees_their_own_name(readers: tuple[FlaskClient, FlaskClient]) -> None:
    one, two = readers
    for _ in range(2):
        assert "Demo learner" in one.get(LESSON).text
        page = two.get(LESSON).text
        assert "Demo trainer" in page
        assert "Demo learner" not in page


def test_each_reader_has_a_token_of_their_own_and_it_works(readers: tuple[FlaskClient, FlaskClient]) -> None:
    one, two = readers
    tokens = [fields_of(client.get(LESSON), DONE)["csrf_token"] for client in (one, two, one, two)]
    assert len(set(tokens)) == 2
    assert one.post(DONE, data={"csrf_token": tokens[1]}).status_code == 400
    assert one.post(DONE, data={"csrf_token": tokens[0]}).status_code == 303


def test_a_message_is_shown_to_who_it_is_for_and_once(readers: tuple[FlaskClient, FlaskClient]) -> None:
    one, two = readers
    fields = fields_of(one.get(LESSON), DONE)
    one.post(DONE, data=fields)
    assert "Saved: this lesson is done." in one.get(LESSON).text
    two.post(DONE, data=fields_of(two.get(LESSON), DONE))
    two.get("/en/")
    assert "Saved: this lesson is done." not in one.get(LESSON).text
    assert "Saved: this lesson is done." not in two.get(LESSON).text


def test_no_mark_is_left_open_on_a_page(readers: tuple[FlaskClient, FlaskClient]) -> None:
    one, _two = readers
    page = one.get(LESSON).text
    assert not re.search(r"\b[0-9a-f]{24}\b", page)


def test_a_remembered_cookie_is_verified_again_after_its_time(
    readers: tuple[FlaskClient, FlaskClient], app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _two = readers
    one.get(LESSON)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key, as after a theft")
    assert "Demo learner" in one.get(LESSON).text
    later = time.monotonic() + VERIFIED_SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert "Demo learner" not in one.get(LESSON).text


def test_a_demo_account_stays_outside_once_the_site_is_no_demo(
    readers: tuple[FlaskClient, FlaskClient], app: Flask
) -> None:
    one, _two = readers
    assert "Demo learner" in one.get(LESSON).text
    app.config["DEMO"] = False
    for path in (LESSON, "/en/courses/"):
        assert "Demo learner" not in one.get(path).text
