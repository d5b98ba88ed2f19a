"""Notes and bookmarks on lessons: what somebody keeps for themselves, and never loses to their own other tab."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.core.errors import ConflictError, DomainError
from elearning.core.locks import one_after_the_other
from elearning.core.scope import Scope
from elearning.learning.models import LessonNote

LONGEST_NOTE = 10_000


@dataclass(frozen=True)
class Written:
    """A note as somebody wrote it on a lesson, and the basis of the text that they had before them."""

    course: str
    unit: str
    text: str
    based_on: str


class NoteChangedError(ConflictError):
    """The note has become another since it was read; `stored` is its text now."""

    def __init__(self, stored: str) -> None:
        super().__init__("note-changed")
        self.stored = stored


def plain_note(text: str) -> str:
    """Return a text as it is kept: one character for a line break, and nothing where there is nothing to read."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if text.strip() else ""


def basis_of(text: str) -> str:
    """Return what a form carries of the text that it shows, so that it is known what was changed."""
    return hashlib.sha256(text.encode()).hexdigest()[:32] if text else ""


def write_note(session: Session, written: Written, *, by: int, language: str, now: datetime) -> bool:
    """Keep a note, or remove it where the text is empty; tell whether it became another.

    Another text that came in between is never overwritten, while the same text twice is no conflict.
    Raises NoteChangedError, DomainError `note-length`.
    """
    text = plain_note(written.text)
    if len(text) > LONGEST_NOTE:
        raise DomainError("note-length", most=LONGEST_NOTE)
    row = _own_row(session, by, written.course, written.unit)
    stored = row.text if row is not None else ""
    if text == stored:
        return False
    if stored and written.based_on != basis_of(stored):
        raise NoteChangedError(stored)
    row = row or _new(by, written.course, written.unit)
    row.text = text
    _keep(session, row, language, now)
    return True


def bookmark(
    session: Session, course: str, unit: str, *, bookmarked: bool, by: int, language: str, now: datetime
) -> None:
    """Set a bookmark on a lesson, or remove it. Twice is once."""
    row = _own_row(session, by, course, unit)
    if bookmarked is (row is not None and row.bookmarked):
        return
    row = row or _new(by, course, unit)
    row.bookmarked = bookmarked
    _keep(session, row, language, now)


def lesson_notes(session: Session, scope: Scope) -> Sequence[LessonNote]:
    """Return the notes and bookmarks within a scope, in no order that a reader relies on."""
    statement = select(LessonNote).where(scope.admits(LessonNote.person_id)).order_by(LessonNote.id)
    return session.scalars(statement).all()


def has_lesson_notes(session: Session, scope: Scope) -> bool:
    """Tell whether there is a note or a bookmark within a scope."""
    return session.scalar(select(LessonNote.id).where(scope.admits(LessonNote.person_id)).limit(1)) is not None


def forget_lesson(session: Session, course: str, unit: str, *, by: int) -> None:
    """Remove the note and the bookmark on a lesson. Twice is once."""
    row = _own_row(session, by, course, unit)
    if row is not None:
        session.delete(row)
        session.flush()


def _own_row(session: Session, person_id: int, course: str, unit: str) -> LessonNote | None:
    """Return the row of a lesson, which no other transaction changes or makes until this one ends."""
    one_after_the_other(session, [f"note of {person_id} on {course}/{unit}"])
    return session.scalar(
        select(LessonNote).where(
            LessonNote.person_id == person_id, LessonNote.course == course, LessonNote.unit == unit
        )
    )


def _new(person_id: int, course: str, unit: str) -> LessonNote:
    return LessonNote(person_id=person_id, course=course, unit=unit, text="", bookmarked=False)


def _keep(session: Session, row: LessonNote, language: str, now: datetime) -> None:
    """Keep a row as it was changed; one that holds neither text nor bookmark goes."""
    row.language, row.changed_at = language, now
    if row.text or row.bookmarked:
        session.add(row)
    else:
        session.delete(row)
    session.flush()
