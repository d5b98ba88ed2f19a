"""My notes and bookmarks: all that somebody keeps of lessons, on a page and as a text to take along."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from elearning.content.published import Catalogue, PublishedCourse, UnitEntry
from elearning.core import clock
from elearning.core.database import db
from elearning.core.scope import Scope
from elearning.learning import services
from elearning.learning.forms import ActionForm
from elearning.learning.models import LessonNote
from elearning.sources.text import Shown
from elearning.web.access import person, sign_in_required
from elearning.web.formats import day
from elearning.web.languages import current_language
from elearning.web.registry import Panel

blueprint = Blueprint("notes", __name__, url_prefix="/<lang>/my-learning", template_folder="templates")
_MARKUP = re.compile(r"[\\`*_<>\[\]#~&]")


@dataclass(frozen=True)
class KeptLesson:
    """What is kept of a lesson. One that its reader can no longer open has no address."""

    title: Shown
    address: str | None
    row: LessonNote


@dataclass(frozen=True)
class KeptCourse:
    """The lessons of a course of which something is kept, in their order; a course that is gone has no address."""

    title: Shown
    address: str | None
    lessons: tuple[KeptLesson, ...]


class _Shelf:
    """Says how courses and lessons are called and where they stand: in what a person reads, or else in the newest."""

    def __init__(self, versions: dict[str, str]) -> None:
        self._catalogue: Catalogue = current_app.extensions["elearning_catalogue"]
        self._language = current_language()
        self._versions = versions
        self._order = [course.id for course in self._catalogue.courses(self._language)]

    def place(self, course_id: str) -> tuple[int, str]:
        """Return what courses are sorted by: as they are offered, then those that are gone."""
        return (self._order.index(course_id) if course_id in self._order else len(self._order)), course_id

    def course(self, course_id: str, rows: Sequence[LessonNote]) -> KeptCourse:
        """Return a course with what is kept of its lessons."""
        read = self._catalogue.course(course_id, self._language, self._versions.get(course_id))
        newest = self._catalogue.course(course_id, self._language)
        lessons = sorted(rows, key=lambda row: (_index(read, row.unit), _index(newest, row.unit), row.unit))
        title = read.title if read else Shown(course_id, True)
        address = url_for("learning.course", course_id=course_id) if read else None
        return KeptCourse(title, address, tuple(_kept_lesson(read, newest, row) for row in lessons))


def _index(course: PublishedCourse | None, unit_id: str) -> int:
    ids = [unit.id for unit in course.units] if course else []
    return ids.index(unit_id) if unit_id in ids else len(ids)


def _kept_lesson(read: PublishedCourse | None, newest: PublishedCourse | None, row: LessonNote) -> KeptLesson:
    found = _lesson(read, row.unit)
    if found is not None:
        address = url_for(
            "learning.unit", course_id=row.course, unit_id=row.unit, _anchor="my_note" if row.text else None
        )
        return KeptLesson(found.title, address, row)
    gone = _lesson(newest, row.unit)
    return KeptLesson(gone.title if gone else Shown(row.unit, True), None, row)


def _lesson(course: PublishedCourse | None, unit_id: str) -> UnitEntry | None:
    found = course.unit(unit_id) if course else None
    return found if found and found.kind == "lesson" else None


def kept_courses(session: Session, scope: Scope) -> list[KeptCourse]:
    """Return all that a person keeps, by course and lesson."""
    by_course: dict[str, list[LessonNote]] = {}
    for row in services.lesson_notes(session, scope):
        by_course.setdefault(row.course, []).append(row)
    shelf = _Shelf({enrolment.course: enrolment.version for enrolment in services.enrolments(session, scope)})
    return [shelf.course(course_id, by_course[course_id]) for course_id in sorted(by_course, key=shelf.place)]


@blueprint.get("/notes")
@sign_in_required
def my_notes() -> ResponseReturnValue:
    """Show all notes and bookmarks of a person."""
    return render_template(
        "learning/my_notes.html", courses=kept_courses(db.session(), person().scope), form=ActionForm()
    )


@blueprint.get("/notes.md")
@sign_in_required
def download() -> ResponseReturnValue:
    """Give all notes and bookmarks of a person as a text."""
    answer = Response(as_markdown(kept_courses(db.session(), person().scope)), mimetype="text/markdown")
    name = f"notes-{clock.now():%Y-%m-%d}.md"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.post("/notes/remove")
@sign_in_required
def remove() -> ResponseReturnValue:
    """Remove what is kept of a lesson that can no longer be opened."""
    if ActionForm().validate_on_submit():
        services.forget_lesson(
            db.session(), request.form.get("course", ""), request.form.get("unit", ""), by=person().id
        )
        db.session.commit()
        flash(_("Your note is removed."), "done")
    return redirect(url_for("notes.my_notes"), code=303)


def as_markdown(courses: Sequence[KeptCourse]) -> str:
    """Return what is kept as Markdown. Each line of a text stands in it indented: nothing in it is taken for markup."""
    blocks = ["# " + _escaped(_("My notes and bookmarks"))]
    if not courses:
        blocks.append(_escaped(_("You have no notes or bookmarks yet.")))
    for course in courses:
        blocks.append("## " + _escaped(course.title.text))
        for lesson in course.lessons:
            blocks.append("### " + _escaped(lesson.title.text))
            blocks.extend(_lesson_blocks(lesson))
    return "\n\n".join(blocks) + "\n"


def _lesson_blocks(lesson: KeptLesson) -> list[str]:
    row, blocks = lesson.row, []
    if row.bookmarked:
        blocks.append("**" + _escaped(_("Bookmarked")) + "**")
    blocks.append(_escaped(_("Last changed on %(day)s", day=day(row.changed_at))))
    if lesson.address:
        blocks.append(f"<{url_for('learning.unit', course_id=row.course, unit_id=row.unit, _external=True)}>")
    if row.text:
        # Every kind of line break that a reader of the file may know begins a line of ours.
        blocks.append("\n".join("    " + line if line else "" for line in row.text.splitlines()))
    return blocks


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def my_notes_panel(session: Session, scope: Scope) -> Panel | None:
    """Return the part of My learning that leads to notes and bookmarks."""
    return Panel("learning/notes_panel.html", {}) if services.has_lesson_notes(session, scope) else None
