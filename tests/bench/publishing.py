"""How long authors wait for `content publish` with all content in eight languages: from nothing, after a change."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from elearning.publication import INPUTS
from tests.bench.results import Figure, middle
from tests.server import PROJECT

ROUNDS = 3
LESSON = "courses/mcof-foundations/01-why-the-framework.md"
GLOSSARY = "courses/glossary.yaml"


def measure(folder: Path) -> list[Figure]:
    """Publish a copy of the project's content into stores of their own, with the command that authors use."""
    project = folder / "project"
    for name in INPUTS:
        source, target = PROJECT / name, project / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    whole, lesson, glossary = [], [], []
    for at in range(ROUNDS):
        data = folder / f"data{at}"
        whole.append(_publish(project, data))
        _add(project / LESSON, f"\nA sentence that was added, number {at}.\n")
        lesson.append(_publish(project, data))
        _add(project / GLOSSARY, f"\n  - {{id: added-{at}, term: Added {at}, definition: A term that was added.}}\n")
        glossary.append(_publish(project, data))
    return [
        Figure("publish all content in eight languages, from nothing", middle(whole), "s", 30),
        Figure("publish after one lesson has changed", middle(lesson), "s", 3),
        Figure("publish after the glossary has changed", middle(glossary), "s", 3),
    ]


def _add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def _publish(project: Path, data: Path) -> float:
    """Return how many seconds the command takes, from its start to its end."""
    command = (str(Path(sys.executable).parent / "flask"), "--app", "app", "content", "publish")
    environment = {**os.environ, "PROJECT_DIR": str(project), "DATA_DIR": str(data)}
    started = time.perf_counter()
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    assert done.returncode == 0, done.stdout + done.stderr
    assert "In service: " in done.stdout, done.stdout
    return seconds
