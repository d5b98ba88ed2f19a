"""Forms that cannot be acted on as they arrive (signed out, page too old, database busy) are kept and offered again."""

from dataclasses import dataclass

from flask import Blueprint, Flask, Request, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from elearning.web.forms import SWITCH_FIELD

blueprint = Blueprint("kept", __name__, url_prefix="/<lang>")
MAX_AGE_SECONDS = 24 * 3600
MOST_FIELDS = 300  # more than any form of ours has
_LEFT_OUT = frozenset({"csrf_token", "password", "kept", SWITCH_FIELD})


@dataclass(frozen=True)
class KeptForm:
    """A form that was sent: where to, and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]


def came_from_here(incoming: Request) -> bool:
    """Tell whether the browser says that the form was sent from a page of this site.

    Otherwise a stranger's page could have us offer its form under our name.
    """
    site = incoming.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = incoming.headers.get("Origin")
    return origin is None or origin == incoming.host_url.rstrip("/")


def kept_form() -> KeptForm | None:
    """Return the form of this request, so that it can be offered again; None where it has none or is a stranger's.

    A form that already carries a kept one, as sign-in does, gives that one.
    """
    if request.method != "POST" or not came_from_here(request):
        return None
    carried = unseal(request.form.get("kept", ""))
    if carried is not None:
        return carried
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name not in _LEFT_OUT)
    if not request.form or len(fields) > MOST_FIELDS:
        return None
    return KeptForm(path=request.full_path.rstrip("?"), fields=fields)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="kept-form")


def seal(form: KeptForm) -> str:
    """Return the form as a signed text that a page can carry in a hidden field."""
    return str(_serializer().dumps([form.path, form.fields]))


def unseal(sealed: str) -> KeptForm | None:
    """Return the form of a signed text; None where it was not signed here, or is older than a day."""
    try:
        path, fields = _serializer().loads(sealed, max_age=MAX_AGE_SECONDS)
    except BadData:
        return None
    return KeptForm(path=path, fields=tuple((name, value) for name, value in fields))


@blueprint.post("/kept")
def offer() -> ResponseReturnValue:
    """Offer a kept form again, in the language of this address."""
    kept = unseal(request.form.get("kept", "")) or abort(400)
    return render_template("web/kept.html", kept=kept)


def init_kept(app: Flask) -> None:
    """Give the application the page of kept forms."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["seal"] = seal
