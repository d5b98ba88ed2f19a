"""The seam between sources and translations: what there is to translate, and how a translation is asked for."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class SourceMessage:
    """One text to be translated, where it stands, and what a translator should know.

    `context` is the unit that the text belongs to (`mcof-in-one-hour/why`, empty for the interface); `path` is
    relative to the project, `line` counts from 1; `plural` is the English plural where the text counts something.
    """

    text: str
    context: str
    path: str
    line: int
    comment: str = ""
    plural: str | None = None


Translate = Callable[[str, str], str | None]
"""(context, text) -> the current translation, or None where it is missing or stale."""
