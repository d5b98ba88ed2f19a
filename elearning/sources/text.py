"""Texts as authors wrote them, and as readers see them."""

import re
from dataclasses import dataclass, field

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all but tab and line feed: no page can show them


def no_control(found: str) -> str:
    """Return what to say of a control character in an author's text."""
    return f"found the control character U+{ord(found):04X}, expected none but tab and line feed"


@dataclass(frozen=True)
class SourceText:
    """An English text and the line it stands on. Two texts are equal wherever they stand."""

    text: str
    line: int = field(compare=False)


@dataclass(frozen=True)
class Shown:
    """A text as a page shows it: plain or HTML by its place; a translation, or the English fallback."""

    text: str
    translated: bool = True

    def to_json(self) -> list[object]:
        """Return the pair that a document in the store holds."""
        return [self.text, self.translated]

    @classmethod
    def from_json(cls, pair: list[object]) -> "Shown":
        """Read the pair back."""
        text, translated = pair
        return cls(str(text), bool(translated))
