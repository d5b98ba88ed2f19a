"""Reads the short cases inside lessons, each a file of its own."""

from typing import cast, get_args

from elearning.content.models import Decision, DecisionOption, Verdict
from elearning.sources.words import read_id
from elearning.sources.yaml_reader import YamlMap

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


def read_decision(source: YamlMap, own_id: str) -> Decision:
    """Read a decision; note every mistake."""
    taken: set[str] = set()
    decision = Decision(
        id=own_id,
        path=source.path,
        title=source.text("title"),
        situation=source.text("situation"),
        question=source.text("question"),
        options=tuple(_option(entry, taken) for entry in source.maps("options")),
    )
    if len(decision.options) < 2:
        source.wrong(source.line, "too-few", f"found {len(decision.options)} options, expected two or more")
    if not any(option.verdict == "sound" for option in decision.options):
        source.wrong(source.line, "no-sound-option", "found no option with the verdict 'sound', expected one or more")
    source.finish()
    return decision


def _option(source: YamlMap, taken: set[str]) -> DecisionOption:
    own_id, verdict = read_id(source, taken), source.name("verdict")
    if verdict and verdict not in VERDICTS:
        message = f"found {verdict!r} as 'verdict', expected one of {', '.join(VERDICTS)}"
        source.wrong(source.line_of("verdict"), "value", message)
    option = DecisionOption(own_id, source.text("text"), cast(Verdict, verdict), source.text("feedback"))
    source.finish()
    return option
