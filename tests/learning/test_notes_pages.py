"""Readers rely on: a note is theirs alone, stays as they wrote it, and whatever they typed is never lost."""

import html
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import markdown
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from elearning.content.publish import publish_courses
from elearning.content.store import Store
from elearning.core import clock
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
from tests.content.projects import LESSON as TEXT_OF_LESSON
from tests.content.projects import Echo

pytestmark = pytest.mark.usefixtures("demo_people", "small_course")
LESSON, LIST, DOWNLOAD = "/en/courses/short/first", "/en/my-learning/notes", "/en/my-learning/notes.md"
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


def write(client: FlaskClient, text: str, lesson: str = LESSON) -> TestResponse:
    return send(client, lesson, f"{lesson}#my_note", note=text)


def field(page: TestResponse) -> str:
    return fields_of_form(page, "note_form")["note"].replace("\r\n", "\n")


def stored(session: Session) -> list[tuple[str, bool]]:
    session.expire_all()
    found = session.scalars(select(LessonNote).order_by(LessonNote.id)).all()
    session.commit()
    return [(row.text, row.bookmarked) for row in found]


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


# Nobody reads what another wrote.


@pytest.fixture
def readers(app: Flask) -> list[FlaskClient]:
    """Three people with the same progress, who are shown the same page but for what is their own."""
    found = []
    for role in ("learner", "trainer", "partner"):
        client = app.test_client()
        sign_in(client, f"{role}@example.org")
        send(client, "/en/courses/short/", "/en/courses/short/enrol")
        client.get("/en/")
        found.append(client)
    return found


def test_nobody_ever_sees_the_note_of_another(app: Flask, readers: list[FlaskClient]) -> None:
    guest = app.test_client()
    secrets = ["first secret", "second secret", ""]
    for client, secret in zip(readers, secrets, strict=True):
        write(client, secret)
    for _ in range(3):
        for own, client in enumerate(readers):
            for path in (LESSON, "/ar/courses/short/first", f"{LESSON}?query=1", LIST, DOWNLOAD):
                page = client.get(path).text
                assert [secret in page for secret in secrets[:2]] == [own == 0, own == 1]
        assert "secret" not in guest.get(LESSON).text


def test_no_page_that_is_remembered_holds_a_word_of_anybody(app: Flask, readers: list[FlaskClient]) -> None:
    for client in readers:
        write(client, "secret")
        client.post(LESSON, data=fill_in(fields_of(client.get(LESSON), f"{LESSON}#my_note"), {"bookmark": "1"}))
    before = len(app.extensions["elearning_pages"])
    pages = [client.get(LESSON).text for client in readers]
    assert len(app.extensions["elearning_pages"]) == before + 1  # one page for the three of them
    assert [page.count("secret") for page in pages] == [2, 2, 2]
    assert "secret" not in str(app.extensions["elearning_pages"].values())


def test_a_note_that_is_changed_or_removed_is_seen_at_once(reader: FlaskClient) -> None:
    shown = []
    for text in ("One", "Two", "", "Three"):
        write(reader, text)
        shown.append(field(reader.get(LESSON)))
    assert shown == ["One", "Two", "", "Three"]


def test_the_address_on_paper_is_that_of_the_asker(client: FlaskClient) -> None:
    for host in ("learn.example.org", "elsewhere.example", "learn.example.org"):
        page = client.get(LESSON, base_url=f"http://{host}").text
        assert f'<p class="printed"><bdi>http://{host}{LESSON}</bdi> · <bdi>English</bdi></p>' in page


def test_nobody_can_write_for_another(app: Flask, readers: list[FlaskClient]) -> None:
    one, two, _three = readers
    theirs = fields_of(one.get(LESSON), f"{LESSON}#my_note")
    assert two.post(LESSON, data=fill_in(theirs, {"note": "Forged"})).status_code == 400
    with app.app_context():
        assert stored(db.session()) == []


# The page of all notes, and the text to take along.


def republish(project: Path, settings: Settings) -> None:
    with Store(settings.store_dir).publication() as publication:
        publish_courses(project, publication, lambda _language: Echo())


@pytest.fixture
def library(small_course: Path, settings: Settings) -> Path:
    """Two courses of three lessons."""
    course = small_course / "courses/short"
    for number, name in ((3, "third"), (4, "fourth")):
        text = TEXT_OF_LESSON.replace("The first lesson", f"The {name} lesson")
        (course / f"{number:02}-{name}.md").write_text(text, encoding="utf-8")
    other = shutil.copytree(course, small_course / "courses/another")
    text = (other / "course.yaml").read_text(encoding="utf-8")
    (other / "course.yaml").write_text(text.replace("A short course", "Another *course*"), encoding="utf-8")
    republish(small_course, settings)
    return small_course


def headings(page: str) -> list[str]:
    found = [line for line in page.splitlines() if line.startswith(("<h2", "<h3"))]
    return [html.unescape("".join(part.partition(">")[2] for part in line.split("<"))) for line in found]


def test_who_keeps_nothing_is_told_what_to_do(reader: FlaskClient) -> None:
    page = reader.get(LIST).text
    assert "You have no notes or bookmarks yet." in page
    assert 'href="/en/courses/"' in page
    assert "notes.md" not in page
    assert LIST not in reader.get("/en/my-learning").text
    assert f'href="{LIST}"' in reader.get(LESSON).text


@pytest.mark.usefixtures("library")
def test_all_is_listed_by_course_and_in_the_order_of_lessons(reader: FlaskClient) -> None:
    for lesson in ("short/fourth", "another/third", "short/first", "another/first"):
        write(reader, f"On {lesson}", f"/en/courses/{lesson}")
    send(reader, "/en/courses/short/third", "/en/courses/short/third#my_note", bookmark="1")
    page = reader.get(LIST).text
    assert headings(page) == [
        "A short course", "The first lesson", "The third lesson", "The fourth lesson",
        "Another *course*", "The first lesson", "The third lesson",
    ]  # fmt: skip
    assert 'href="/en/courses/short/fourth#my_note"' in page
    assert 'href="/en/courses/short/third"' in page
    assert page.count("Bookmarked") == 1
    assert page.count("Last changed on ") == 5
    assert f'href="{LIST}"' in reader.get("/en/my-learning").text


def test_what_is_gone_is_still_shown_and_can_be_removed(
    reader: FlaskClient, library: Path, settings: Settings, session: Session
) -> None:
    for lesson in ("short/first", "short/third", "another/first"):
        write(reader, f"On {lesson}", f"/en/courses/{lesson}")
    (library / "courses/short/03-third.md").unlink()
    shutil.rmtree(library / "courses/another")
    republish(library, settings)
    page = reader.get(LIST).text
    assert headings(page) == ["A short course", "The first lesson", "third", "another", "first"]
    assert page.count("This lesson can no longer be opened.") == 2
    assert [f"On {lesson}" in page for lesson in ("short/first", "short/third", "another/first")] == [True] * 3
    assert "/en/courses/another" not in page
    text = reader.get(DOWNLOAD).text
    assert "### third\n\nLast changed on " in text
    assert "\n    On another/first\n" in text
    send(reader, LIST, "/en/my-learning/notes/remove")
    assert stored(session) == [("On short/first", False), ("On another/first", False)]


def test_a_lesson_of_the_version_that_somebody_is_enrolled_in_is_not_gone(
    reader: FlaskClient, library: Path, settings: Settings
) -> None:
    send(reader, "/en/courses/short/", "/en/courses/short/enrol")
    write(reader, "Still here", "/en/courses/short/third")
    (library / "courses/short/03-third.md").unlink()
    republish(library, settings)
    page = reader.get(LIST).text
    assert headings(page) == ["A short course", "The third lesson"]
    assert "no longer" not in page
    assert "Still here" in reader.get("/en/courses/short/third").text


@pytest.mark.usefixtures("library")
def test_the_text_to_take_along_is_whole(reader: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 1, 23, tzinfo=UTC))
    write(reader, "One\r\n\r\n\ttwo: سؤال", "/en/courses/another/first")
    send(reader, "/en/courses/short/first", "/en/courses/short/first#my_note", bookmark="1")
    answer = reader.get(DOWNLOAD)
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="notes-2026-03-01.md"'
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.get_data().decode("utf-8") == (
        "# My notes and bookmarks\n\n"
        "## A short course\n\n"
        "### The first lesson\n\n"
        "**Bookmarked**\n\n"
        "Last changed on March 1, 2026\n\n"
        "<http://localhost/en/courses/short/first>\n\n"
        "## Another \\*course\\*\n\n"
        "### The first lesson\n\n"
        "Last changed on March 1, 2026\n\n"
        "<http://localhost/en/courses/another/first>\n\n"
        "    One\n\n    \ttwo: سؤال\n"
    )


def test_the_text_to_take_along_of_who_keeps_nothing_says_so(reader: FlaskClient) -> None:
    assert reader.get(DOWNLOAD).text == "# My notes and bookmarks\n\nYou have no notes or bookmarks yet.\n"


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\n\n", "\n\n\n"])
def test_no_text_breaks_out_of_the_file(reader: FlaskClient, breaks: str) -> None:
    lines = ["# A heading", "    ```", "> quoted", "<script>alert(1)</script>", "[a](javascript:alert(1))", "\u202e---"]
    write(reader, breaks.join(["", *lines, ""]))
    found = reader.get(DOWNLOAD).text
    own = [line for line in found.splitlines() if any(part in line for part in lines)]
    assert own == ["    " + line for line in lines]
    shown = markdown.markdown(found)
    assert [shown.count(tag) for tag in ("<h1", "<h2", "<h3")] == [1, 1, 1]
    assert shown.count("<pre><code>") == 1
    assert "<script" not in shown
    assert "javascript:" in shown.partition("<pre>")[2]


@pytest.mark.parametrize("path", [LIST, DOWNLOAD])
def test_guests_are_asked_to_sign_in(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.location) == (302, f"/en/sign-in?next={path}")


def test_fields_of_a_forged_form_are_read_as_nothing(reader: FlaskClient, session: Session) -> None:
    token = fields_of(reader.get(LESSON), f"{LESSON}#my_note")["csrf_token"]
    assert reader.post(LESSON, data={"csrf_token": token}).status_code == 303
    assert stored(session) == []
    write(reader, "One")
    forged = MultiDict({"csrf_token": token, "note": "Two", "based_on": "x" * 5000})
    assert reader.post(LESSON, data=forged).status_code == 409
    assert stored(session) == [("One", False)]
