"""Documents of a version that was published before a language was there: the English ones, marked as untranslated."""

from typing import Any


def as_untranslated(document: Any) -> Any:
    """Return an English document with every text in it marked as English (see `sources.text.Shown`)."""
    match document:
        case [str() as text, bool()]:
            return [text, False]
        case list():
            return [as_untranslated(item) for item in document]
        case dict():
            return {key: _marked(key, value) for key, value in document.items()}
        case _:
            return document


def _marked(key: str, value: Any) -> Any:
    """Mark a value of a document: the whole text of a lesson, what it says of itself, and what is counted of it."""
    match key, value:
        case "html", str():
            return f'<div lang="en" dir="ltr">{value}</div>'
        case "translated", bool():
            return False
        case (("translated" | "reviewed"), int()):
            return 0
        case _:
            return as_untranslated(value)
