"""People rely on: what they say of a course or a page is kept once, can be changed, and reaches the authors."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from elearning.content.publish import publish_courses
from elearning.content.published import Catalogue
from elearning.content.store import Store
from elearning.core.database import db
from elearning.core.settings import Settings
from elearning.exercises.models import Attempt
from elearning.feedback import services
from elearning.feedback.models import ProblemReport, SurveyResponse
from tests.browser_without_scripts import fields_of, fill_in, send, sign_in
from tests.content.projects import LESSON, Echo, write_project

pytestmark = pytest.mark.usefixtures("demo_people", "small_course", "any_database")
SURVEY, REPORT, PROBLEMS = "/en/feedback/course/short", "/en/report-a-problem", "/en/problems/"
Kept = Callable[[type], Sequence[Any]]
AGREED = {"objectives": "5", "relevance": "4", "use": "3", "clarity": "2"}


@pytest.fixture
def learner(client: FlaskClient) -> FlaskClient:
    """Somebody who is enrolled in the small course."""
    sign_in(client, "learner@example.org")
    send(client, "/en/courses/short/", "/en/courses/short/enrol")
    return client


@pytest.fixture
def author(app: Flask) -> FlaskClient:
    """Somebody who writes courses."""
    client = app.test_client()
    sign_in(client, "author@example.org")
    return client


@pytest.fixture
def kept(app: Flask) -> Kept:
    """All rows of a model, read in a context of their own: requests must not share what they know of the reader."""

    def read(model: type) -> Sequence[Any]:
        with app.app_context():
            return db.session.scalars(select(model)).all()

    return read


def test_a_survey_is_kept_with_version_and_language(learner: FlaskClient, kept: Kept) -> None:
    page = send(learner, "/ar/feedback/course/short", change="  Shorter, please.  ", **AGREED)
    assert page.request.path == "/ar/courses/short/"
    response = kept(SurveyResponse)[0]
    assert response.agreement == {"objectives": 5, "relevance": 4, "use": 3, "clarity": 2}
    assert (response.change, response.language, response.subject) == ("Shorter, please.", "ar", "short")
    assert response.version


def test_a_survey_sent_again_takes_the_place_of_the_first_and_shows_it(learner: FlaskClient, kept: Kept) -> None:
    send(learner, SURVEY, change="First", **AGREED)
    shown = learner.get(SURVEY).text
    assert "First" in shown
    send(learner, SURVEY, change="Second", **(AGREED | {"use": "1"}))
    response = kept(SurveyResponse)[0]
    assert (response.change, response.agreement["use"]) == ("Second", 1)


def test_a_survey_half_filled_in_says_what_is_missing_and_keeps_the_rest(learner: FlaskClient, kept: Kept) -> None:
    page = send(learner, SURVEY, objectives="5", change="Kept text")
    assert page.text.count("Please choose one of the answers.") == 6  # at three rows, and in the summary above
    assert "Kept text" in page.text
    assert kept(SurveyResponse) == []


@pytest.mark.parametrize("value", ["0", "6", "five", "-1", ""])
def test_an_answer_outside_the_scale_is_refused(learner: FlaskClient, kept: Kept, value: str) -> None:
    page = send(learner, SURVEY, **(AGREED | {"use": value}))
    assert page.status_code == 200
    assert kept(SurveyResponse) == []


@pytest.mark.parametrize(
    "address", [SURVEY, "/en/feedback/course/none", "/en/feedback/case/short", "/en/feedback/none/short"]
)
def test_only_who_took_a_course_is_asked_about_it(client: FlaskClient, address: str) -> None:
    sign_in(client, "partner@example.org")
    assert client.get(address).status_code == 404


def test_a_guest_reports_a_problem_and_goes_back_to_the_page(client: FlaskClient, kept: Kept) -> None:
    page = send(client, f"{REPORT}?page=/ar/courses/short/first", REPORT, text="A word is wrong.")
    assert page.request.path == "/ar/courses/short/first"
    report = kept(ProblemReport)[0]
    assert (report.page, report.language, report.text) == ("/ar/courses/short/first", "en", "A word is wrong.")
    assert report.version == catalogue(client).version("short")
    assert report.person_id is None


def catalogue(client: FlaskClient) -> Catalogue:
    held: Catalogue = client.application.extensions["elearning_catalogue"]
    return held


@pytest.mark.parametrize(
    "page",
    ["", "/en/", "/ar/glossary", "/en/courses/none/", "/nowhere", "/en/courses/%ff/", "/[x"],
)
def test_a_report_of_a_page_without_a_course_or_case_keeps_the_version_of_the_site(
    client: FlaskClient, kept: Kept, page: str
) -> None:
    fields = fill_in(fields_of(client.get(REPORT), REPORT), {"text": "Look here", "page": page})
    assert client.post(REPORT, data=fields).status_code == 303
    (report,) = kept(ProblemReport)
    assert (report.page, report.version) == (page, client.application.config["VERSION"])


def test_a_report_keeps_the_version_of_the_course_that_its_reader_began(
    learner: FlaskClient, kept: Kept, small_course: Path, settings: Settings
) -> None:
    begun = catalogue(learner).version("short")
    write_project(small_course, **{"01_first": LESSON.replace("has its work", "has other work")})
    with Store(settings.store_dir).publication() as publication:
        publish_courses(small_course, publication, lambda _language: Echo())
    assert catalogue(learner).version("short") != begun
    for page in ("/ar/courses/short/", "/en/courses/short/first?x=1#here", "/en/courses/short/check"):
        send(learner, f"{REPORT}?page={quote(page)}", REPORT, text=page)
    assert [(report.page, report.version) for report in kept(ProblemReport)] == [
        ("/ar/courses/short/", begun),
        ("/en/courses/short/first?x=1#here", begun),
        ("/en/courses/short/check", begun),
    ]


def test_a_report_of_a_case_keeps_its_version_and_of_a_play_that_of_the_play(
    learner: FlaskClient, kept: Kept, app: Flask, settings: Settings, published_content: Path
) -> None:
    shutil.copytree(published_content, settings.data_dir, dirs_exist_ok=True)
    case = "/en/simulations/rising-water"
    play = send(learner, case, f"{case}/start").request.path
    with app.app_context():
        db.session.execute(update(Attempt).values(version="of-the-play"))
        db.session.commit()
    send(learner, f"{REPORT}?page={case}", REPORT, text="The case")
    for page in (play, f"{play}/debrief", "/en/simulations/rising-water/attempts/999"):
        send(learner, f"{REPORT}?page={page}", REPORT, text="A play")
    current = Store(settings.store_dir).current("cases")["rising-water"]
    site = app.config["VERSION"]
    assert [report.version for report in kept(ProblemReport)] == [current, "of-the-play", "of-the-play", site]


def test_a_report_sent_twice_is_one_report(client: FlaskClient, kept: Kept) -> None:
    fields = fields_of(client.get(REPORT), REPORT)
    fields["text"] = "Twice."
    assert [client.post(REPORT, data=fields).status_code for _ in range(2)] == [303, 303]
    assert len(kept(ProblemReport)) == 1


def test_going_back_and_reporting_something_else_is_another_report(client: FlaskClient, kept: Kept) -> None:
    fields = fields_of(client.get(REPORT), REPORT)
    for text in ("One thing.", "Another thing.", "One thing.", " Another thing. "):
        assert client.post(REPORT, data=fill_in(fields.copy(), {"text": text})).status_code == 303
    assert [report.text for report in kept(ProblemReport)] == ["One thing.", "Another thing."]


def test_going_back_and_changing_a_survey_takes_the_place_of_the_first(learner: FlaskClient, kept: Kept) -> None:
    fields = fill_in(fields_of(learner.get(SURVEY), SURVEY), {**AGREED})
    for text, use in (("First", "3"), ("Second", "1")):
        learner.post(SURVEY, data=fill_in(fields.copy(), {"change": text, "use": use}))
    assert [(one.change, one.agreement["use"]) for one in kept(SurveyResponse)] == [("Second", 1)]


def test_a_report_beyond_the_limit_keeps_what_was_typed(client: FlaskClient, kept: Kept) -> None:
    with patch.object(services, "REPORTS_AN_HOUR", 1):
        send(client, REPORT, text="The first.")
        page = send(client, REPORT, text="The second.")
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) > 0
    assert "The second." in page.text
    assert len(kept(ProblemReport)) == 1


@pytest.mark.parametrize(("address", "field"), [(SURVEY, "change"), (REPORT, "text")])
def test_a_text_too_long_is_kept_whole_and_named(learner: FlaskClient, kept: Kept, address: str, field: str) -> None:
    text = "x" * 4000 + " the end"
    assert "maxlength" not in learner.get(address).text  # a browser would cut off what is pasted, and say nothing
    page = send(learner, address, **AGREED, **{field: text})
    assert "Please use at most 4,000 characters." in page.text
    assert text in page.text
    assert [*kept(SurveyResponse), *kept(ProblemReport)] == []


@pytest.mark.parametrize("page", ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)"])
def test_a_report_never_leads_to_another_site(client: FlaskClient, author: FlaskClient, kept: Kept, page: str) -> None:
    fields = fill_in(fields_of(client.get(REPORT), REPORT), {"text": "Look here", "page": page})
    answer = client.post(REPORT, data=fields)
    assert answer.location == "/en/"
    assert [report.page for report in kept(ProblemReport)] == [""]
    shown = author.get(PROBLEMS).text
    assert "Look here" in shown
    assert page not in shown


def test_authors_read_reports_and_settle_them(client: FlaskClient, author: FlaskClient, kept: Kept) -> None:
    send(client, f"{REPORT}?page=/en/courses/short/first", REPORT, text="<b>Bold</b>")
    page = author.get(PROBLEMS).text
    assert 'href="/en/courses/short/first"' in page
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page
    report = kept(ProblemReport)[0]
    page = send(author, PROBLEMS, f"/en/problems/{report.id}/settled").text
    assert "The report is settled." in page
    assert "No report is open." in page
    report = kept(ProblemReport)[0]
    assert report.settled_at is not None
    assert report.text == "<b>Bold</b>"


def test_a_report_that_is_not_there_cannot_be_settled(client: FlaskClient, author: FlaskClient) -> None:
    send(client, REPORT, text="One.")
    token = fields_of(author.get(PROBLEMS), "/en/problems/1/settled")
    assert author.post("/en/problems/999/settled", data=token).status_code == 404


@pytest.mark.parametrize("email", ["learner@example.org", "manager@example.org", "trainer@example.org"])
def test_others_neither_read_nor_settle_reports(client: FlaskClient, kept: Kept, email: str) -> None:
    send(client, REPORT, text="Not for everybody.")
    sign_in(client, email)
    token = {"csrf_token": fields_of(client.get("/en/"), "/en/sign-out")["csrf_token"]}
    assert client.get(PROBLEMS).status_code == 403
    (report,) = kept(ProblemReport)
    assert client.post(f"/en/problems/{report.id}/settled", data=token).status_code == 403
    assert [one.settled_at for one in kept(ProblemReport)] == [None]


def test_guests_neither_read_nor_settle_reports(client: FlaskClient, kept: Kept) -> None:
    send(client, REPORT, text="Not for everybody.")
    (report,) = kept(ProblemReport)
    token = {"csrf_token": fields_of(client.get(REPORT), REPORT)["csrf_token"]}
    assert client.get(PROBLEMS).location == "/en/sign-in?next=/en/problems/"
    assert client.post(f"/en/problems/{report.id}/settled", data=token).status_code == 401
    assert [one.settled_at for one in kept(ProblemReport)] == [None]


def test_my_learning_leads_authors_to_their_pages(client: FlaskClient, author: FlaskClient) -> None:
    page = author.get("/en/my-learning").text
    assert 'href="/en/preview/"' in page
    assert f'href="{PROBLEMS}"' in page
    sign_in(client, "learner@example.org")
    assert "/en/preview/" not in client.get("/en/my-learning").text


def test_spaces_alone_are_no_report(client: FlaskClient, kept: Kept) -> None:
    page = send(client, REPORT, text=" \r\n ")
    assert "Please fill in this field." in page.text
    assert kept(ProblemReport) == []


def test_line_breaks_count_as_people_count_them(client: FlaskClient, kept: Kept) -> None:
    send(client, REPORT, text="\r\n".join(["x" * 99] * 40))
    assert len(kept(ProblemReport)[0].text) == 40 * 100 - 1


@pytest.mark.parametrize("number", ["0", "2147483648", "99999999999999999999999"])
def test_a_number_that_no_row_has_is_no_page(author: FlaskClient, number: str) -> None:
    token = fields_of(author.get("/en/my-learning"), "/en/sign-out")
    assert author.post(f"/en/problems/{number}/settled", data=token).status_code == 404
