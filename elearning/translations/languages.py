"""The table of languages. A ninth language is one row here and `flask --app app translations add LANG`."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Language:
    """A language of the site. `code` is its CLDR locale and the first part of its addresses."""

    code: str
    native_name: str
    english_name: str
    direction: Literal["ltr", "rtl"] = "ltr"


SOURCE_LANGUAGE = Language("en", "English", "English")
LANGUAGES = (
    Language("ar", "العربية", "Arabic", "rtl"),
    Language("zh", "中文", "Chinese"),
    SOURCE_LANGUAGE,
    Language("fa", "فارسی", "Farsi", "rtl"),
    Language("fr", "Français", "French"),
    Language("ru", "Русский", "Russian"),
    Language("es", "Español", "Spanish"),
    Language("tr", "Türkçe", "Turkish"),
)
TRANSLATED_LANGUAGES = tuple(language for language in LANGUAGES if language is not SOURCE_LANGUAGE)
_BY_CODE = {language.code: language for language in LANGUAGES}


def find_language(code: str) -> Language | None:
    """Return the language with this code, exactly as addresses spell it."""
    return _BY_CODE.get(code)


def negotiate(accept_language: str) -> Language:
    """Return the best language for an Accept-Language header (RFC 9110, section 12.5.4); English where none fits.

    A region or script is overlooked: `ar-EG` gets Arabic, `zh-Hant-TW` gets Chinese.
    """
    best, best_quality = SOURCE_LANGUAGE, 0.0
    for choice in accept_language.split(","):
        tag, _, parameter = choice.partition(";")
        language = _BY_CODE.get(tag.strip().partition("-")[0].lower())
        quality = _quality(parameter)
        if language is not None and quality > best_quality:
            best, best_quality = language, quality
    return best


def _quality(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
