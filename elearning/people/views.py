"""Pages of sign-in and sign-out."""

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_user, logout_user

from elearning.core import clock
from elearning.core.database import db
from elearning.people import services
from elearning.people.demo import ACCOUNTS, DEMO_PASSWORD
from elearning.people.forms import SignInForm
from elearning.people.passwords import Passwords
from elearning.people.services import Credentials, TooManyAttemptsError
from elearning.web.access import SignedIn, demo_mode, login_manager, signed_in
from elearning.web.addresses import own_path
from elearning.web.kept import kept_form, seal, unseal

blueprint = Blueprint("people", __name__, url_prefix="/<lang>", template_folder="templates")


def passwords() -> Passwords:
    """Return the hasher of the running application."""
    held: Passwords = current_app.extensions["elearning_passwords"]
    return held


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form, and open a session."""
    form = SignInForm()
    if request.method == "GET":
        if signed_in():
            return redirect(own_path(request.args.get("next")) or url_for("home.home"))
        form.next.data = own_path(request.args.get("next"))
    if form.validate_on_submit():
        try:
            found = _check(form)
        except TooManyAttemptsError as error:
            return _pause(form, error.retry_after_seconds)
        if found is not None:
            session.permanent = True  # as long as the sign-in itself
            login_user(found)
            return _go_on(form)
        form.password.errors = [_("E-mail address and password do not belong together. Please check both.")]
    return _sign_in_page(form)


def _check(form: SignInForm) -> SignedIn | None:
    """Return the person whose e-mail and password these are, with a new session; None where they are wrong."""
    tried = Credentials(form.email.data, form.password.data, request.remote_addr or "")
    limit = current_app.config["SIGN_IN_LIMIT"]
    attempt = services.begin_sign_in(db.session(), tried, limit=limit, demo=demo_mode(), now=clock.now())
    db.session.commit()
    kept, right = attempt.password_hash, passwords().matches(attempt.password_hash, tried.password)
    if kept is None or attempt.person_id is None or not right:
        services.fail_sign_in(db.session(), attempt)
        db.session.commit()
        return None
    new_hash = passwords().digest(tried.password) if passwords().is_outdated(kept) else None
    token = services.finish_sign_in(db.session(), attempt, attempt.person_id, new_hash=new_hash, now=clock.now())
    db.session.commit()
    return load_signed_in(token)


def _pause(form: SignInForm, seconds: int) -> ResponseReturnValue:
    """Show the form again, with what was kept in it, and say when it opens."""
    form.password.errors = [
        _("To protect accounts, this form pauses after several failed attempts. Please wait and try again."),
        ngettext("You can try again in %(num)d second.", "You can try again in %(num)d seconds.", seconds),
    ]
    page, status = _sign_in_page(form, 429)
    return page, status, {"Retry-After": str(seconds)}


def _go_on(form: SignInForm) -> ResponseReturnValue:
    kept = unseal(form.kept.data) if form.kept.data else None
    if kept is not None:
        return render_template("web/kept.html", kept=kept)
    return redirect(own_path(form.next.data) or url_for("home.home"), code=303)


def _sign_in_page(form: SignInForm, status: int = 200) -> tuple[str, int]:
    demo = ACCOUNTS if demo_mode() else ()
    return render_template("people/sign_in.html", form=form, demo_accounts=demo, demo_password=DEMO_PASSWORD), status


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session."""
    reader = signed_in()
    if reader is not None:
        services.sign_out(db.session(), reader.sign_in_id)
        db.session.commit()
        logout_user()
        flash(_("You are signed out. Your progress is saved."), "done")
    return redirect(url_for("home.home"), code=303)


def load_signed_in(token: str) -> SignedIn | None:
    """Return who holds a token."""
    row = services.find_signed_in(db.session(), token, demo=demo_mode(), now=clock.now())
    if row is None:
        return None
    return SignedIn(row.id, row.name, row.email, row.language, token, row.sign_in_id)


def _ask_to_sign_in() -> ResponseReturnValue:
    """Ask a guest to sign in: go back afterwards, or, where a form came along, keep it."""
    if request.method == "GET":
        return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))
    kept = kept_form()
    if kept is None:
        abort(400)
    form = SignInForm(formdata=None)
    form.kept.data = seal(kept)
    return _sign_in_page(form, 401)


def init_people(app: Flask) -> None:
    """Give the application its people."""
    login_manager.user_loader(load_signed_in)
    login_manager.unauthorized_handler(_ask_to_sign_in)
    app.register_blueprint(blueprint)
