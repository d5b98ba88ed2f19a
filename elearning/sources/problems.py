"""What is wrong in an author's file, and where. All problems of all files are collected before anything is said."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

logger = logging.getLogger(__name__)
Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """A mistake: `path:line: message`. `rule` is its stable code; an error keeps a course or case from publication."""

    path: str
    line: int
    rule: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass
class Problems:
    """A collector that readers and checks write to."""

    found: list[Problem] = field(default_factory=list)

    def add(self, path: str, line: int, rule: str, message: str) -> None:
        """Note an error."""
        self.found.append(Problem(path, line, rule, message))

    def warn(self, path: str, line: int, rule: str, message: str) -> None:
        """Note what could be better, and keeps nothing from being published."""
        self.found.append(Problem(path, line, rule, message, "warning"))

    @property
    def errors(self) -> list[Problem]:
        """Return what keeps a file from being published."""
        return [problem for problem in self.found if problem.severity == "error"]


@contextmanager
def confined(problems: Problems, path: str, what: str) -> Iterator[None]:
    """Turn whatever goes wrong unforeseen into a mistake of one file: nothing else has to wait for it.

    `what` tells it: `the course cannot be read`. Whoever runs the site finds the traceback in its log.
    """
    try:
        yield
    except Exception as error:
        logger.exception("%s: %s", path, what)
        problems.add(path, 1, "unexpected", f"{what}: {error!r}")
