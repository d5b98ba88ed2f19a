"""Pages of surveys and problem reports."""

from urllib.parse import unquote, urlsplit

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from elearning.core import clock
from elearning.core.database import db
from elearning.core.errors import NotFoundError
from elearning.core.scope import Scope
from elearning.feedback import services
from elearning.feedback.forms import ProblemForm, SettleForm, SurveyForm
from elearning.feedback.models import SurveyResponse
from elearning.feedback.services import Answers, Problem, Subject, TooManyReportsError
from elearning.people.services import Role, has_role
from elearning.web.access import person, sign_in_required, signed_in
from elearning.web.addresses import own_path
from elearning.web.languages import current_language
from elearning.web.registry import Panel, registry
from elearning.web.transactions import read_on

blueprint = Blueprint("feedback", __name__, url_prefix="/<lang>", template_folder="templates")
MAY_READ_REPORTS = (Role.AUTHOR, Role.ADMINISTRATOR)


@blueprint.route("/feedback/<kind>/<subject>", methods=["GET", "POST"])
@sign_in_required
def survey(kind: str, subject: str) -> ResponseReturnValue:
    """Ask what somebody thinks of a course or a case that they took."""
    reader = person()
    find = registry().survey_subjects.get(kind) or abort(404)
    about = find(db.session(), reader.scope, subject) or abort(404)
    form = SurveyForm()
    if form.validate_on_submit():
        answers = Answers({field.name: int(field.data) for field in form.statements}, form.change.data, form.key.data)
        kept = Subject(kind, subject, about.version)
        services.respond(db.session(), kept, answers, by=reader.id, language=current_language().code, now=clock.now())
        db.session.commit()
        flash(_("Thank you. Your feedback is saved."), "done")
        return redirect(about.address, code=303)
    read_on(db.session())
    if request.method == "GET":
        _fill(form, services.find_response(db.session(), reader.scope, kind, subject))
    return render_template("feedback/survey.html", form=form, about=about)


def _fill(form: SurveyForm, response: SurveyResponse | None) -> None:
    """Show what was answered before."""
    if response is None:
        return
    for field in form.statements:
        value = response.agreement.get(field.name)
        field.data = str(value) if value else None
    form.change.data = response.change


@blueprint.route("/report-a-problem", methods=["GET", "POST"])
def report_problem() -> ResponseReturnValue:
    """Take a report of a problem on a page."""
    form, session = ProblemForm(), db.session()
    if form.validate_on_submit():
        page = own_path(form.page.data) or ""
        try:
            _keep_report(session, page, form)
        except TooManyReportsError as error:
            read_on(session)
            form.text.errors = [_("Many reports came from your network in the last hour. Please send this one later.")]
            page_again = render_template("feedback/report_problem.html", form=form)
            return page_again, 429, {"Retry-After": str(error.retry_after_seconds)}
        session.commit()
        flash(_("Thank you. The authors will read your report."), "done")
        return redirect(page or url_for("home.home"), code=303)
    read_on(session)
    if request.method == "GET":
        form.page.data = own_path(request.args.get("page", "")[:2000])
    return render_template("feedback/report_problem.html", form=form)


def _keep_report(session: Session, page: str, form: ProblemForm) -> None:
    reader = signed_in()
    version = _content_version(session, reader.scope if reader else Scope(), page) or current_app.config["VERSION"]
    services.report_problem(
        session,
        Problem(page, version, form.text.data, form.key.data),
        by=reader.id if reader else None,
        address=request.remote_addr or "",
        language=current_language().code,
        now=clock.now(),
    )


def _content_version(session: Session, scope: Scope, page: str) -> str | None:
    """Return the version of the course or case on a page of this site; None where it shows none, or none of theirs."""
    addresses = current_app.create_url_adapter(request)
    try:
        endpoint, values = addresses.match(unquote(urlsplit(page).path), "GET") if addresses else ("", {})
        found = (find(session, scope, endpoint, values) for find in registry().content_versions)
        return next((version for version in found if version), None)
    except (HTTPException, NotFoundError):
        return None


@blueprint.get("/problems/")
@sign_in_required
def problems() -> ResponseReturnValue:
    """Show authors what people reported."""
    _permit()
    return render_template("feedback/problems.html", reports=services.open_reports(db.session()), form=SettleForm())


@blueprint.post("/problems/<row:report_id>/settled")
@sign_in_required
def settle(report_id: int) -> ResponseReturnValue:
    """Take a report off the list."""
    _permit()
    if SettleForm().validate_on_submit():
        services.settle_report(db.session(), report_id, by=person().id, now=clock.now())
        db.session.commit()
        flash(_("The report is settled."), "done")
    return redirect(url_for("feedback.problems"), code=303)


def _permit() -> None:
    if not has_role(db.session(), person().id, MAY_READ_REPORTS):
        abort(403)


def invitation(session: Session, scope: Scope, kind: str, subject: str) -> Panel:
    """Return the part of a course's or case's page that asks for feedback."""
    response = services.find_response(session, scope, kind, subject)
    return Panel("feedback/invitation.html", {"kind": kind, "subject": subject, "given": response is not None})


def init_feedback(app: Flask) -> None:
    """Give the application its surveys and reports."""
    app.register_blueprint(blueprint)
    app.extensions["elearning_registry"].after_panels.append(invitation)
