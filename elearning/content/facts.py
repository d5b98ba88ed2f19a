"""What in a text is a fact that a reader may want to look up, and so needs a source.

Courses tell invented cases, and what is invented needs none. How a number is written tells the two apart: the story
writes its numbers in words, so a number of three or more digits is a fact, and so is whatever speaks of millions, of
per cents or of a share of all people. Words such as `two hundred` are a fact only beside the name of a real place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale

_UNTIL_TEN = "one|two|three|four|five|six|seven|eight|nine|ten"
_TEENS = "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_COUNT = rf"a|half a|{_UNTIL_TEN}|{_TEENS}|(?:{_TENS})(?:-(?:{_UNTIL_TEN}))?"
_WORDS = rf"(?:(?:{_COUNT}|tens of|hundreds? of|thousands? of|hundred|thousand)\s){{1,3}}"
_NOT_WITHIN = r"(?<![^\W_])(?<![.,/])"  # a word or a number; an underscore is emphasis
_DIGITS = rf"{_NOT_WITHIN}\d[\d.,]*"
_PEOPLE = (
    "people|persons|humanity|men|women|children|girls|boys|migrants|refugees|asylum-seekers|returnees|workers|citizens"
    "|foreigners|families|households|populations?|countries|states"
)
_PARTS = "thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
_SHARE = rf"\b(?:half|(?:a|{_UNTIL_TEN})[ -](?:{_PARTS})|\d/\d)\sof\b"
_ALL = rf"(?:all\b|the\sworld\b|(?:(?!the\b|th[eo]se\b|its\b|their\b|our\b|your\b)[\w-]+\s){{0,2}}(?:{_PEOPLE})\b)"
_ONE_IN = (
    rf"\b(?:{_UNTIL_TEN}|\d+)\s(?:in|out\sof)\s(?:every\s)?(?:{_UNTIL_TEN}|hundred|\d+)\s(?:[\w-]+\s)?(?:{_PEOPLE})\b"
)
_FACT = re.compile(
    rf"(?:{_DIGITS}[\s-]?|\b{_WORDS})?(?:million|billion|trillion)s?\b"
    rf"|{_DIGITS}\s?(?:hundred|thousand)\b"
    rf"|{_DIGITS}\s?%"
    rf"|(?:{_DIGITS}\s|\b{_WORDS})?\bper\s?cent\b"
    rf"|{_NOT_WITHIN}(?:\d{{1,3}}(?:[,\s]\d{{3}})+(?!\d)|\d{{3,}})(?:\.\d+)?"  # 1999, 271, 12,500 and 12 500
    rf"|{_SHARE}\s{_ALL}|{_ONE_IN}",
    re.IGNORECASE,
)
_OF_A_PLACE = re.compile(rf"\b(?:(?:{_COUNT})\s)?(?:hundred|thousand)s?\b|{_SHARE}|{_ONE_IN}", re.IGNORECASE)
# Addresses of links, and numbers that are names: MC/2355, A/RES/58/114, Resolution No. 1243, article 132.
_NO_FACT = re.compile(
    r"\]\([^)]*\)|\b[A-Z]+(?:/[\w.]*\d[\w.]*)+|\bNos?\.\s?\d+"
    r"|\b(?:[Rr]esolution|[Cc]onclusion|[Dd]ocument|[Aa]rticle|[Ss]ection|[Pp]age)s?\s\d[\d./]*"
)
_SENTENCE = re.compile(r"[^.!?]+")


@dataclass(frozen=True)
class Fact:
    """A fact as it is written, what it is known by wherever it stands, and its place in the text."""

    text: str
    key: str
    start: int


def facts_in(text: str) -> list[Fact]:
    """Return the facts of a text, in its order."""
    plain = _NO_FACT.sub(lambda found: " " * len(found[0]), text)
    found = {match.start(): match[0] for match in _FACT.finditer(plain)}
    return [Fact(words, _key(words), start) for start, words in sorted((dict(_facts_of_places(plain)) | found).items())]


def _facts_of_places(plain: str) -> Iterator[tuple[int, str]]:
    for sentence in _SENTENCE.finditer(plain):
        found = list(_OF_A_PLACE.finditer(sentence[0]))
        if found and _places().search(sentence[0]):
            yield from ((sentence.start() + match.start(), match[0]) for match in found)


def _key(words: str) -> str:
    """Return what a fact has in common however it is spelt: `12,500` and `12 500`, `3 per cent` and `3%`."""
    key = re.sub(r"(?<=\d)[,\s](?=\d{3})", "", words.casefold())
    return " ".join(re.sub(r"\s?(?:%|per\s?cent)", "%", key).replace("-", " ").split())


@cache
def _places() -> re.Pattern[str]:
    """Return a pattern of the names of countries and parts of the world, which no invented case has."""
    names = (name.partition(" (")[0].partition(" - ")[0] for name in Locale("en").territories.values())
    real = sorted({name for name in names if name != "world"} | {"Syrian Arab Republic"}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, real))})\b")
