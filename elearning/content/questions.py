"""Reads the questions of a quiz."""

import re
from collections.abc import Callable
from decimal import Decimal

from elearning.content.models import (
    Aim,
    ChoiceQuestion,
    Item,
    MatchQuestion,
    NumericQuestion,
    Option,
    OrderQuestion,
    Pair,
    Question,
)
from elearning.sources.text import SourceText
from elearning.sources.words import read_id
from elearning.sources.yaml_reader import YamlMap

# Digits as people write them: Decimal would take NaN, Infinity and 1e999999 too, which no answer can be compared with.
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z")


def read_questions(quiz: YamlMap) -> tuple[Question, ...]:
    """Read all questions; note every mistake."""
    taken: set[str] = set()
    questions = []
    for source in quiz.maps("questions"):
        own_id, kind = read_id(source, taken), source.name("type")
        read = _READERS.get(kind)
        if read is None:
            expected = ", ".join(_READERS)
            source.wrong(
                source.line_of("type"), "question-type", f"found {kind!r} as 'type', expected one of {expected}"
            )
            continue
        aim = Aim(source.texts("objectives"), source.texts("covers"))
        questions.append(read(source, own_id, source.text("text"), aim))
        source.finish()
    if not questions:
        quiz.wrong(quiz.line, "no-questions", "found no question, expected at least one")
    return tuple(questions)


def _choice(source: YamlMap, own_id: str, text: SourceText, aim: Aim) -> Question:
    kind, taken = source.name("type"), set[str]()
    options = [_option(entry, taken, is_case=kind == "case") for entry in source.maps("options")]
    multiple = kind == "multiple"
    correct = sum(option.correct for option in options)
    if len(options) < 2:
        source.wrong(source.line, "too-few", f"found {len(options)} options, expected two or more")
    if correct == 0 or (correct > 1 and not multiple):
        expected = "one or more" if multiple else "exactly one"
        source.wrong(source.line, "correct", f"found {correct} correct options in {own_id!r}, expected {expected}")
    if options and correct == len(options) and multiple:
        message = f"found no wrong option in {own_id!r}, expected one or more: ticking all would be right"
        source.wrong(source.line, "correct", message)
    situation = source.text("situation") if kind == "case" else None
    return ChoiceQuestion(own_id, text, multiple, tuple(options), situation, aim)


def _option(source: YamlMap, taken: set[str], *, is_case: bool) -> Option:
    own_id, correct = read_id(source, taken), source.switch("correct")
    partly = is_case and source.switch("partly")
    if correct and partly:
        message = f"found {own_id!r} both correct and partly right, expected one of the two"
        source.wrong(source.line_of("partly"), "correct", message)
    option = Option(own_id, source.text("text"), source.text("feedback"), correct, partly)
    source.finish()
    return option


def _feedback(source: YamlMap) -> tuple[SourceText, SourceText]:
    feedback = source.map("feedback")
    if feedback is None:
        return SourceText("", source.line), SourceText("", source.line)
    right, wrong = feedback.text("right"), feedback.text("wrong")
    feedback.finish()
    return right, wrong


def _order(source: YamlMap, own_id: str, text: SourceText, aim: Aim) -> Question:
    taken: set[str] = set()
    items = []
    for entry in source.maps("items"):
        items.append(Item(read_id(entry, taken), entry.text("text")))
        entry.finish()
    if len(items) < 2:
        source.wrong(source.line, "too-few", f"found {len(items)} items, expected two or more")
    return OrderQuestion(own_id, text, tuple(items), *_feedback(source), aim)


def _match(source: YamlMap, own_id: str, text: SourceText, aim: Aim) -> Question:
    taken: set[str] = set()
    pairs = []
    for entry in source.maps("pairs"):
        pairs.append(Pair(read_id(entry, taken), entry.text("left"), entry.text("right")))
        entry.finish()
    if len(pairs) < 2:
        source.wrong(source.line, "too-few", f"found {len(pairs)} pairs, expected two or more")
    if len({pair.match.text for pair in pairs}) < len(pairs):
        source.wrong(
            source.line, "same-match", f"found the same right side twice in {own_id!r}, expected different ones"
        )
    return MatchQuestion(own_id, text, tuple(pairs), *_feedback(source), aim)


def _decimal(source: YamlMap, key: str, default: str | None = None) -> Decimal:
    value = source.name(key, required=default is None) or default or "0"
    if not _NUMBER.match(value):
        message = f"found {value[:40]!r} as {key!r}, expected a number such as 12 or 0.5"
        source.wrong(source.line_of(key), "number", message)
        return Decimal(0)
    return Decimal(value)


def _numeric(source: YamlMap, own_id: str, text: SourceText, aim: Aim) -> Question:
    unit = source.text("unit", required=False)
    answer, tolerance = _decimal(source, "answer"), _decimal(source, "tolerance", "0")
    if tolerance < 0:
        source.wrong(source.line_of("tolerance"), "range", f"found {tolerance} as 'tolerance', expected 0 or more")
    return NumericQuestion(own_id, text, answer, tolerance, unit if unit.text else None, *_feedback(source), aim)


_READERS: dict[str, Callable[[YamlMap, str, SourceText, Aim], Question]] = {
    "single": _choice,
    "multiple": _choice,
    "case": _choice,
    "order": _order,
    "match": _match,
    "numeric": _numeric,
}
