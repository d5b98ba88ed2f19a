"""Readers rely on: all that they keep stands on one page, in order, and can be taken along as a text."""

import html
import shutil
from datetime import UTC, datetime
from pathlib import Path

import markdown
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from elearning.content.publish import publish_courses
from elearning.content.store import Store
from elearning.core import clock
from elearning.core.settings import Settings
from tests.browser_without_scripts import (
    send,
    sign_in,
)
from tests.content.projects import LESSON as TEXT_OF_LESSON
from tests.content.projects import Echo
from tests.learning.notes import DOWNLOAD, LESSON, LIST, stored, write

pytestmark = pytest.mark.usefixtures("demo_people", "small_course")


@pytest.fixture
def reader(client: FlaskClient) -> FlaskClient:
    """Somebody signed in, not enrolled in anything."""
    sign_in(client, "learner@example.org")
    return client


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
        "Another *course*", "The first lesson", "The third lesson",
        "A short course", "The first lesson", "The third lesson", "The fourth lesson",
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
        "## Another \\*course\\*\n\n"
        "### The first lesson\n\n"
        "Last changed on March 1, 2026\n\n"
        "<http://localhost/en/courses/another/first>\n\n"
        "    One\n\n    \ttwo: سؤال\n\n"
        "## A short course\n\n"
        "### The first lesson\n\n"
        "**Bookmarked**\n\n"
        "Last changed on March 1, 2026\n\n"
        "<http://localhost/en/courses/short/first>\n"
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
