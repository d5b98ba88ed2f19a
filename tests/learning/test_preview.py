"""Authors rely on: a saved file is seen at once, with its mistakes beside the page; nobody else sees drafts."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearning.content.load import load_draft
from tests.browser_without_scripts import sign_in
from tests.content.projects import COURSE, LESSON, write_project

pytestmark = pytest.mark.usefixtures("demo_people")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The author's folder."""
    return write_project(tmp_path / "project")


@pytest.fixture
def app(app: Flask, project: Path) -> Flask:
    """The application, with the author's folder."""
    app.config["PROJECT_DIR"] = project
    return app


@pytest.fixture
def author(client: FlaskClient) -> FlaskClient:
    """An author at work."""
    sign_in(client, "author@example.org")
    return client


def test_a_saved_lesson_is_seen_at_once(author: FlaskClient, project: Path) -> None:
    assert "Each <a" in author.get("/en/preview/short/first").text
    stamp = author.get("/en/preview/stamp").text
    write_project(project, **{"01_first": LESSON.replace("has its work", "has its own work")})
    assert "has its own work" in author.get("/en/preview/short/first").text
    assert author.get("/en/preview/stamp").text != stamp


def test_mistakes_stand_beside_the_page(author: FlaskClient, project: Path) -> None:
    broken = LESSON.replace("lesson:check", "lesson:gone") + "\n<script>alert(1)</script>\n"
    write_project(project, course=COURSE.replace("introductory", "hard"), **{"01_first": broken})
    page = author.get("/en/preview/short/first").text
    assert "<code>courses/short/01-first.md:5</code>" in page
    assert "<code>courses/short/01-first.md:14</code>" in page
    assert "<code>courses/short/course.yaml:4</code>" in page
    assert "<script>alert" not in page


def test_a_file_that_cannot_be_read_at_all_shows_why(author: FlaskClient, project: Path) -> None:
    write_project(project, **{"01_first": "nothing of use"})
    page = author.get("/en/preview/short/first")
    assert page.status_code == 200
    assert "found no front matter" in page.text


@pytest.mark.parametrize(
    "address", ["/en/preview/", "/en/preview/short/", "/en/preview/short/first", "/en/preview/stamp"]
)
def test_drafts_are_for_authors(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 302
    sign_in(client, "learner@example.org")
    assert client.get(address).status_code == 403


def test_nothing_outside_the_courses_is_read(author: FlaskClient, project: Path) -> None:
    assert author.get("/en/preview/none/").status_code == 404
    assert load_draft(project, "..") is None
    assert load_draft(project, "short/../../courses/short") is None
