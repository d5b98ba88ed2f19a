"""What a translation must share with its source (placeholders, links, emphasis, code), and what it must not hold.

Each check takes the English text and the translation, and says what was found and what was expected.
"""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

_NAMED = re.compile(r"%\(\w+\)[sd]")
_POSITIONAL = re.compile(r"%[sd]\b")  # Turkish writes the percent sign before its number: %50, %sekiz
_BRACES = re.compile(r"\{[A-Za-z_][^{}]*\}")
_PERCENT = re.compile(r"%%|%\(\w+\)[sd]|%[sd]")
_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_TARGET = re.compile(r"\]\(\s*((?:[^()\s]|\([^()\s]*\))*)(?:\s+\"[^\"]*\")?\s*\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^>\s]+)>", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z/!?][^>]*>?")
_ESCAPED = re.compile(r"\\[\\`*_{}\[\]()<>#+.!|-]")
_DELIMITER = re.compile(r"\*+|_+")
_COUNT = "%(num)d", "%(num)s", "{num}"  # the number that a plural form may say in words: "one day"
_OPENING = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_OVERRIDES = {"\u202d", "\u202e"}
_CLOSING = {"\u202c", "\u2069"}

Finding = tuple[str, str]
"""(rule, message)"""


def text_findings(source: str, translation: str) -> Iterator[Finding]:
    """Yield what is wrong with the translation of a text that counts nothing."""
    yield from placeholder_findings([source], translation)
    yield from common_findings(source, translation)


def plural_findings(source: str, plural: str, forms: Iterable[str]) -> Iterator[Finding]:
    """Yield what is wrong with the forms of a text that counts something. A form may say the number in words."""
    for form in forms:
        yield from placeholder_findings([source, plural], form)
        yield from common_findings(plural, form)


def placeholder_findings(sources: list[str], translation: str) -> Iterator[Finding]:
    """Yield placeholders that are missing, unknown, or would make formatting fail."""
    wanted = set().union(*(_names(source) for source in sources))
    optional = set(_COUNT) if len(sources) > 1 else set()
    found = _names(translation)
    yield from _difference("placeholder", "placeholders", found - wanted, wanted - found - optional)
    positional = _POSITIONAL.findall(_NAMED.sub("", translation))
    in_sources = [_POSITIONAL.findall(_NAMED.sub("", source)) for source in sources]
    if positional not in in_sources:
        found_here, wanted_here = (", ".join(texts) or "none" for texts in (positional, in_sources[-1]))
        yield "placeholder", f"found {found_here}; expected {wanted_here}, in this order"


def percent_findings(sources: list[str], translation: str) -> Iterator[Finding]:
    """Yield a percent sign that formatting would stumble over; the interface formats every text."""
    if "%" in _PERCENT.sub("", translation) and not any("%" in _PERCENT.sub("", source) for source in sources):
        yield "percent", "found a single % sign; expected %% where a percent sign is meant"


def common_findings(source: str, translation: str) -> Iterator[Finding]:
    """Yield differences of markup, and characters that must not be there."""
    plain_source, plain = _without_code(source), _without_code(translation)
    yield from _compare("code", "inline code", _code(source), _code(translation))
    yield from _compare("link", "link targets", _links(plain_source), _links(plain))
    yield from _compare("html", "HTML tags", _tags(plain_source), _tags(plain))
    yield from _emphasis_findings(plain_source, plain)
    yield from _space_findings(source, translation)
    yield from character_findings(translation)


def character_findings(translation: str) -> Iterator[Finding]:
    """Yield controls of direction that override or are left open (Trojan Source, CVE-2021-42574), and other controls.

    Characters written as HTML references count as what they stand for.
    """
    text = html.unescape(translation)
    if _OVERRIDES & set(text):
        yield "bidi", "found a character that overrides the direction of text (U+202D, U+202E); expected none"
    elif not _is_balanced(text):
        yield "bidi", "found a direction control (U+202A, U+202B, U+2066 to U+2068) that is not closed; expected pairs"
    control = next((char for char in text if unicodedata.category(char) == "Cc" and char not in "\n\t"), None)
    if control:
        yield "control", f"found the control character U+{ord(control):04X}; expected none"


def _is_balanced(text: str) -> bool:
    """Tell whether each direction control is closed by its own partner, in the paragraph where it was opened."""
    for paragraph in text.split("\n"):
        open_controls: list[str] = []
        for char in paragraph:
            if char in _OPENING:
                open_controls.append(_OPENING[char])
            elif char in _CLOSING and (not open_controls or open_controls.pop() != char):
                return False
        if open_controls:
            return False
    return True


def _names(text: str) -> set[str]:
    return {*_NAMED.findall(text), *_BRACES.findall(text)}


def _code(text: str) -> Counter[str]:
    return Counter(match[2].strip() for match in _CODE.finditer(text))


def _without_code(text: str) -> str:
    """Return a text in which nothing that merely looks like markup is left: no code, no escaped characters."""
    return _ESCAPED.sub("", _CODE.sub("`", text))


def _links(text: str) -> Counter[str]:
    return Counter([*_TARGET.findall(text), *_AUTOLINK.findall(text)])


def _tags(text: str) -> Counter[str]:
    return Counter(_TAG.findall(_AUTOLINK.sub("", text)))


def _emphasis_findings(source: str, translation: str) -> Iterator[Finding]:
    wanted, found = _emphasis(source), _emphasis(translation)
    for mark in sorted({*wanted, *found}):
        if wanted[mark] != found[mark]:
            yield "emphasis", f"found {mark} {_times(found[mark])}; expected {_times(wanted[mark])}"


def _emphasis(text: str) -> Counter[str]:
    """Count the marks of emphasis. A star or line between blanks, and a line within a word, are what they are."""
    text = _NAMED.sub("", _AUTOLINK.sub("", _TARGET.sub("]", text)))
    marks: Counter[str] = Counter()
    for match in _DELIMITER.finditer(text):
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        alone = (not before or before.isspace()) and (not after or after.isspace())
        within = match[0][0] == "_" and before.isalnum() and after.isalnum()
        if not alone and not within:
            marks[match[0]] += 1
    return marks


def _space_findings(source: str, translation: str) -> Iterator[Finding]:
    for side, wanted, found in (
        (
            "start",
            source[: len(source) - len(source.lstrip())],
            translation[: len(translation) - len(translation.lstrip())],
        ),
        ("end", source[len(source.rstrip()) :], translation[len(translation.rstrip()) :]),
    ):
        if wanted != found:
            yield "space", f"found {found!r} at the {side}; expected {wanted!r} as in English"


def _compare(rule: str, what: str, wanted: Counter[str], found: Counter[str]) -> Iterator[Finding]:
    return _difference(rule, what, (found - wanted).keys(), (wanted - found).keys())


def _difference(rule: str, what: str, extra: Iterable[str], missing: Iterable[str]) -> Iterator[Finding]:
    if extra:
        yield rule, f"found {what} that English has not, or not as often: {_shown(extra)}"
    if missing:
        yield rule, f"expected {what} as in English; missing: {_shown(missing)}"


def _shown(texts: Iterable[str]) -> str:
    return ", ".join(sorted(texts)) or "none"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
