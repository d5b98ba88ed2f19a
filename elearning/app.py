"""create_app: the table of contents of the house."""

import os

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from elearning import cli
from elearning.core.database import db
from elearning.core.logs import set_up_logs
from elearning.core.settings import MIGRATIONS, Settings
from elearning.exercises.views import init_exercises
from elearning.feedback.views import init_feedback
from elearning.learning.preview import init_preview
from elearning.learning.views import init_learning
from elearning.people.passwords import Passwords
from elearning.people.views import init_people
from elearning.translations.catalogue import COURSES
from elearning.translations.current import load_translations
from elearning.translations.kept import Kept
from elearning.web import health, home
from elearning.web.access import init_access
from elearning.web.addresses import init_addresses
from elearning.web.assets import init_assets
from elearning.web.errors import init_errors
from elearning.web.formats import init_formats
from elearning.web.kept import init_kept
from elearning.web.languages import init_languages
from elearning.web.pages import init_pages
from elearning.web.registry import NavigationItem, Registry
from elearning.web.remembered import init_remembered
from elearning.web.requests import init_requests
from elearning.web.schema import init_schema
from elearning.web.security import init_security


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from its settings; without them, from the environment."""
    settings = settings or Settings.from_environment(os.environ)
    app = Flask(__name__, static_folder="web/static", template_folder="web/templates")
    set_up_logs(settings)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]

    # the frame
    _set_up_database(app, settings)
    init_security(app, settings)
    CSRFProtect(app)
    init_requests(app)
    init_addresses(app)
    init_languages(app, settings)
    init_formats(app)
    init_access(app)
    init_assets(app)
    init_errors(app)
    init_kept(app)
    init_pages(app, settings)
    init_remembered(app)

    # the rooms
    app.extensions["elearning_passwords"] = Passwords(settings)
    app.config["SIGN_IN_LIMIT"] = settings.sign_in_limit
    app.register_blueprint(health.blueprint)
    app.register_blueprint(home.blueprint)
    init_people(app)
    init_learning(app, settings)
    kept = Kept(settings.catalogues_dir)
    init_preview(app, settings, lambda language: load_translations(settings.project_dir, language, COURSES, kept))
    init_exercises(app, settings)
    init_feedback(app)
    _furnish(app)

    cli.init_commands(app, settings)
    return app


def _furnish(app: Flask) -> None:
    """Say what stands in the navigation and at the foot of every page."""
    registry: Registry = app.extensions["elearning_registry"]
    registry.navigation += [
        NavigationItem("learning.courses", _l("Courses"), "book"),
        NavigationItem("exercises.cases", _l("Simulations"), "branch"),
        NavigationItem("learning.my_learning", _l("My learning"), "path", signed_in_only=True),
        NavigationItem("glossary.glossary", _l("Glossary"), "question"),
    ]
    registry.author_pages += [
        NavigationItem("preview.drafts", _l("Preview of courses"), "book"),
        NavigationItem("feedback.problems", _l("Reported problems"), "warning"),
    ]
    registry.footer.append(NavigationItem("feedback.report_problem", _l("Report a problem on this page"), "warning"))


def _set_up_database(app: Flask, settings: Settings) -> None:
    settings.make_data_dir()
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_address
    # A server can be started again behind our back: a dead connection is replaced, not used. What people typed is
    # not for logs.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True, "pool_pre_ping": bool(settings.database_url)}
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    init_schema(app)
