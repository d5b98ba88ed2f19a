"""The page of the glossary, filtered, and the glossary as a table."""

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from elearning.content.collation import folding, typed_key
from elearning.content.published import Catalogue, ShownTerm
from elearning.sources.text import Shown
from elearning.translations.languages import SOURCE_LANGUAGE, TRANSLATED_LANGUAGES, Language
from elearning.web.languages import current_language
from elearning.web.tables import csv_response

blueprint = Blueprint("glossary", __name__, url_prefix="/<lang>", template_folder="templates")
LONGEST_WORDS = 60


def _catalogue() -> Catalogue:
    held: Catalogue = current_app.extensions["elearning_catalogue"]
    return held


@blueprint.get("/glossary")
def glossary() -> ResponseReturnValue:
    """Show the terms that hold the words asked for; all without any."""
    language, wanted = current_language(), request.args.get("q", "")[:LONGEST_WORDS]
    terms = _catalogue().glossary(language)
    return render_template(
        "learning/glossary.html",
        terms=[term for term in terms if _holds(term, wanted, language.code)],
        total=len(terms),
        wanted=wanted,
        coverage=_catalogue().glossary_coverage(language),
        folding=folding(language.code),
    )


def _holds(term: ShownTerm, wanted: str, language: str) -> bool:
    text = f"{term.term.text} {_plain(term.definition)}"
    return typed_key(wanted, language) in typed_key(text, language)


@blueprint.get("/glossary.csv")
def table() -> Response:
    """Return all terms in all languages, empty where there is no translation, with what they mean in the page's."""
    languages = (SOURCE_LANGUAGE, *TRANSLATED_LANGUAGES)
    names = {language.code: _names(language) for language in languages}
    rows = [
        [term.id, *(found.get(term.id, "") for found in names.values()), _plain(term.definition)]
        for term in sorted(_catalogue().glossary(current_language()), key=lambda term: term.id)
    ]
    return csv_response(f"mcof-glossary-{current_language().code}", [["id", *names, "definition"], *rows])


def _names(language: Language) -> dict[str, str]:
    return {term.id: term.term.text for term in _catalogue().glossary(language) if term.term.translated}


def _plain(text: Shown) -> str:
    """Return safe HTML as text."""
    return str(Markup(text.text).striptags())  # noqa: S704 - sanitised when it was published
