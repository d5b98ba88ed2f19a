"""How long it takes to publish all content in eight languages: from nothing, and after one file has changed."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from elearning.core.settings import Settings
from elearning.publication import INPUTS, Publication, publish
from tests.bench.results import Figure, middle
from tests.server import PROJECT

ROUNDS = 3
LESSON = "courses/mcof-foundations/01-why-the-framework.md"


def measure(folder: Path) -> list[Figure]:
    """Publish a copy of the project's content into stores of their own."""
    project = folder / "project"
    for name in INPUTS:
        source, target = PROJECT / name, project / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    whole, changed = [], []
    for at in range(ROUNDS):
        settings = Settings.from_environment({"PROJECT_DIR": str(project), "DATA_DIR": str(folder / f"data{at}")})
        settings.make_data_dir()
        whole.append(_seconds(lambda: publish(settings)))  # noqa: B023 - called at once
        with (project / LESSON).open("a", encoding="utf-8") as lesson:
            lesson.write(f"\nA sentence that was added, number {at}.\n")
        changed.append(_seconds(lambda: publish(settings)))  # noqa: B023
    return [
        Figure("publish all content in eight languages, from nothing", middle(whole), "s", 30),
        Figure("publish after one lesson has changed", middle(changed), "s", 3),
    ]


def _seconds(do: Callable[[], Publication]) -> float:
    started = time.perf_counter()
    done = do()
    seconds = time.perf_counter() - started
    assert done.whole, done.problems
    assert done.moved
    return seconds
