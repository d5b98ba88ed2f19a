"""The author's live preview: a course as it stands on disk, each page with the mistakes of its files beside it."""

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from elearning.content.load import Draft, course_folders, load_draft
from elearning.content.models import Course, Lesson, Unit
from elearning.content.publish import LoadTranslations, inputs_digest
from elearning.content.published import PublishedLesson, PublishedQuiz, read_lesson, read_texts
from elearning.content.render import Renderer
from elearning.core.database import db
from elearning.core.scope import Scope
from elearning.core.settings import Settings
from elearning.people.services import Role, has_role
from elearning.sources.problems import Problem, Problems, confined
from elearning.translations.catalogue import CatalogueError
from elearning.translations.problems import TranslationProblem
from elearning.translations.source import Translate
from elearning.web.access import person, sign_in_required
from elearning.web.languages import current_language
from elearning.web.registry import Panel, Registry, registry

blueprint = Blueprint("preview", __name__, url_prefix="/<lang>/preview", template_folder="templates")
MAY_PREVIEW = (Role.AUTHOR, Role.ADMINISTRATOR)


def _project() -> Path:
    held: Path = current_app.config["PROJECT_DIR"]
    return held


def _permit() -> None:
    if not has_role(db.session(), person().id, MAY_PREVIEW):
        abort(403)


def _draft(course_id: str) -> Draft:
    _permit()
    return load_draft(_project(), course_id) or abort(404)


@blueprint.get("/")
@sign_in_required
def drafts() -> ResponseReturnValue:
    """List the courses on disk, and how many mistakes each has."""
    _permit()
    found = [(name, load_draft(_project(), name)) for name in course_folders(_project())]
    return render_template("learning/preview_list.html", drafts=found, stamp=_stamp())


@blueprint.get("/<course_id>/")
@sign_in_required
def course(course_id: str) -> ResponseReturnValue:
    """Show the units of a course on disk, and all its mistakes."""
    draft = _draft(course_id)
    return render_template("learning/preview_course.html", draft=draft, course_id=course_id, stamp=_stamp())


@blueprint.get("/<course_id>/<unit_id>")
@sign_in_required
def unit(course_id: str, unit_id: str) -> ResponseReturnValue:
    """Show a lesson or quiz as it will look, with the mistakes of its file first."""
    draft = _draft(course_id)
    found = next((unit for unit in draft.course.pages if unit.id == unit_id), None) if draft.course else None
    shown = _render(draft, draft.course, found) if draft.course and found else _Shown()
    problems = (*draft.problems, *shown.problems)
    own = [problem for problem in problems if found is not None and problem.path == found.path]
    return render_template(
        "learning/preview_unit.html",
        course_id=course_id,
        unit_id=unit_id,
        own=own,
        others=[problem for problem in problems if problem not in own],
        lesson=shown.lesson,
        quiz=shown.quiz,
        stamp=_stamp(),
    )


@dataclass(frozen=True)
class _Shown:
    """A unit as it will look, and what kept it from being shown, or from being shown in this language."""

    lesson: PublishedLesson | None = None
    quiz: PublishedQuiz | None = None
    problems: tuple[Problem | TranslationProblem, ...] = ()


def _render(draft: Draft, course: Course, unit: Unit) -> _Shown:
    translate, unreadable = _translations()
    renderer = Renderer(current_language(), translate, draft.glossary, draft.sources)
    problems = Problems()
    lesson, quiz = None, None
    with confined(problems, unit.path, "this page cannot be shown"):
        if isinstance(unit, Lesson):
            lesson = read_lesson(renderer.lesson(course, unit))
        else:
            quiz = read_texts(unit, renderer.quiz(course, unit))
    return _Shown(lesson, quiz, (*problems.found, *unreadable))


def _translations() -> tuple[Translate, list[TranslationProblem]]:
    """Return the translations of the page's language; where its catalogue cannot be read, none, and why."""
    load: LoadTranslations = current_app.extensions["elearning_load_translations"]
    try:
        return load(current_language()).find, []
    except CatalogueError as error:
        return (lambda _context, _text: None), [error.problem]


@blueprint.get("/stamp")
@sign_in_required
def stamp() -> ResponseReturnValue:
    """Return what changes whenever a file of the courses or translations changes; the page's script asks for it."""
    _permit()
    return _stamp(), {"Content-Type": "text/plain"}


def author_panel(session: Session, scope: Scope) -> Panel | None:
    """Return the part of My learning that leads authors to their pages."""
    if not any(has_role(session, person_id, MAY_PREVIEW) for person_id in scope.person_ids):
        return None
    return Panel("learning/author_panel.html", {"pages": registry().author_pages})


def _stamp() -> str:
    return inputs_digest(_project() / folder for folder in ("courses", "translations"))


def init_preview(app: Flask, settings: Settings, load_translations: LoadTranslations) -> None:
    """Give the application the preview."""
    app.config["PROJECT_DIR"] = settings.project_dir
    app.extensions["elearning_load_translations"] = load_translations
    app.register_blueprint(blueprint)
    hung: Registry = app.extensions["elearning_registry"]
    hung.work_panels.append(author_panel)
    app.jinja_env.globals["preview_stamp_address"] = lambda: url_for("preview.stamp")
