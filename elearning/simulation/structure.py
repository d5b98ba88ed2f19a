"""A case as JSON: its structure with the English texts, the hash that is its version, and the case read back."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from elearning.simulation.expressions import from_json, to_json
from elearning.simulation.models import (
    Case,
    Choice,
    Condition,
    ConditionalText,
    Ending,
    Indicator,
    Inject,
    Route,
    Scene,
    Variant,
)
from elearning.sources.digest import digest_of
from elearning.sources.text import SourceText

# Where a thing stands may change without a new version.
_LEFT_OUT = frozenset({"path", "line"})
T = TypeVar("T")


def structure_of(case: Case) -> dict[str, Any]:
    """Return everything that decides what a player meets, in English: what attempts are made against."""
    found: dict[str, Any] = _plain(case)
    return found


def version_of(case: Case) -> str:
    """Return the version of a case: the hash of its structure and English texts."""
    return digest_of(structure_of(case))


def _plain(value: Any) -> Any:
    if isinstance(value, SourceText):
        return value.text
    if isinstance(value, Condition):
        return {"text": value.text, "tree": to_json(value.tree)}
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.name not in _LEFT_OUT}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def case_from_json(document: Mapping[str, Any], path: str = "") -> Case:
    """Read a case back from its structure; texts are English and without lines."""
    return Case(document["id"], path, tuple(_variant(one) for one in document["variants"]))


def _variant(document: dict[str, Any]) -> Variant:
    return Variant(
        **_with(
            document,
            label=_maybe_text,
            title=_text,
            summary=_text,
            briefing=_maybe_text,
            objectives=_all(_text),
            sources=_all(_text),
            audience=tuple,
            facts=dict,
            flags=tuple,
            indicators=_all(lambda one: Indicator(**_with(one, label=_text))),
            reference=lambda found: {phase: tuple(sectors) for phase, sectors in found.items()},
            scenes=_all(_scene),
            endings=_all(lambda one: Ending(**_with(one, title=_text, text=_text, when=_condition))),
        )
    )


def _scene(document: dict[str, Any]) -> Scene:
    return Scene(
        **_with(
            document,
            title=_maybe_text,
            text=_all(lambda one: ConditionalText(**_with(one, text=_text, when=_condition))),
            choices=_all(_choice),
            injects=_all(_inject),
        )
    )


def _inject(document: dict[str, Any]) -> Inject:
    texts = dict.fromkeys(("expected", "sender", "recipient", "channel"), _maybe_text)
    return Inject(**_with(document, text=_text, effects=dict, when=_condition, **texts))


def _choice(document: dict[str, Any]) -> Choice:
    return Choice(
        **_with(
            document,
            text=_text,
            feedback=_text,
            routes=_all(lambda one: Route(**_with(one, when=_condition))),
            when=_condition,
            sectors=tuple,
            effects=dict,
            flags=tuple,
        )
    )


def _with(document: dict[str, Any], **readers: Callable[[Any], Any]) -> dict[str, Any]:
    """Return a document with some of its values read; the others are what they are."""
    return {key: readers[key](value) if key in readers else value for key, value in document.items()}


def _all(read: Callable[[Any], T]) -> Callable[[list[Any]], tuple[T, ...]]:
    return lambda found: tuple(read(one) for one in found)


def _text(text: str) -> SourceText:
    return SourceText(text, 0)


def _maybe_text(text: str | None) -> SourceText | None:
    return None if text is None else SourceText(text, 0)


def _condition(document: dict[str, Any] | None) -> Condition | None:
    return None if document is None else Condition(document["text"], from_json(document["tree"]))
