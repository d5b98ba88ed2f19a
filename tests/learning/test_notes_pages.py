"""Readers rely on: a note is theirs alone, stays as they wrote it, and whatever they typed is never lost."""

import html
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from elearning.core.database import db
from elearning.core.settings import Settings
from elearning.learning.models import Enrolment, LessonNote
from tests.browser_without_scripts import (
    DEMO_PASSWORD,
    fields_of,
    fields_of_form,
    fill_in,
    send,
    sign_in,
    switch_language,
)
from tests.learning.notes import LESSON, LIST, field, stored, write

pytestmark = pytest.mark.usefixtures("demo_people", "small_course")
HOSTILE = (
    "</textarea></div><script>alert('1')</script> &amp; \u202e\u2066txt.exe\n"
    "{{ 7*7 }} %s %(day)s\n\n# not a heading\n```\n\u2028</pre>\u2029</section>"
)
ARABIC = "ملاحظة طويلة " * 769


@pytest.fixture
def reader(client: FlaskClient) -> FlaskClient:
    """Somebody signed in, not enrolled in anything."""
    sign_in(client, "learner@example.org")
    return client


def test_a_guest_is_told_once_and_comes_back_to_the_place_of_the_note(client: FlaskClient) -> None:
    page = client.get(LESSON)
    assert page.text.count("Sign in to write a note or to bookmark this lesson.") == 1
    assert "note_form" not in page.text
    asked = "/en/sign-in?next=/en/courses/short/first%23my_note"
    assert f'href="{asked}"' in page.text
    fields = fill_in(fields_of(client.get(asked), "/en/sign-in"), {"email": "learner@example.org"})
    back = client.post("/en/sign-in", data=fill_in(fields, {"password": DEMO_PASSWORD}))
    assert back.location == f"{LESSON}#my_note"


def test_a_note_is_kept_without_enrolment_and_shown_in_every_language(reader: FlaskClient, session: Session) -> None:
    fields = fill_in(fields_of(reader.get(LESSON), f"{LESSON}#my_note"), {"note": "One\r\n\r\n  two"})
    answer = reader.post(LESSON, data=fields)
    assert (answer.status_code, answer.location) == (303, f"{LESSON}#my_note")
    assert stored(session) == [("One\n\n  two", False)]
    assert session.scalars(select(Enrolment)).all() == []
    page = reader.get(LESSON)
    section = page.text.partition('id="my_note"')[2]
    assert '<p class="notice done by-note" role="status">Your note is saved.</p>' in section
    assert "Your note is saved." not in reader.get(LESSON).text
    assert {field(reader.get(path)) for path in (LESSON, "/ar/courses/short/first")} == {"One\n\n  two"}
    row = session.scalars(select(LessonNote)).one()
    assert (row.course, row.unit, row.language) == ("short", "first", "en")


def test_an_empty_text_removes_the_note(reader: FlaskClient, session: Session) -> None:
    assert "Your note is" not in write(reader, "  \n").text
    write(reader, "One")
    assert "Your note is removed." in write(reader, " \r\n ").text
    assert stored(session) == []


def test_the_bookmark_says_its_state_and_is_set_once(reader: FlaskClient, session: Session) -> None:
    for expected in (True, True, False, False):
        fields = fields_of(reader.get(LESSON), f"{LESSON}#my_note")
        answer = reader.post(LESSON, data=fill_in(fields, {"bookmark": "1" if expected else "0"}))
        assert (answer.status_code, answer.location) == (303, f"{LESSON}#bookmark_state")
        assert stored(session) == ([("", True)] if expected else [])
        page = reader.get(LESSON).text
        shown = ("Bookmark this lesson" in page, "Bookmarked</span>" in page, "Remove the bookmark" in page)
        assert shown == ((False, True, True) if expected else (True, False, False))


@pytest.mark.parametrize("button", ["bookmark", "done", "enrol"])
def test_whichever_button_is_pressed_what_was_typed_goes_along(
    reader: FlaskClient, session: Session, button: str
) -> None:
    if button == "done":
        send(reader, "/en/courses/short/", "/en/courses/short/enrol")
    action = {"bookmark": f"{LESSON}#my_note", "done": f"{LESSON}/done", "enrol": "/en/courses/short/enrol"}[button]
    pressed = {"bookmark": "1"} if button == "bookmark" else {}
    page = send(reader, LESSON, action, note="Typed, and not saved", **pressed)
    assert "Your note is saved." in page.text
    assert stored(session) == [("Typed, and not saved", button == "bookmark")]
    done = [enrolment.units_done for enrolment in session.scalars(select(Enrolment))]
    assert done == {"bookmark": [], "done": [1], "enrol": [0]}[button]


@pytest.mark.parametrize("button", ["done", "enrol"])
def test_a_button_that_cannot_take_the_note_along_does_nothing_and_the_page_says_why(
    reader: FlaskClient, session: Session, button: str
) -> None:
    if button == "done":
        send(reader, "/en/courses/short/", "/en/courses/short/enrol")
    action = f"{LESSON}/done" if button == "done" else "/en/courses/short/enrol"
    tab = fields_of(reader.get(LESSON), action)
    too_long = press(reader, action, fill_in(tab.copy(), {"note": "م" * 10_001}))
    assert too_long.status_code == 200
    assert "Please use at most 10,000 characters." in too_long.text
    assert field(too_long) == "م" * 10_001
    write(reader, "From the other tab")
    conflict = press(reader, action, fill_in(tab.copy(), {"note": "Mine"}))
    assert conflict.status_code == 409
    assert field(conflict) == "Mine"
    assert stored(session) == [("From the other tab", False)]
    assert [row.units_done for row in session.scalars(select(Enrolment))] == ([0] if button == "done" else [])


def press(client: FlaskClient, action: str, fields: MultiDict[str, str]) -> TestResponse:
    """Send a form that is led to the lesson's page, and send it there as browsers do (RFC 9110, section 15.4.8)."""
    led = client.post(action, data=fields)
    assert (led.status_code, led.location) == (307, f"{LESSON}#my_note")
    return client.post(LESSON, data=fields)


def test_two_tabs_neither_of_which_loses_its_text(reader: FlaskClient, session: Session) -> None:
    tab = fields_of(reader.get(LESSON), f"{LESSON}#my_note")
    write(reader, "First <tab>")
    answer = reader.post(LESSON, data=fill_in(tab.copy(), {"note": "Second\r\ntab", "bookmark": "1"}))
    assert answer.status_code == 409
    notice = answer.text.partition('role="alert"')[2].partition("</form>")[0]
    assert "<h2>This has changed in the meantime</h2>" in notice
    assert '<div class="own" dir="auto">First &lt;tab&gt;</div>' in notice
    assert field(answer) == "Second\ntab"
    assert stored(session) == [("First <tab>", False)]
    again = reader.post(LESSON, data=fields_of_form(answer, "note_form"))
    assert (again.status_code, again.location) == (303, f"{LESSON}#my_note")
    assert stored(session) == [("Second\ntab", False)]


def test_the_same_text_from_two_tabs_and_an_untouched_tab_are_no_conflict(
    reader: FlaskClient, session: Session
) -> None:
    tab = fields_of(reader.get(LESSON), f"{LESSON}#my_note")
    for _ in range(2):
        answer = reader.post(LESSON, data=fill_in(tab.copy(), {"note": "The same"}))
        assert (answer.status_code, stored(session)) == (303, [("The same", False)])
    untouched = reader.post(LESSON, data=fill_in(tab.copy(), {"note": "", "bookmark": "1"}))
    assert (untouched.status_code, stored(session)) == (303, [("The same", True)])


def test_a_text_that_is_too_long_stays_in_its_field(reader: FlaskClient, session: Session) -> None:
    write(reader, "Short")
    page = write(reader, "ل" * 10_001)
    assert page.status_code == 200
    assert '<li><a href="#note_text">My note – Please use at most 10,000 characters.</a></li>' in page.text
    assert field(page) == "ل" * 10_001
    assert "maxlength" not in page.text  # a browser would cut off what is pasted, and say nothing
    assert stored(session) == [("Short", False)]
    assert write(reader, "x\n" * 5000).status_code == 200
    assert stored(session) == [("x\n" * 5000, False)]


def test_ten_thousand_characters_of_arabic_are_kept_and_shown(reader: FlaskClient, session: Session) -> None:
    page = write(reader, (ARABIC + "م" * 10_000)[:10_000])
    assert "Your note is saved." in page.text
    assert stored(session) == [(field(reader.get(LESSON)), False)]
    assert len(field(page)) == 10_000


def test_signed_out_meanwhile_the_note_waits_for_its_writer(reader: FlaskClient, session: Session) -> None:
    tab = fill_in(fields_of(reader.get(LESSON), f"{LESSON}#my_note"), {"note": "Typed for an hour"})
    send(reader, "/en/", "/en/sign-out")
    tab["csrf_token"] = fields_of(reader.get("/en/sign-in"), "/en/sign-in")["csrf_token"]
    asked = reader.post(LESSON, data=tab)
    assert asked.status_code == 401
    fields = fill_in(fields_of(asked, "/en/sign-in"), {"email": "learner@example.org", "password": DEMO_PASSWORD})
    kept = reader.post("/en/sign-in", data=fields)
    assert reader.post(LESSON, data=fields_of(kept, LESSON)).location == f"{LESSON}#my_note"
    assert stored(session) == [("Typed for an hour", False)]


@pytest.mark.parametrize("action", [LESSON, f"{LESSON}/done"])
def test_a_note_on_a_page_that_is_too_old_is_offered_again(reader: FlaskClient, session: Session, action: str) -> None:
    send(reader, "/en/courses/short/", "/en/courses/short/enrol")
    tab = fill_in(
        fields_of(reader.get(LESSON), f"{LESSON}/done"), {"note": "Typed\r\nfor an hour", "csrf_token": "old"}
    )
    kept = reader.post(action, data=tab)
    assert kept.status_code == 400
    assert reader.post(action, data=fields_of(kept, action)).status_code == 303
    assert stored(session) == [("Typed\nfor an hour", False)]


@contextmanager
def busy(app: Flask, settings: Settings) -> Iterator[None]:
    """Keep the write lock, as a writer does who takes longer than anybody waits."""
    with app.app_context():
        event.listen(db.engine, "connect", lambda found, _record: found.execute("PRAGMA busy_timeout=0"))
        db.engine.dispose()
    other = sqlite3.connect(settings.data_dir / "elearning.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@pytest.mark.parametrize("action", [LESSON, f"{LESSON}/done"])
def test_a_note_that_a_busy_database_does_not_take_is_offered_again(
    app: Flask, settings: Settings, reader: FlaskClient, action: str
) -> None:
    send(reader, "/en/courses/short/", "/en/courses/short/enrol")
    tab = fill_in(fields_of(reader.get(LESSON), f"{LESSON}/done"), {"note": "Typed\nfor an hour"})
    with busy(app, settings):
        kept = reader.post(action, data=tab)
    assert kept.status_code == 503
    assert "They could not be saved just now. Press the button to try again." in kept.text
    assert reader.post(action, data=fields_of(kept, action)).status_code == 303
    with app.app_context():
        assert stored(db.session()) == [("Typed\nfor an hour", False)]


def test_a_sign_in_that_a_busy_database_does_not_take_is_a_fault_and_its_password_goes_nowhere(
    app: Flask, settings: Settings, client: FlaskClient
) -> None:
    fields = fields_of(client.get("/en/sign-in"), "/en/sign-in")
    with busy(app, settings):
        answer = client.post(
            "/en/sign-in", data=fill_in(fields, {"email": "learner@example.org", "password": DEMO_PASSWORD})
        )
    assert answer.status_code == 500
    assert DEMO_PASSWORD not in answer.text


def test_switching_the_language_keeps_what_was_typed_and_saves_nothing(reader: FlaskClient, session: Session) -> None:
    write(reader, "Saved")
    page = switch_language(reader, reader.get(LESSON), "ar", {"note": HOSTILE})
    assert (page.status_code, page.request.method, page.request.path) == (200, "POST", "/ar/courses/short/first")
    assert field(page) == HOSTILE
    assert stored(session) == [("Saved", False)]
    back = switch_language(reader, page, "en")
    assert field(back) == HOSTILE
    assert reader.post(LESSON, data=fields_of_form(back, "note_form")).status_code == 303
    assert stored(session) == [(HOSTILE, False)]


def test_switching_the_language_with_nothing_typed_leads_to_a_page_that_can_be_loaded_again(
    reader: FlaskClient,
) -> None:
    write(reader, HOSTILE)
    page = switch_language(reader, reader.get(LESSON), "ar")
    assert (page.request.method, page.request.path) == ("GET", "/ar/courses/short/first")


def test_a_conflict_goes_along_to_another_language(reader: FlaskClient, session: Session) -> None:
    tab = fields_of(reader.get(LESSON), f"{LESSON}#my_note")
    write(reader, "First")
    conflict = reader.post(LESSON, data=fill_in(tab, {"note": "Second"}))
    arabic = switch_language(reader, conflict, "ar")
    assert (arabic.request.path, field(arabic)) == ("/ar/courses/short/first", "Second")
    assert reader.post(arabic.request.path, data=fields_of_form(arabic, "note_form")).status_code == 303
    assert stored(session) == [("Second", False)]


def test_hostile_text_stays_text_wherever_it_is_shown(reader: FlaskClient) -> None:
    write(reader, HOSTILE)
    escaped = html.escape(HOSTILE).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
    for _ in range(2):  # rendered, and remembered
        for path in (LESSON, "/ar/courses/short/first", LIST):
            page = reader.get(path)
            assert "<script>alert" not in page.text
            assert page.text.count(f'<div class="own" dir="auto">{escaped}</div>') == 1
            if path != LIST:
                assert field(page) == HOSTILE


@pytest.mark.parametrize("path", ["/en/courses/short/check", "/en/courses/short/none", "/en/courses/none/first"])
def test_there_are_notes_on_lessons_alone(reader: FlaskClient, session: Session, path: str) -> None:
    fields = fields_of(reader.get(LESSON), f"{LESSON}#my_note")
    assert reader.post(path, data=fill_in(fields, {"note": "One", "bookmark": "1"})).status_code in {200, 404}
    data = fill_in(fields.copy(), {"unit": "check"})
    assert reader.post("/en/courses/short/enrol", data=data).location == "/en/courses/short/check"
    assert stored(session) == []


def test_fields_of_a_forged_form_are_read_as_nothing(reader: FlaskClient, session: Session) -> None:
    token = fields_of(reader.get(LESSON), f"{LESSON}#my_note")["csrf_token"]
    assert reader.post(LESSON, data={"csrf_token": token}).status_code == 303
    assert stored(session) == []
    write(reader, "One")
    forged = MultiDict({"csrf_token": token, "note": "Two", "based_on": "x" * 5000})
    assert reader.post(LESSON, data=forged).status_code == 409
    assert stored(session) == [("One", False)]
