"""Readers rely on: nobody reads or changes what another wrote, though they are shown the same page."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearning.core.database import db
from tests.browser_without_scripts import (
    fields_of,
    fill_in,
    send,
    sign_in,
)
from tests.learning.notes import DOWNLOAD, LESSON, LIST, field, stored, write

pytestmark = pytest.mark.usefixtures("demo_people", "small_course")


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


def test_a_note_that_is_changed_or_removed_is_seen_at_once(readers: list[FlaskClient]) -> None:
    reader = readers[0]
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
