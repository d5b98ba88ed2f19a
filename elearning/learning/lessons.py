"""The page of a lesson: what there is to read, and the note and bookmark that its reader keeps.

The page has one form, the note's, and all its buttons belong to it: whichever is pressed, what was typed goes along.
"""

from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.content.published import Catalogue, PublishedCourse, UnitEntry
from elearning.core import clock
from elearning.core.database import db
from elearning.learning import services
from elearning.learning.forms import NoteForm
from elearning.learning.reader import Reader, keep_place
from elearning.learning.services import NoteChangedError, Written, basis_of, plain_note
from elearning.web.access import login_manager
from elearning.web.languages import current_language
from elearning.web.remembered import remembered
from elearning.web.transactions import read_on

NOTE, BOOKMARK = "my_note", "bookmark_state"  # places on the page
SAID_BY_NOTE = "done by-note"  # messages that stand there, and not at the head of the page


@dataclass(frozen=True)
class _Lesson:
    """A lesson as a reader meets it."""

    catalogue: Catalogue
    course: PublishedCourse
    entry: UnitEntry

    def page(self, form: NoteForm, reader: Reader, address: str, stored: str | None = None) -> str:
        """Return the page; `stored` is a text that came in between, and stands beside the one that was typed."""
        before, after = self.course.neighbours(self.entry.id)
        return render_template(
            "learning/lesson.html",
            course=self.course,
            unit=self.entry,
            lesson=self.catalogue.lesson(self.course, self.entry.id),
            coverage=self.catalogue.coverage(self.course),
            before=before,
            after=after,
            reader=reader,
            form=form,
            address=address,
            stored=stored,
        )


def lesson_page(catalogue: Catalogue, course: PublishedCourse, entry: UnitEntry, reader: Reader) -> ResponseReturnValue:
    """Show a lesson, or take what its reader keeps of it."""
    lesson = _Lesson(catalogue, course, entry)
    if request.method == "POST":
        return _take(lesson, reader)
    language = current_language().code
    keep_place(reader, course.id, entry.id, language)

    def render(address: str, based_on: str, note: str) -> str:
        # The page may be remembered: it is made of the arguments, and never sees what this reader wrote.
        own = note if reader.note else ""
        form = NoteForm(formdata=None, data={"based_on": based_on, "note": own})
        return lesson.page(form, replace(reader, note=own), address)

    key = (language, course.id, course.texts, entry.id, reader.progress)
    return remembered(key, render, _own_address(), basis_of(reader.note), reader.note)


def _take(lesson: _Lesson, reader: Reader) -> ResponseReturnValue:
    """Keep a note or a bookmark and go back to the lesson; what cannot be kept stays in its field."""
    if reader.person is None:
        answer: ResponseReturnValue = login_manager.unauthorized()
        return answer
    form, session = NoteForm(), db.session()
    course_id, unit_id, stored = lesson.course.id, lesson.entry.id, None
    if form.is_switching and not _is_typed(form):
        return redirect(_address(course_id, unit_id), code=303)
    if form.validate_on_submit():
        try:
            place = _keep(form, course_id, unit_id, reader.person.id)
        except NoteChangedError as changed:
            stored = changed.stored
            form.based_on.data = basis_of(stored)  # sent again, it takes the place of what is shown beside it
            reader = replace(reader, note=stored)
        else:
            session.commit()
            return redirect(_address(course_id, unit_id, place), code=303)
    read_on(session)
    return lesson.page(form, reader, _own_address(), stored), 200 if stored is None else 409


def _keep(form: NoteForm, course_id: str, unit_id: str, by: int) -> str:
    """Keep what was sent from the page of a lesson; return the place on it that shows so."""
    wanted = request.form.get("bookmark", "")
    if _is_typed(form) or not wanted:
        _write(form, course_id, unit_id, by, SAID_BY_NOTE)
    if not wanted:
        return NOTE
    services.bookmark(
        db.session(), course_id, unit_id, bookmarked=wanted == "1", by=by, language=current_language().code,
        now=clock.now(),
    )  # fmt: skip
    return BOOKMARK


def _write(form: NoteForm, course_id: str, unit_id: str, by: int, category: str) -> None:
    """Write a note, and say so on the next page."""
    text = form.note.data or ""
    written = Written(course_id, unit_id, text, form.based_on.data or "")
    changed = services.write_note(db.session(), written, by=by, language=current_language().code, now=clock.now())
    if plain_note(text):
        flash(_("Your note is saved."), category)
    elif changed:
        flash(_("Your note is removed."), category)


def keep_what_was_typed(course_id: str, unit_id: str, by: int) -> ResponseReturnValue | None:
    """Keep a note that came along with another button of a lesson's page.

    Where it cannot be kept as it is, return the way back to the page, with the form, to be told why.
    """
    form = NoteForm()
    if form.note.name not in request.form or not _is_typed(form):
        return None
    try:
        if form.validate_on_submit():
            _write(form, course_id, unit_id, by, "done")
            db.session.commit()
            return None
    except NoteChangedError:
        read_on(db.session())
    return redirect(_address(course_id, unit_id, NOTE), code=307)


def _is_typed(form: NoteForm) -> bool:
    """Tell whether the text is another than the one that the page was opened with."""
    return basis_of(plain_note(form.note.data or "")) != (form.based_on.data or "")


def _own_address() -> str:
    """Return the whole address of this page. What werkzeug makes of it costs as much as the page's statement."""
    return f"{request.scheme}://{request.host}{request.path}"


def _address(course_id: str, unit_id: str, place: str | None = None) -> str:
    return url_for("learning.unit", course_id=course_id, unit_id=unit_id, _anchor=place)
