"""The first page: what this is, and what the rooms offer."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from elearning.core.database import db
from elearning.core.scope import Scope
from elearning.web.access import signed_in
from elearning.web.registry import panels, registry

blueprint = Blueprint("home", __name__, url_prefix="/<lang>")


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """Show the first page."""
    reader = signed_in()
    scope = reader.scope if reader else Scope()
    shown = panels(registry().home_panels, db.session(), scope)
    return render_template("web/home.html", panels=shown)
