"""What is wrong in a catalogue, or keeps its sources from being read: all of it at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

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


class Located(Protocol):
    """A mistake that any reader of sources found, in whatever class it keeps it."""

    @property
    def path(self) -> str:
        """The file, relative to the project."""

    @property
    def line(self) -> int:
        """The line, from 1."""

    @property
    def rule(self) -> str:
        """The stable code."""

    @property
    def severity(self) -> Severity:
        """How bad it is."""

    @property
    def message(self) -> str:
        """What was found, what was expected."""


class BrokenSourcesError(Exception):
    """The English texts cannot be read. Whoever collects them raises this rather than pass on half of them:

    what is missing from an update would be taken for withdrawn.
    """

    def __init__(self, problems: Iterable[Located]) -> None:
        self.problems = tuple(
            TranslationProblem(found.path, found.line, found.rule, found.severity, found.message) for found in problems
        )
        super().__init__("\n".join(map(str, self.problems)))
