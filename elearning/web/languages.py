"""The language of a page: in its address, negotiated at `/`, switched in place (DESIGN section 3)."""

from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from markupsafe import Markup

from elearning.core.settings import Settings
from elearning.translations.languages import LANGUAGES, SOURCE_LANGUAGE, Language, find_language, negotiate


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
    """Return this page's address in another language: the same page and query, or the home page."""
    view_args = dict(request.view_args or {})
    if request.endpoint is None or not _wants_language(request.endpoint):
        return url_for("home.home", lang=code)
    view_args["lang"] = code
    query: dict[str, Any] = request.args.to_dict(flat=False)
    return url_for(request.endpoint, **(query | view_args))


def source_marks(translated: bool) -> Markup:
    """Return the attributes of a text that stands in English on a page of another language (WCAG 3.1.2)."""
    if translated or current_language() is SOURCE_LANGUAGE:
        return Markup("")
    return Markup(' lang="en" dir="ltr"')


def _choose_at_root() -> ResponseReturnValue:
    response = redirect(url_for("home.home", lang=negotiate(request.headers.get("Accept-Language", "")).code))
    response.vary.add("Accept-Language")
    return response


def init_languages(app: Flask, settings: Settings) -> None:
    """Give the application its languages."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(settings.interface_dir)
    Babel(app, locale_selector=lambda: current_language().code, default_timezone="UTC")
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_put_language)
    app.add_url_rule("/", "root", _choose_at_root)
    app.jinja_env.globals.update(
        languages=LANGUAGES, current_language=current_language, address_in=address_in, source_marks=source_marks
    )
