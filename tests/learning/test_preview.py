"""Authors rely on: a saved file is seen at once, with its mistakes beside the page; nobody else sees drafts."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearning.content.load import load_draft
from elearning.translations.catalogue import COURSES
from elearning.translations.current import load_translations
from tests.browser_without_scripts import sign_in
from tests.content.projects import COURSE, DECISION, LESSON, PLACEMENT, QUIZ, write_project

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
    assert "<code>courses/short/01-first.md:6</code>" in page
    assert "<code>courses/short/01-first.md:19</code>" in page
    assert "<code>courses/short/course.yaml:4</code>" in page
    assert "<script>alert" not in page


def test_a_placement_quiz_is_seen_too_with_its_mistakes(author: FlaskClient, project: Path) -> None:
    write_project(project, placement=PLACEMENT.replace("covers: [first]", "covers: [gone]", 1))
    assert 'href="/en/preview/short/placement"' in author.get("/en/preview/short/").text
    page = author.get("/en/preview/short/placement").text
    assert "What comes first?" in page
    assert "<code>courses/short/placement.yaml:7</code>" in page


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("verdict: sound", "verdict: splendid"),
        ("id: unload", "id: ask"),
        ("question: What do you do?\n", ""),
        ("options:", "x:"),
    ],
)
def test_a_decision_with_a_mistake_breaks_no_page(author: FlaskClient, project: Path, old: str, new: str) -> None:
    write_project(project, trucks=DECISION.replace(old, new))
    page = author.get("/en/preview/short/first")
    assert page.status_code == 200
    assert "<code>courses/short/decisions/trucks.yaml:" in page.text
    assert "Each <a" in page.text


def test_a_file_that_cannot_be_read_at_all_shows_why(author: FlaskClient, project: Path) -> None:
    write_project(project, **{"01_first": "nothing of use"})
    page = author.get("/en/preview/short/first")
    assert page.status_code == 200
    assert "found no front matter" in page.text


def text_of(html: str) -> str:
    """Return what is read on a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", html, flags=re.DOTALL)).strip()


def test_a_quiz_is_shown_with_what_is_right_and_what_learners_are_told(author: FlaskClient, project: Path) -> None:
    write_project(project, **{"02_check": QUIZ.replace("pass_percent: 60", "pass_percent: 60\nattempts: 3")})
    page = author.get("/en/preview/short/check").text
    shown = text_of(page[page.index("<article") : page.index("</article>")])
    assert shown == (
        "Check Two minutes. 4 minutes Pass mark: 60% 3 attempts in 24 hours"
        " 1 Which? one This Right Yes. That Not right No."
        " 2 Which ones? many Choose all that are right. This Right Yes. That Right Yes. Other Not right No."
        " 3 In which order? row Give each item its place: 1 comes first. First Second Third Right Yes. Not right No."
        " 4 What belongs together? pairs Choose for each line what belongs to it. One Uno Two Dos"
        " Right Yes. Not right No."
        " 5 How many? number 271 ± 0.5 people Right Yes. Not right No."
    )


def test_a_quiz_with_mistakes_is_shown_as_far_as_it_can_be_read(author: FlaskClient, project: Path) -> None:
    broken = (
        QUIZ.replace("type: single", "type: guess").replace("answer: 271", "answer: NaN").replace("id: x", "id: ''")
    )
    write_project(project, **{"02_check": broken})
    page = author.get("/en/preview/short/check")
    assert page.status_code == 200
    assert "found &#39;NaN&#39; as &#39;answer&#39;, expected a number such as 12 or 0.5" in page.text
    assert "Which ones?" in page.text


@pytest.mark.parametrize("unit", ["first", "check"])
def test_a_catalogue_that_cannot_be_read_is_told_beside_the_page_in_english(
    author: FlaskClient, app: Flask, project: Path, unit: str
) -> None:
    catalogue = project / "translations/ar/LC_MESSAGES/courses.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("msgid broken\n", encoding="utf-8")
    app.extensions["elearning_load_translations"] = lambda language: load_translations(project, language, COURSES)
    page = author.get(f"/ar/preview/short/{unit}")
    assert page.status_code == 200
    assert "<code>translations/ar/LC_MESSAGES/courses.po:1</code> This PO file cannot be read" in page.text
    assert '<h1 lang="en" dir="ltr">' in page.text
    assert "courses.po" not in author.get(f"/en/preview/short/{unit}").text


def test_what_nobody_foresaw_is_told_beside_the_page(author: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr("elearning.content.render.draw", fail)
    page = author.get("/en/preview/short/first")
    assert page.status_code == 200
    assert "this page cannot be shown: RuntimeError(&#39;nobody foresaw this&#39;)" in page.text


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
