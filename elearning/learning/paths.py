"""Pages of learning paths: which courses and cases, in which order, for whom, and how far somebody is."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from elearning.content.published import Catalogue, PublishedPath, PublishedStep
from elearning.core import clock
from elearning.core.database import db
from elearning.core.scope import Scope
from elearning.learning import services
from elearning.learning.forms import ActionForm
from elearning.web.access import person, sign_in_required, signed_in
from elearning.web.languages import current_language
from elearning.web.registry import FindStep, Panel, StepState, registry

blueprint = Blueprint("paths", __name__, url_prefix="/<lang>/paths", template_folder="templates")
_FURTHEST_FIRST = ("done", "begun", "open")


@dataclass(frozen=True)
class ShownStep:
    """A step with the courses or the case to choose from, as far as they are published."""

    step: PublishedStep
    choices: tuple[StepState, ...]

    @property
    def state(self) -> str:
        """How far the step is: as far as the furthest of its choices."""
        states = {choice.state for choice in self.choices}
        return next((state for state in _FURTHEST_FIRST if state in states), "open")

    @property
    def minutes(self) -> int:
        """The time that the step still takes at least: that of its shortest choice."""
        return min((choice.minutes for choice in self.choices), default=0)


@dataclass(frozen=True)
class ShownPath:
    """A learning path with somebody's way along it."""

    path: PublishedPath
    steps: tuple[ShownStep, ...]

    @property
    def minutes(self) -> int:
        """The time that the path still takes at least."""
        return sum(step.minutes for step in self.steps)

    @property
    def begun(self) -> bool:
        """Whether anything of it is done or begun."""
        return any(step.state != "open" for step in self.steps)

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.state == "done" for step in self.steps)

    @property
    def next_step(self) -> ShownStep | None:
        """The step to go on with; None where all are done, or nothing of the path is published."""
        return next((step for step in self.steps if step.state != "done"), None)


def show_paths(paths: Iterable[PublishedPath], session: Session, scope: Scope) -> list[ShownPath]:
    """Return paths with the states of their steps; steps of which nothing is published are left out."""
    find = {kind: read(session, scope) for kind, read in registry().path_steps.items()}
    found = []
    for path in paths:
        steps = (ShownStep(step, tuple(filter(None, map(find[step.kind], step.choices)))) for step in path.steps)
        found.append(ShownPath(path, tuple(step for step in steps if step.choices)))
    return found


def course_steps(session: Session, scope: Scope) -> FindStep:
    """Return how courses are found as steps of a path, each with how far the person in the scope is."""
    own = {one.course: one for one in services.enrolments(session, scope)} if scope.person_ids else {}
    done = services.units_done_by_enrolment(session, scope) if own else {}

    def find(course_id: str) -> StepState | None:
        enrolment = own.get(course_id)
        course = _catalogue().course(course_id, current_language(), enrolment.version if enrolment else None)
        if course is None:
            return None
        address = url_for("learning.course", course_id=course_id)
        if enrolment is None:
            return StepState(course.title, course.minutes, address, "open")
        if enrolment.completed_at:
            return StepState(course.title, 0, address, "done")
        left = course.minutes_without(done.get(enrolment.id, frozenset()))
        return StepState(course.title, left, address, "begun")

    return find


def _catalogue() -> Catalogue:
    held: Catalogue = current_app.extensions["elearning_catalogue"]
    return held


@blueprint.get("/")
def paths() -> ResponseReturnValue:
    """Show all paths."""
    reader, language = signed_in(), current_language()
    scope = reader.scope if reader else Scope()
    return render_template(
        "learning/paths.html",
        paths=show_paths(_catalogue().paths(language), db.session(), scope),
        followed=services.followed_path(db.session(), scope) if reader else None,
        coverage=_catalogue().paths_coverage(language),
    )


@blueprint.get("/<path_id>")
def path(path_id: str) -> ResponseReturnValue:
    """Show the steps of a path."""
    reader = signed_in()
    scope = reader.scope if reader else Scope()
    (found,) = show_paths([_find(path_id)], db.session(), scope)
    return render_template(
        "learning/path.html",
        shown_path=found,
        followed=reader is not None and services.followed_path(db.session(), scope) == path_id,
        coverage=_catalogue().paths_coverage(current_language()),
        form=ActionForm(),
    )


def _find(path_id: str) -> PublishedPath:
    return next((path for path in _catalogue().paths(current_language()) if path.id == path_id), None) or abort(404)


@blueprint.post("/<path_id>/follow")
@sign_in_required
def follow(path_id: str) -> ResponseReturnValue:
    """Follow a path: My learning shows its next step."""
    _find(path_id)
    if ActionForm().validate_on_submit():
        services.follow_path(db.session(), path_id, by=person().id, now=clock.now())
        db.session.commit()
        flash(_("Saved: My learning shows the next step of this path."), "done")
    return redirect(url_for("paths.path", path_id=path_id), code=303)


@blueprint.post("/<path_id>/leave")
@sign_in_required
def leave(path_id: str) -> ResponseReturnValue:
    """Follow no path any more."""
    if ActionForm().validate_on_submit():
        services.leave_path(db.session(), by=person().id)
        db.session.commit()
        flash(_("Saved: you follow no path now. What you have done stays."), "done")
    is_there = any(path.id == path_id for path in _catalogue().paths(current_language()))
    return redirect(url_for("paths.path", path_id=path_id) if is_there else url_for("paths.paths"), code=303)


def my_path_panel(session: Session, scope: Scope) -> Panel | None:
    """Return the part of My learning that shows the path somebody follows, or leads to the paths."""
    all_paths = _catalogue().paths(current_language())
    if not all_paths:
        return None
    followed = services.followed_path(session, scope)
    shown = show_paths([path for path in all_paths if path.id == followed], session, scope)
    return Panel("learning/my_path.html", {"followed": shown[0] if shown else None})
