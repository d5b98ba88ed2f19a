"""Learners rely on: lessons for everybody, progress and place kept in any language, every answer counted once."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from elearning.app import create_app
from elearning.content.publish import Translations, publish_courses
from elearning.content.published import Catalogue
from elearning.content.store import Store
from elearning.core.settings import Settings
from elearning.learning.models import Enrolment, QuizAttempt
from tests.browser_without_scripts import fields_of, fill_in, send, sign_in
from tests.content.projects import QUIZ as TEXTS_OF_QUIZ
from tests.content.projects import Echo, write_project

pytestmark = pytest.mark.usefixtures("demo_people", "small_course")
ECHO = Echo()
LESSON, QUIZ = "/en/courses/short/first", "/en/courses/short/check"
RIGHT: dict[str, Any] = {
    "q-one": "a",
    "q-many": ["a", "b"],
    "q-row-x": "1",
    "q-row-y": "2",
    "q-row-z": "3",
    "q-pairs-x": "x",
    "q-pairs-y": "y",
    "q-number": "271",
}


@pytest.fixture
def learner(client: FlaskClient) -> FlaskClient:
    """Somebody signed in, enrolled in the small course."""
    sign_in(client, "learner@example.org")
    send(client, "/en/courses/short/", "/en/courses/short/enrol")
    return client


def test_a_guest_reads_a_lesson_and_is_told_how_to_keep_progress(client: FlaskClient) -> None:
    page = client.get("/en/courses/short/first")
    assert page.status_code == 200
    assert "Each <a" in page.text
    assert "Sign in" in page.text


@pytest.mark.parametrize("address", ["/en/courses/none/", "/en/courses/short/none", "/ar/courses/none/first"])
def test_what_does_not_exist_is_a_page_with_a_way_back(client: FlaskClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 404
    assert f'href="/{address[1:3]}/"' in page.text


def test_a_guest_who_opens_a_quiz_comes_back_to_it_after_signing_in(client: FlaskClient) -> None:
    asked = client.get(QUIZ)
    assert asked.status_code == 302
    page = send(client, asked.location, "/en/sign-in", email="learner@example.org", password="demo-password")
    assert page.request.path == QUIZ
    assert "Enrol in the course to answer" in page.text


def test_done_lessons_and_passed_quizzes_complete_the_course(learner: FlaskClient, session: Session) -> None:
    page = send(learner, LESSON, f"{LESSON}/done")
    assert page.request.path == QUIZ
    page = send(learner, QUIZ, **RIGHT)
    assert "You passed." in page.text
    enrolment = session.scalars(select(Enrolment)).one()
    assert (enrolment.units_done, enrolment.units_total) == (2, 2)
    assert enrolment.completed_at is not None
    assert "Completed on" in learner.get("/en/my-learning").text


def test_my_learning_leads_back_to_where_one_was_in_the_language_of_the_page(learner: FlaskClient) -> None:
    learner.get(QUIZ)
    assert 'href="/en/courses/short/check"' in learner.get("/en/my-learning").text
    assert 'href="/ar/courses/short/check"' in learner.get("/ar/my-learning").text


def test_what_is_done_already_is_not_what_to_continue_with(learner: FlaskClient) -> None:
    send(learner, QUIZ, **RIGHT)
    learner.get(QUIZ)  # looked at again: the place where the reader was
    assert f'href="{LESSON}">Continue' in learner.get("/en/my-learning").text
    assert f'href="{LESSON}">Continue' in learner.get("/en/courses/short/").text


def test_one_enrolment_and_one_place_in_all_languages(learner: FlaskClient, session: Session) -> None:
    learner.get(LESSON)
    learner.get("/ar/courses/short/check")
    send(learner, "/fr/courses/short/first", "/fr/courses/short/first/done")
    enrolment = session.scalars(select(Enrolment)).one()
    assert (enrolment.place, enrolment.language, enrolment.units_done) == ("check", "fr", 1)


@pytest.mark.parametrize("note", ["", "Something to remember"])
def test_reading_on_in_the_same_lesson_is_one_statement(learner: FlaskClient, note: str) -> None:
    send(learner, LESSON, f"{LESSON}#my_note", note=note)
    assert note in learner.get(LESSON).text
    with counted() as statements:
        assert learner.get(LESSON).status_code == 200
    assert len(statements) == 1


class counted:  # noqa: N801 - reads as a word in the test above
    """Collects the statements that SQLite is given, whoever sends them."""

    def __enter__(self) -> list[str]:
        self._found: list[str] = []
        event.listen(Pool, "checkout", self._watch)
        return self._found

    def _watch(self, connection: Any, *_others: Any) -> None:
        connection.set_trace_callback(self._found.append)

    def __exit__(self, *_raised: object) -> None:
        event.remove(Pool, "checkout", self._watch)
        self._found[:] = [statement for statement in self._found if not statement.startswith(("BEGIN", "ROLLBACK"))]


def test_a_form_sent_twice_is_one_attempt(learner: FlaskClient, session: Session) -> None:
    fields = fields_of(learner.get(QUIZ), QUIZ)
    for name, value in RIGHT.items():
        fields.setlist(name, value if isinstance(value, list) else [value])
    first, second = learner.post(QUIZ, data=fields), learner.post(QUIZ, data=fields)
    assert first.location == second.location
    assert len(session.scalars(select(QuizAttempt)).all()) == 1


def test_going_back_and_handing_in_other_answers_is_a_new_attempt(learner: FlaskClient, session: Session) -> None:
    fields = fields_of(learner.get(QUIZ), QUIZ)
    wrong = learner.post(QUIZ, data=fill_in(fields.copy(), RIGHT | {"q-one": "b", "q-number": "1", "q-many": ["c"]}))
    right = learner.post(QUIZ, data=fill_in(fields.copy(), RIGHT))

    assert [attempt.percent for attempt in session.scalars(select(QuizAttempt)).all()] == [40, 100]
    assert right.location != wrong.location
    assert "You passed." in learner.get(right.location).text
    assert "Not passed yet." in learner.get(wrong.location).text


def republish(project: Path, settings: Settings, translations: Translations = ECHO) -> None:
    """Put the courses of a project in service as they stand now."""
    with Store(settings.store_dir).publication() as publication:
        publish_courses(project, publication, lambda _language: translations)


def test_an_attempt_is_shown_in_its_course_alone(learner: FlaskClient, small_course: Path, settings: Settings) -> None:
    address = send(learner, QUIZ, **RIGHT).request.path
    shutil.copytree(small_course / "courses/short", small_course / "courses/other")
    republish(small_course, settings)
    assert learner.get("/en/courses/other/").status_code == 200
    assert learner.get(address).status_code == 200
    assert learner.get(address.replace("/short/", "/other/")).status_code == 404
    assert learner.get(address.replace("/check/", "/first/")).status_code == 404


def test_an_attempt_is_shown_against_its_own_version_or_not_at_all(
    learner: FlaskClient, small_course: Path, settings: Settings
) -> None:
    address = send(learner, QUIZ, **(RIGHT | {"q-one": "b"})).request.path
    assert address in learner.get(QUIZ).text
    (version,) = (settings.store_dir / "courses/short").iterdir()
    write_project(small_course, **{"02_check": TEXTS_OF_QUIZ.replace("That, feedback: No.", "That, feedback: New.")})
    republish(small_course, settings)
    page = learner.get(address).text
    assert "No." in page
    assert "New." not in page
    shutil.rmtree(version)
    fresh = create_app(settings).test_client()  # a process that remembers nothing of the store
    sign_in(fresh, "learner@example.org")
    assert fresh.get(address).status_code == 404
    assert address not in fresh.get(QUIZ).text


def test_a_lesson_read_while_its_course_is_published_is_not_remembered_with_old_titles(
    client: FlaskClient, small_course: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Catalogue.course

    def published_in_between(*arguments: Any, **named: Any) -> Any:
        course = found(*arguments, **named)
        monkeypatch.undo()
        republish(small_course, settings, Renamed())
        return course

    monkeypatch.setattr(Catalogue, "course", published_in_between)
    assert client.get("/ar/courses/short/first").status_code == 200
    assert "A NEW COURSE" in client.get("/ar/courses/short/first").text


class Reviewed(Echo):
    """Translations that a person has reviewed, save those it is told to leave out."""

    def is_reviewed(self, _context: str, text: str) -> bool:
        """Tell whether a text is not one of those left out."""
        return text not in self._left_out


PAGES = ["/ar/courses/short/", "/ar/courses/short/first", "/ar/courses/short/check", "/ar/glossary"]


@pytest.mark.parametrize("address", PAGES)
def test_what_a_person_has_reviewed_is_no_draft(
    learner: FlaskClient, small_course: Path, settings: Settings, address: str
) -> None:
    assert "The translation is a draft: no person has reviewed it yet." in learner.get(address).text
    republish(small_course, settings, Reviewed())
    assert "The translation is a draft" not in learner.get(address).text


@pytest.mark.parametrize("address", PAGES)
def test_what_a_person_has_reviewed_in_part_says_how_much(
    learner: FlaskClient, small_course: Path, settings: Settings, address: str
) -> None:
    republish(small_course, settings, Reviewed("Heading", "Phase"))
    share = "50" if address == "/ar/glossary" else "98"  # one text of 2, and one of 65
    note = f'<p class="muted">The translation is a draft: a person has reviewed {share}'
    assert learner.get(address).text.count(note) == 1


def test_a_title_in_english_is_marked_so_inside_a_sentence(
    learner: FlaskClient, small_course: Path, settings: Settings
) -> None:
    republish(small_course, settings, Echo("The first lesson", "Check"))
    learner.get("/ar/courses/short/first")
    for address in ("/ar/", "/ar/my-learning"):
        page = learner.get(address).text
        assert '"/ar/courses/short/first">Continue: <span lang="en" dir="ltr">The first lesson</span></a>' in page


class Renamed(Echo):
    """Translations that give the course another title."""

    def find(self, context: str, text: str) -> str | None:
        """Translate."""
        return "A NEW COURSE" if text == "A short course" else super().find(context, text)


def test_unanswered_questions_are_named_and_answers_kept(learner: FlaskClient, session: Session) -> None:
    page = send(learner, QUIZ, **(RIGHT | {"q-number": "many", "q-row-x": "2", "q-one": []}))
    assert "Nothing was handed in yet" in page.text
    for name in ("one", "number", "row"):
        assert f'<a href="#question-{name}">' in page.text
    assert 'value="many"' in page.text
    assert session.scalars(select(QuizAttempt)).all() == []


def test_switching_the_language_keeps_answers_and_their_order(learner: FlaskClient, session: Session) -> None:
    fields = fields_of(learner.get(QUIZ), QUIZ)
    fields.setlist("q-many", ["b"])
    fields["q-row-x"] = "3"
    fields["switch-language"] = "ar"
    page = learner.post("/ar/courses/short/check", data=fields)
    assert page.status_code == 200
    assert 'lang="ar" dir="rtl"' in page.text
    assert 'value="b" checked' in page.text
    assert '<option value="3" selected>' in page.text
    assert f'value="{fields["key"]}"' in page.text
    assert session.scalars(select(QuizAttempt)).all() == []


def test_results_say_what_was_right_and_why(learner: FlaskClient) -> None:
    page = send(learner, QUIZ, **(RIGHT | {"q-one": "b", "q-many": ["a", "c"]}))
    assert "Not right" in page.text
    assert "60%" in page.text
    assert "You passed." in page.text  # 60 of 100 is the mark


def test_results_are_those_of_the_version_that_was_answered(
    learner: FlaskClient, small_course: Path, settings: Settings
) -> None:
    page = send(learner, QUIZ, **RIGHT)
    write_project(small_course, **{"02_check": TEXTS_OF_QUIZ.replace("text: Which?", "text: Which now?")})
    store = Store(settings.store_dir)
    old = store.current("courses")["short"]
    with store.publication() as publication:
        publish_courses(small_course, publication, lambda _language: Echo())
    assert "Which?" in learner.get(page.request.path).text
    shutil.rmtree(settings.store_dir / "courses/short" / old)
    fresh = create_app(settings).test_client()
    sign_in(fresh, "learner@example.org")
    found = fresh.get(page.request.path)
    assert (found.status_code, "Which now?" in found.text) == (404, False)


def test_nobody_sees_the_results_of_others(learner: FlaskClient) -> None:
    page = send(learner, QUIZ, **RIGHT)
    address = page.request.path
    learner.post("/en/sign-out", data=fields_of(learner.get("/en/"), "/en/sign-out"))
    sign_in(learner, "manager@example.org")
    assert learner.get(address).status_code == 404


def test_answers_sent_after_signing_out_are_kept_and_counted_after_signing_in(
    learner: FlaskClient, session: Session
) -> None:
    fields = fields_of(learner.get(QUIZ), QUIZ)
    for name, value in RIGHT.items():
        fields.setlist(name, value if isinstance(value, list) else [value])
    learner.post("/en/sign-out", data=fields_of(learner.get("/en/"), "/en/sign-out"))
    page = learner.post(QUIZ, data=fields)
    assert page.status_code in {400, 401}
    if page.status_code == 400:  # the page was older than the sign-out: first it is offered again
        page = learner.post(QUIZ, data=fields_of(page, QUIZ))
    again = fields_of(page, "/en/sign-in")
    again["email"], again["password"] = "learner@example.org", "demo-password"
    page = learner.post("/en/sign-in", data=again)
    page = learner.post(QUIZ, data=fields_of(page, QUIZ), follow_redirects=True)
    assert "You passed." in page.text
    assert len(session.scalars(select(QuizAttempt)).all()) == 1


def test_the_survey_of_a_course_is_for_those_who_took_it(learner: FlaskClient) -> None:
    assert learner.get("/en/feedback/course/short").status_code == 200
    assert learner.get("/en/feedback/course/none").status_code == 404


def test_the_glossary_defines_terms(client: FlaskClient) -> None:
    assert '<div id="phase"><dt>' in client.get("/en/glossary").text


def test_a_half_right_answer_says_what_was_missed(learner: FlaskClient) -> None:
    page = send(learner, QUIZ, **(RIGHT | {"q-many": ["a"]})).text
    assert "Partly right" in page
    assert "50% of this question" in page
    assert page.count("Right, but not chosen") == 1


def test_what_was_right_is_not_told_while_a_counted_quiz_is_still_open(
    client: FlaskClient, small_course: Path, settings: Settings
) -> None:
    write_project(small_course, **{"02_check": TEXTS_OF_QUIZ + "attempts: 2\n"})
    republish(small_course, settings)
    sign_in(client, "learner@example.org")
    send(client, "/en/courses/short/", "/en/courses/short/enrol")
    page = send(client, QUIZ, **(RIGHT | {"q-one": "b", "q-many": ["c"], "q-number": "1"})).text
    assert "Not passed yet" in page
    assert "Right, but not chosen" not in page
