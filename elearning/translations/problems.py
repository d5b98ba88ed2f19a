"""What is wrong in a catalogue, or keeps its sources from being read: all of it at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class TranslationProblem:
    """A mistake: `path:line: message`. `rule` is its stable code; a warning stops nothing."""

    path: str
    line: int
    rule: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class BrokenSourcesError(Exception):
    """The English texts cannot be read. Whoever collects them raises this rather than pass on half of them:

    what is missing from an update would be taken for withdrawn.
    """

    def __init__(self, problems: Iterable[object]) -> None:
        """Hold problems; each is shown as its `str()`, which is `path:line: message`."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
