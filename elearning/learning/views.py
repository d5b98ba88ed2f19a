"""Pages of courses: catalogue, course, lesson, My learning."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from elearning.content.published import Catalogue, PublishedCourse
from elearning.content.store import Store
from elearning.core import clock
from elearning.core.database import db
from elearning.core.scope import Scope
from elearning.core.settings import Settings
from elearning.learning import glossary, lessons, notes, paths, quizzes, services
from elearning.learning.forms import ActionForm
from elearning.learning.models import Enrolment
from elearning.learning.modules import module_wheel
from elearning.learning.quizzes import quiz_page
from elearning.learning.reader import find_reader
from elearning.learning.services import CourseOutline
from elearning.web.access import person, sign_in_required, signed_in
from elearning.web.languages import current_language
from elearning.web.registry import Panel, Registry, SurveySubject, panels, registry

blueprint = Blueprint("learning", __name__, url_prefix="/<lang>", template_folder="templates")


def catalogue() -> Catalogue:
    """Return the published courses."""
    held: Catalogue = current_app.extensions["elearning_catalogue"]
    return held


@dataclass(frozen=True)
class Progress:
    """A course with somebody's way through it."""

    course: PublishedCourse
    enrolment: Enrolment
    done: frozenset[str]

    @property
    def percent(self) -> int:
        """How much is done."""
        return 100 * self.enrolment.units_done // max(self.enrolment.units_total, 1)

    @property
    def minutes_left(self) -> int:
        """How long what is not done yet takes."""
        return self.course.minutes_without(self.done)

    @property
    def next_unit(self) -> str:
        """The unit to go on with: the place where somebody was, or what is not done yet after it."""
        units = [unit.id for unit in self.course.units]
        at = units.index(self.enrolment.place) if self.enrolment.place in units else 0
        return next((unit for unit in (*units[at:], *units[:at]) if unit not in self.done), units[at])


def progress_of(session: Session, scope: Scope) -> list[Progress]:
    """Return the courses of a person, the most recently active first."""
    language = current_language()
    found, done = [], services.units_done_by_enrolment(session, scope)
    for enrolment in services.enrolments(session, scope):
        course = catalogue().course(enrolment.course, language, enrolment.version)
        if course is not None:
            found.append(Progress(course, enrolment, done.get(enrolment.id, frozenset())))
    return found


@blueprint.get("/courses/")
def courses() -> ResponseReturnValue:
    """Show all courses."""
    reader = signed_in()
    enrolled = {found.course.id: found for found in progress_of(db.session(), reader.scope)} if reader else {}
    return render_template(
        "learning/courses.html",
        courses=catalogue().courses(current_language()),
        enrolled=enrolled,
        has_paths=bool(catalogue().paths(current_language())),
    )


@blueprint.get("/courses/<course_id>/")
def course(course_id: str) -> ResponseReturnValue:
    """Show a course: what it is about, its units, and how far the reader is."""
    reader = signed_in()
    session = db.session()
    enrolment = services.find_enrolment(session, reader.scope, course_id) if reader else None
    found = catalogue().course(course_id, current_language(), enrolment.version if enrolment else None) or abort(404)
    done = services.units_done(session, enrolment.id) if enrolment else frozenset()
    after = [make(session, reader.scope, "course", course_id) for make in registry().after_panels] if reader else []
    return render_template(
        "learning/course.html",
        course=found,
        progress=Progress(found, enrolment, done) if enrolment else None,
        done=done,
        spared=services.units_spared(session, enrolment.id) if enrolment and found.placement else frozenset(),
        coverage=catalogue().coverage(found),
        prerequisites=_prerequisites(found),
        module=module_wheel(found, catalogue().wheel_names(current_language())) if found.sector else None,
        after=after if enrolment and enrolment.units_done else [],
        form=ActionForm(),
    )


def _prerequisites(course: PublishedCourse) -> list[list[PublishedCourse]]:
    """Return the courses to take first; of each list one is enough. Those that are not published are left out."""
    found = [[catalogue().course(name, current_language()) for name in wanted] for wanted in course.prerequisites]
    known = [[one for one in wanted if one is not None] for wanted in found]
    return [wanted for wanted in known if wanted]


@blueprint.post("/courses/<course_id>/enrol")
@sign_in_required
def enrol(course_id: str) -> ResponseReturnValue:
    """Enrol, and go on to the unit that was asked for, or the first; a note typed on the page of that unit is kept."""
    found = catalogue().course(course_id, current_language()) or abort(404)
    form = ActionForm()
    wanted = found.unit(request.form.get("unit", ""))
    if not form.validate_on_submit():
        return redirect(url_for("learning.course", course_id=course_id), code=303)
    if wanted is not None and wanted.kind == "lesson":
        told = lessons.keep_what_was_typed(course_id, wanted.id, person().id)
        if told is not None:
            return told
    services.enrol(
        db.session(), CourseOutline.of(found), by=person().id, language=current_language().code, now=clock.now()
    )
    db.session.commit()
    unit = wanted or found.units[0]
    return redirect(url_for("learning.unit", course_id=course_id, unit_id=unit.id), code=303)


@blueprint.route("/courses/<course_id>/<unit_id>", methods=["GET", "POST"])
def unit(course_id: str, unit_id: str) -> ResponseReturnValue:
    """Show a lesson or a quiz; take what was written on it."""
    reader = find_reader(course_id, unit_id)
    found = catalogue().course(course_id, current_language(), reader.version) or abort(404)
    entry = found.unit(unit_id) or abort(404)
    if entry.kind == "quiz":
        return quiz_page(catalogue(), found, entry, reader)
    return lessons.lesson_page(catalogue(), found, entry, reader)


@blueprint.post("/courses/<course_id>/<unit_id>/done")
@sign_in_required
def done(course_id: str, unit_id: str) -> ResponseReturnValue:
    """Mark a lesson as done, and go on; a note typed on its page is kept."""
    reader, session, language = person(), db.session(), current_language()
    enrolment = services.find_enrolment(session, reader.scope, course_id) or abort(404)
    found = catalogue().course(course_id, language, enrolment.version) or abort(404)
    entry = found.unit(unit_id)
    if entry is None or entry.kind != "lesson":
        abort(404)
    form = ActionForm()
    if form.validate_on_submit():
        told = lessons.keep_what_was_typed(course_id, unit_id, reader.id)
        if told is not None:
            return told
        services.mark_done(
            session, CourseOutline.of(found), by=reader.id, unit=unit_id, language=language.code, now=clock.now()
        )
        session.commit()
        flash(_("Saved: this lesson is done."), "done")
    following = found.neighbours(unit_id)[1]
    if following is None:
        return redirect(url_for("learning.course", course_id=course_id), code=303)
    return redirect(url_for("learning.unit", course_id=course_id, unit_id=following.id), code=303)


@blueprint.get("/my-learning")
@sign_in_required
def my_learning() -> ResponseReturnValue:
    """Show what somebody began and finished, in all rooms."""
    learned, work = (
        panels(makers, db.session(), person().scope)
        for makers in (registry().my_learning_panels, registry().work_panels)
    )
    return render_template("learning/my_learning.html", panels=learned, work=work)


def my_courses_panel(session: Session, scope: Scope) -> Panel | None:
    """Return the part of My learning that shows courses."""
    found = progress_of(session, scope)
    return Panel("learning/my_courses.html", {"courses": found}) if found else None


def home_panel(session: Session, scope: Scope) -> Panel | None:
    """Return the part of the first page that leads to courses, or on to where the reader was."""
    enrolled = progress_of(session, scope) if scope.person_ids else []
    open_ones = [found for found in enrolled if found.enrolment.completed_at is None]
    offered = catalogue().courses(current_language())
    if not offered:
        return None
    basic = [course for course in offered if course.sector is None]  # modules would fill the page
    has_paths = bool(catalogue().paths(current_language()))
    return Panel(
        "learning/home_panel.html",
        {
            "courses": basic or offered,
            "more": 0 < len(basic) < len(offered),
            "going_on": open_ones[:1],
            "has_paths": has_paths,
        },
    )


def survey_subject(session: Session, scope: Scope, course_id: str) -> SurveySubject | None:
    """Return what a survey needs to know of a course; None where nobody in the scope is enrolled in it."""
    enrolment = services.find_enrolment(session, scope, course_id)
    found = catalogue().course(course_id, current_language(), enrolment.version) if enrolment else None
    if found is None:
        return None
    address = url_for("learning.course", course_id=course_id)
    return SurveySubject(found.title.text, found.title.translated, found.version, address)


def content_version(session: Session, scope: Scope, endpoint: str, values: Mapping[str, Any]) -> str | None:
    """Return the version of the course that somebody meets on one of its pages."""
    if endpoint not in {"learning.course", "learning.unit", "quizzes.results"}:
        return None
    course_id = values["course_id"]
    if endpoint == "quizzes.results":
        return services.find_attempt(session, scope, values["attempt_id"], course_id, values["unit_id"]).version
    enrolment = services.find_enrolment(session, scope, course_id)
    found = catalogue().course(course_id, current_language(), enrolment.version if enrolment else None)
    return found.version if found else None


def init_learning(app: Flask, settings: Settings) -> None:
    """Give the application its courses."""
    app.extensions["elearning_catalogue"] = Catalogue(Store(settings.store_dir))
    app.register_blueprint(blueprint)
    app.register_blueprint(quizzes.blueprint)
    app.register_blueprint(paths.blueprint)
    app.register_blueprint(glossary.blueprint)
    app.register_blueprint(notes.blueprint)
    app.jinja_env.globals["LEVELS"] = {
        "introductory": _l("Introductory"),
        "intermediate": _l("Intermediate"),
        "advanced": _l("Advanced"),
    }
    app.jinja_env.globals["STEP_STATES"] = {"begun": _l("Begun"), "done": _l("Done")}
    app.jinja_env.globals["VERDICTS"] = {"sound": _l("Sound"), "partly": _l("Partly sound"), "harmful": _l("Harmful")}
    app.jinja_env.globals["VERDICT_ICONS"] = {"sound": "path", "partly": "question", "harmful": "cross"}
    hung: Registry = app.extensions["elearning_registry"]
    hung.home_panels.append(home_panel)
    hung.my_learning_panels += [paths.my_path_panel, my_courses_panel, notes.my_notes_panel]
    hung.path_steps["course"] = paths.course_steps
    hung.survey_subjects["course"] = survey_subject
    hung.content_versions.append(content_version)
