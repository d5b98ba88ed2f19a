"""What readers do with their notes on the lesson of the small course, in a browser without scripts."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from elearning.learning.models import LessonNote
from tests.browser_without_scripts import fields_of_form, send

LESSON, LIST, DOWNLOAD = "/en/courses/short/first", "/en/my-learning/notes", "/en/my-learning/notes.md"


def write(client: FlaskClient, text: str, lesson: str = LESSON) -> TestResponse:
    """Write a note; return the page that answers."""
    return send(client, lesson, f"{lesson}#my_note", note=text)


def field(page: TestResponse) -> str:
    """Return what stands in the field of a lesson's page."""
    return fields_of_form(page, "note_form")["note"].replace("\r\n", "\n")


def stored(session: Session) -> list[tuple[str, bool]]:
    """Return the text and the bookmark of each row."""
    session.expire_all()
    found = session.scalars(select(LessonNote).order_by(LessonNote.id)).all()
    session.commit()
    return [(row.text, row.bookmarked) for row in found]
