"""Pages of cases: what they are about, the play itself, and the debrief."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Blueprint, Flask, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from elearning.content.store import Store
from elearning.core import clock
from elearning.core.database import db
from elearning.core.errors import ConflictError
from elearning.core.scope import Scope
from elearning.core.settings import Settings
from elearning.exercises import services
from elearning.exercises.forms import DecisionForm, StartForm
from elearning.exercises.models import Attempt
from elearning.exercises.published import Cases, PublishedCase, PublishedVariant
from elearning.exercises.services import Beginning, SentDecision
from elearning.simulation.debrief import Cell, debrief, measures
from elearning.simulation.events import Decision
from elearning.simulation.play import Play, fold, injects, offered, shown_text
from elearning.sources.sectors import PHASES, SECTORS
from elearning.web.access import person, sign_in_required, signed_in
from elearning.web.formats import number
from elearning.web.languages import current_language
from elearning.web.registry import FindStep, Panel, Registry, StepState, SurveySubject, registry
from elearning.web.transactions import commit_and_read_on, read_on
from elearning.web.wheels import samples, wheel

blueprint = Blueprint("exercises", __name__, url_prefix="/<lang>/simulations", template_folder="templates")
# What was still within reach is searched anew for each debrief: only so far that the page stays quick.
OUTLOOK_STATES = 400


def _cases() -> Cases:
    held: Cases = current_app.extensions["elearning_cases"]
    return held


def _find(case_id: str, version: str | None = None) -> PublishedCase:
    return _cases().case(case_id, current_language(), number, version) or abort(404)


def _played(attempt: Attempt) -> PublishedVariant:
    return _find(attempt.case, attempt.version).variant(attempt.variant) or abort(404)


@dataclass(frozen=True)
class OwnPlay:
    """A play in a list: `played` is None where the store no longer holds its version, `case` where it left service."""

    attempt: Attempt
    played: PublishedVariant | None
    case: PublishedCase | None

    @property
    def known(self) -> PublishedVariant | None:
        """What can be told of its title and variant: out of its own version, otherwise out of the present one."""
        return self.played or (self.case.variant(self.attempt.variant) if self.case else None)


def _own_plays(attempts: Iterable[Attempt]) -> list[OwnPlay]:
    @cache  # read once for all plays of a case, not once for each
    def held(case_id: str, version: str | None = None) -> PublishedCase | None:
        return _cases().case(case_id, current_language(), number, version)

    found = []
    for attempt in attempts:
        case = held(attempt.case, attempt.version)
        played = case.variant(attempt.variant) if case else None
        found.append(OwnPlay(attempt, played, held(attempt.case)))
    return found


@blueprint.get("/")
def cases() -> ResponseReturnValue:
    """Show all cases."""
    return render_template("exercises/cases.html", cases=_cases().cases(current_language(), number))


@blueprint.route("/<case_id>", methods=["GET", "POST"])
def case(case_id: str) -> ResponseReturnValue:
    """Show what a case is about, where one can begin, and what one has played.

    The language menu sends the form that begins a play here: it is shown again, with the variant that was chosen.
    """
    reader, session = signed_in(), db.session()
    read_on(session)
    own = services.attempts(session, reader.scope, case_id) if reader else []
    after = [make(session, reader.scope, "case", case_id) for make in registry().after_panels] if reader else []
    finished = any(attempt.ended_at for attempt in own)
    form, offered_now = StartForm(), _cases().case(case_id, current_language(), number)
    found = offered_now or (_find(case_id, own[0].version) if own else abort(404))
    return render_template(
        "exercises/case.html",
        case=found,
        withdrawn=offered_now is None,
        plays=_own_plays(own),
        after=after if finished else [],
        form=form,
        chosen=(found.variant(form.variant.data or "") or found.base).variant.id,
    )


@blueprint.post("/<case_id>/start")
@sign_in_required
def start(case_id: str) -> ResponseReturnValue:
    """Begin to play a variant."""
    found = _find(case_id)
    form = StartForm()
    variant = found.variant(request.form.get("variant", "")) or found.base
    if not form.validate_on_submit():
        return redirect(url_for("exercises.case", case_id=case_id), code=303)
    beginning = Beginning(case_id, variant.variant.id, found.version, str(form.key.data))
    language = current_language().code
    attempt = services.begin_attempt(db.session(), beginning, by=person().id, language=language, now=clock.now())
    address = url_for("exercises.play", case_id=case_id, attempt_id=attempt.id)
    db.session.commit()
    return redirect(address, code=303)


@blueprint.route("/<case_id>/attempts/<row:attempt_id>", methods=["GET", "POST"])
@sign_in_required
def play(case_id: str, attempt_id: int) -> ResponseReturnValue:
    """Show where a play stands; take a decision and show what it did, in one request."""
    session, reader = db.session(), person()
    played = _played(services.find_attempt(session, reader.scope, attempt_id, case_id))
    form, late = DecisionForm(), False
    if form.validate_on_submit():
        sent = SentDecision(attempt_id, Decision(str(form.scene.data), str(form.choice.data)), str(form.key.data))
        language = current_language().code
        try:
            stand = services.decide(session, played.variant, sent, by=reader.id, language=language, now=clock.now())
            commit_and_read_on(session)
            return _play_page(played, attempt_id, stand)
        except ConflictError:
            late = True
    read_on(session)
    stand = fold(played.variant, services.events(session, reader.scope, attempt_id))
    return _play_page(played, attempt_id, stand, late=late)


def _play_page(played: PublishedVariant, attempt_id: int, stand: Play, *, late: bool = False) -> ResponseReturnValue:
    variant, state = played.variant, stand.state
    playing = state.ended is None
    page = render_template(
        "exercises/play.html",
        played=played,
        attempt_id=attempt_id,
        last=stand.steps[-1] if stand.steps else None,
        scene=variant.scene(state.scene),
        text=played.text(f"scene.{state.scene}.text.{shown_text(variant, state)}") if playing else None,
        ended=state.ended,
        injects=injects(variant, state),
        choices=offered(variant, state),
        measures=measures(variant, state),
        indicators={one.id: one for one in variant.indicators},
        number_of_decision=len(stand.steps) + 1,
        late=late,
        form=DecisionForm(formdata=None),
    )
    return page, 409 if late else 200


@blueprint.get("/<case_id>/attempts/<row:attempt_id>/debrief")
@sign_in_required
def debrief_page(case_id: str, attempt_id: int) -> ResponseReturnValue:
    """Look back upon a play that has ended."""
    session = db.session()
    attempt = services.find_attempt(session, person().scope, attempt_id, case_id)
    if attempt.ended_at is None:
        return redirect(url_for("exercises.play", case_id=case_id, attempt_id=attempt_id))
    played = _played(attempt)
    found = debrief(played.variant, services.events(session, person().scope, attempt_id), OUTLOOK_STATES)
    after = [make(session, person().scope, "case", case_id) for make in registry().after_panels]
    return render_template(
        "exercises/debrief.html",
        played=played,
        attempt=attempt,
        debrief=found,
        indicators={one.id: one for one in played.variant.indicators},
        wheel=_wheel(played, found.wheel),
        marks={(cell.phase, cell.sector): cell.mark for cell in found.wheel},
        phases=PHASES,
        sectors=SECTORS,
        systems=samples(),
        # only a better ending than the one that was met is a loss
        better={one.id for one in played.variant.endings if found.result and one.rank < found.result.rank},
        after=after,
    )


def _wheel(played: PublishedVariant, cells: Iterable[Cell]) -> Markup:
    marked = [(cell.phase, cell.sector, cell.mark) for cell in cells]
    return wheel(marked, played.wheel, _("The wheel of this play"), _("The table below says the same in words."))


def home_panel(_session: Session, _scope: Scope) -> Panel | None:
    """Return the part of the first page that leads to cases."""
    found = _cases().cases(current_language(), number)
    return Panel("exercises/home_panel.html", {"cases": found}) if found else None


def my_cases_panel(session: Session, scope: Scope) -> Panel | None:
    """Return the part of My learning that shows plays."""
    found = _own_plays(services.attempts(session, scope))
    return Panel("exercises/my_cases.html", {"plays": found}) if found else None


def survey_subject(session: Session, scope: Scope, case_id: str) -> SurveySubject | None:
    """Return what a survey needs to know of a case; None where nobody in the scope has played it to its end."""
    finished = [attempt for attempt in services.attempts(session, scope, case_id) if attempt.ended_at]
    if not finished:
        return None
    known = next((play.known for play in _own_plays(finished) if play.known), None)
    if known is None:
        return None
    address = url_for("exercises.case", case_id=case_id)
    return SurveySubject(known.title.text, known.title.translated, finished[0].version, address)


def path_steps(session: Session, scope: Scope) -> FindStep:
    """Return how cases are found as steps of a learning path; one is done once it was played to an end."""
    own = services.attempts(session, scope) if scope.person_ids else []
    begun = {attempt.case for attempt in own}
    done = {attempt.case for attempt in own if attempt.ended_at}

    def find(case_id: str) -> StepState | None:
        found = _cases().case(case_id, current_language(), number)
        if found is None:
            return None
        address, minutes = url_for("exercises.case", case_id=case_id), found.base.variant.minutes
        if case_id in done:
            return StepState(found.base.title, 0, address, "done")
        return StepState(found.base.title, minutes, address, "begun" if case_id in begun else "open")

    return find


def content_version(session: Session, scope: Scope, endpoint: str, values: Mapping[str, Any]) -> str | None:
    """Return the version of the case that somebody meets on one of its pages."""
    if endpoint in {"exercises.play", "exercises.debrief_page"}:
        return services.find_attempt(session, scope, values["attempt_id"], values["case_id"]).version
    found = _cases().case(values["case_id"], current_language(), number) if endpoint == "exercises.case" else None
    return found.version if found else None


def init_exercises(app: Flask, settings: Settings) -> None:
    """Give the application its cases."""
    app.extensions["elearning_cases"] = Cases(Store(settings.store_dir))
    app.register_blueprint(blueprint)
    hung: Registry = app.extensions["elearning_registry"]
    hung.home_panels.append(home_panel)
    hung.my_learning_panels.append(my_cases_panel)
    hung.survey_subjects["case"] = survey_subject
    hung.path_steps["case"] = path_steps
    hung.content_versions.append(content_version)
