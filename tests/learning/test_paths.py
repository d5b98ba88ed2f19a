"""People rely on: a path tells what to take next, from what they have done in all rooms, and locks nothing."""

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.content.load import load_library
from elearning.content.publish import publish_courses
from elearning.content.store import Store
from elearning.core.repeats import added
from elearning.core.settings import Settings
from elearning.learning.models import PathChoice
from tests.browser_without_scripts import fields_of, send, sign_in
from tests.content.projects import COURSE, Echo, write_project
from tests.learning.test_pages import counted

pytestmark = pytest.mark.usefixtures("demo_people")
PATHS = """\
paths:
  - id: newcomer
    title: Newcomer
    summary: Begin here.
    audience: [staff]
    steps:
      - {course: short, why: The basis.}
      - {one_of: [second, third], why: Choose.}
  - id: other
    title: Other
    summary: Another way.
    audience: [government]
    steps:
      - {course: second, why: Only this.}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = write_project(tmp_path / "project")
    without_aims = COURSE[: COURSE.index("objectives")]
    for name, more in (("second", "prerequisites: [short]\n"), ("third", "")):
        folder = project / "courses" / name
        folder.mkdir()
        text = without_aims.replace("A short course", f"The {name} course")
        (folder / "course.yaml").write_text(text + more, encoding="utf-8")
        lesson = "---\ntitle: One\nsummary: One.\n---\n" + "Word.\n\n" * 720
        (folder / "01-one.md").write_text(lesson, encoding="utf-8")
    (project / "courses" / "paths.yaml").write_text(PATHS, encoding="utf-8")
    return project


@pytest.fixture
def served(project: Path, settings: Settings) -> None:
    with Store(settings.store_dir).publication() as publication:
        assert publish_courses(project, publication, lambda _language: Echo()).problems == ()


@pytest.fixture
def learner(client: FlaskClient, request: pytest.FixtureRequest) -> FlaskClient:
    request.getfixturevalue("served")
    sign_in(client, "learner@example.org")
    return client


@pytest.mark.usefixtures("served")
def test_a_guest_sees_the_paths_with_the_least_time_they_take(client: FlaskClient) -> None:
    page = client.get("/en/paths/").text
    assert ">9 minutes</span> or more" in page  # five of the small course, four of either of the others
    assert 'href="/en/paths/newcomer"' in page
    one = client.get("/en/paths/newcomer").text
    assert "Choose one" in one
    assert "Sign in to follow this path" in one


def test_the_time_of_a_path_is_what_is_left_of_it(learner: FlaskClient) -> None:
    send(learner, "/en/courses/short/", "/en/courses/short/enrol")
    assert ">5 minutes</span> left" in learner.get("/en/paths/newcomer").text
    send(learner, "/en/courses/short/first", "/en/courses/short/first/done")
    for address in ("/en/paths/newcomer", "/en/courses/short/"):
        assert ">4 minutes</span> left" in learner.get(address).text
    assert ">8 minutes</span> or more left" in learner.get("/en/paths/").text
    send(learner, "/en/courses/second/", "/en/courses/second/enrol")
    send(learner, "/en/courses/second/one", "/en/courses/second/one/done")
    page = learner.get("/en/paths/newcomer").text
    assert ">4 minutes</span> or more left" in page  # one of two courses is enough, and it is done
    assert "<small>Done</small>" in page


def test_my_learning_shows_the_next_step_of_the_path_that_is_followed(learner: FlaskClient, session: Session) -> None:
    assert 'href="/en/paths/"' in learner.get("/en/my-learning").text
    page = send(learner, "/en/paths/newcomer", "/en/paths/newcomer/follow")
    assert "You follow this path." in page.text
    assert "A short course" in learner.get("/en/my-learning").text
    send(learner, "/en/courses/second/", "/en/courses/second/enrol")
    send(learner, "/en/courses/second/one", "/en/courses/second/one/done")
    page = learner.get("/en/paths/newcomer")
    assert "1 of 2 steps done" in page.text
    assert session.scalars(select(PathChoice.path)).all() == ["newcomer"]


def test_one_path_at_a_time_and_none_after_leaving(learner: FlaskClient, session: Session) -> None:
    send(learner, "/en/paths/newcomer", "/en/paths/newcomer/follow")
    send(learner, "/ar/paths/other", "/ar/paths/other/follow")
    assert session.scalars(select(PathChoice.path)).all() == ["other"]
    send(learner, "/en/paths/other", "/en/paths/other/leave")
    session.expire_all()
    assert session.scalars(select(PathChoice.path)).all() == []


def test_a_path_left_in_one_tab_while_another_follows_is_followed(
    learner: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    def too_late(session: Session, row: PathChoice) -> bool:
        tries.append(row.path)
        return len(tries) > 1 and added(session, row)  # the first finds a row that has gone when it is looked for

    monkeypatch.setattr("elearning.learning.services.paths.added", too_late)
    send(learner, "/en/paths/newcomer", "/en/paths/newcomer/follow")
    assert tries == ["newcomer", "newcomer"]
    assert session.scalars(select(PathChoice.path)).all() == ["newcomer"]


def test_a_path_that_left_service_can_still_be_left(
    learner: FlaskClient, session: Session, project: Path, settings: Settings
) -> None:
    send(learner, "/en/paths/newcomer", "/en/paths/newcomer/follow")
    fields = fields_of(learner.get("/en/paths/newcomer"), "/en/paths/newcomer/leave")
    (project / "courses" / "paths.yaml").write_text("paths: []\n", encoding="utf-8")
    with Store(settings.store_dir).publication() as publication:
        publish_courses(project, publication, lambda _language: Echo())
    answer = learner.post("/en/paths/newcomer/leave", data=fields, follow_redirects=True)
    assert answer.status_code == 200
    assert "No path is published yet." in answer.text
    assert session.scalars(select(PathChoice.path)).all() == []


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("address", ["/en/paths/none", "/ar/paths/none"])
def test_a_path_that_is_not_there(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("course: short", "course: gone", (7, "step")),
        ("[second, third]", "[second, gone]", (8, "step")),
        ("course: short,", "case: gone,", (7, "step")),
        ("course: short,", "course: short, case: gone,", (7, "step")),
        ("course: short, ", "", (7, "step")),
        ("audience: [staff]", "audience: [tourists]", (5, "value")),
        ("id: other", "id: newcomer", (9, "duplicate-id")),
        ("    summary: Begin here.\n", "", (2, "missing")),
        ("why: The basis.", "because: x", (7, "unknown-key")),
        ("- {course: short, why: The basis.}\n      - {one_of: [second, third], why: Choose.}", "[]", (2, "too-few")),
    ],
)
def test_each_mistake_in_the_paths_is_named_with_its_place(
    project: Path, old: str, new: str, expected: tuple[int, str]
) -> None:
    assert old in PATHS
    (project / "courses" / "paths.yaml").write_text(PATHS.replace(old, new), encoding="utf-8")
    result = load_library(project)
    assert expected in [(problem.line, problem.rule) for problem in result.errors]
    assert {problem.path for problem in result.errors} == {"courses/paths.yaml"}
    assert len(result.library.courses) == 3


def test_a_course_before_what_it_asks_for_is_told(project: Path) -> None:
    found = [str(problem) for problem in load_library(project, judged=True).problems if problem.rule == "path-order"]
    assert found == [
        "courses/paths.yaml:14: found 'second' in the path 'other' without 'short' before it, which it asks for first"
    ]


def test_broken_paths_leave_the_last_good_ones_in_service(
    project: Path, settings: Settings, client: FlaskClient
) -> None:
    for text in (PATHS, PATHS.replace("course: short", "course: gone")):
        (project / "courses" / "paths.yaml").write_text(text, encoding="utf-8")
        with Store(settings.store_dir).publication() as publication:
            publish_courses(project, publication, lambda _language: Echo())
    assert "Newcomer" in client.get("/en/paths/").text


def test_a_path_of_which_nothing_is_published_is_not_called_done(
    learner: FlaskClient, project: Path, settings: Settings
) -> None:
    send(learner, "/en/paths/other", "/en/paths/other/follow")
    shutil.rmtree(project / "courses/second")
    with Store(settings.store_dir).publication() as publication:
        publish_courses(project, publication, lambda _language: Echo())
    page = learner.get("/en/my-learning").text
    assert "Other" in page
    assert "All steps are done." not in page
    assert learner.get("/en/paths/other").status_code == 200
    assert learner.get("/en/paths/").status_code == 200


def test_the_records_of_a_reader_are_read_once_for_all_paths(learner: FlaskClient) -> None:
    send(learner, "/en/courses/short/", "/en/courses/short/enrol")
    send(learner, "/en/courses/second/", "/en/courses/second/enrol")
    with counted() as for_one:
        learner.get("/en/paths/other")
    with counted() as for_all:
        learner.get("/en/paths/")
    assert len(for_all) == len(for_one)
