"""The language of a page: in its address, negotiated at `/`, switched in place (DESIGN section 3)."""

from typing import Any
from urllib.parse import quote

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from markupsafe import Markup

from elearning.core.settings import Settings
from elearning.translations.languages import LANGUAGES, SOURCE_LANGUAGE, Language, find_language, negotiate
from elearning.web.access import signed_in

LAST_READ = "language"


def current_language() -> Language:
    """Return the language of this request; for addresses without one, the nearest that the browser asks for."""
    held: Language | None = g.get("language")
    if held is None:
        held = nearest_language()
        g.language = held
    return held


def nearest_language() -> Language:
    """Return the language named by the address where it is one of ours, otherwise the best the browser accepts."""
    first = request.path.lstrip("/").partition("/")[0]
    named = find_language(first) or find_language(first.replace("_", "-").partition("-")[0].lower())
    return named or negotiate(request.headers.get("Accept-Language", ""))


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Take `lang` out of the address before the view sees it; an unknown one is a page that does not exist."""
    if values is None or "lang" not in values:
        return
    language = find_language(values.pop("lang"))
    if language is None:
        abort(404)
    g.language = language


def _put_language(endpoint: str, values: dict[str, Any]) -> None:
    """Put the page's own language into addresses that need one and were not given another."""
    from_app = g.get("language")
    if "lang" not in values and from_app is not None and _wants_language(endpoint):
        values["lang"] = from_app.code


def _wants_language(endpoint: str) -> bool:
    return current_app.url_map.is_endpoint_expecting(endpoint, "lang")


def address_in(code: str) -> str:
    """Return this page's address in another language, its query too; the home page where it cannot be opened."""
    rule = request.url_rule
    if request.endpoint is None or rule is None or "GET" not in (rule.methods or ()):
        return url_for("home.home", lang=code)
    if not _wants_language(request.endpoint):
        return url_for("home.home", lang=code)
    # The query is the visitor's: it is passed on as it came, never as arguments of ours.
    query = quote(request.environ.get("QUERY_STRING", ""), safe="%&=+/?:@!$'()*,;-._~")
    path = url_for(request.endpoint, **(dict(request.view_args or {}) | {"lang": code}))
    return f"{path}?{query}" if query else path


def source_marks(translated: bool) -> Markup:
    """Return the attributes of a text that stands in English on a page of another language (WCAG 3.1.2)."""
    if translated or current_language() is SOURCE_LANGUAGE:
        return Markup("")
    return Markup(' lang="en" dir="ltr"')


def _choose_at_root() -> ResponseReturnValue:
    """Lead to the language last read in, to that of the account, or to the best that the browser accepts."""
    reader = signed_in()
    own = find_language(session.get(LAST_READ, "")) or (find_language(reader.language) if reader else None)
    chosen = own or negotiate(request.headers.get("Accept-Language", ""))
    response = redirect(url_for("home.home", lang=chosen.code))
    response.vary.update(["Accept-Language", "Cookie"])
    return response


def _remember_language(response: Response) -> Response:
    """Keep the language of the page in the cookie of who is signed in; only a change costs a new cookie."""
    language: Language | None = g.get("language")
    page = request.method == "GET" and response.status_code == 200 and request.endpoint is not None
    if language is not None and page and "_user_id" in session and session.get(LAST_READ) != language.code:
        session[LAST_READ] = language.code
    return response


def init_languages(app: Flask, settings: Settings) -> None:
    """Give the application its languages."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(settings.interface_dir)
    Babel(app, locale_selector=lambda: current_language().code, default_timezone="UTC")
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_put_language)
    app.add_url_rule("/", "root", _choose_at_root)
    app.after_request(_remember_language)
    app.jinja_env.globals.update(
        languages=LANGUAGES, current_language=current_language, address_in=address_in, source_marks=source_marks
    )
