"""`content check`, `content map` and `content publish`."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

import click

from elearning.content.curriculum import curriculum_map
from elearning.content.load import load_library
from elearning.sources.problems import Problem


class Published(Protocol):
    """What publication did: what moved to another version, and what stands in the way of the rest."""

    @property
    def moved(self) -> Sequence[str]:
        """Names of courses and cases."""

    @property
    def problems(self) -> Sequence[object]:
        """Each prints as `path:line: message`."""

    @property
    def whole(self) -> bool:
        """Whether nothing was left behind."""


def content_commands(project: Path, publish: Callable[[bool], Published]) -> click.Group:
    """Return the commands for a project's courses.

    `publish` brings the store of this deployment up to date: with what changed, or, told so, with everything.
    """
    group = click.Group("content", help="Courses on disk.")

    @group.command("check")
    @click.option("--json", "as_json", is_flag=True, help="Print problems as JSON.")
    def check(as_json: bool) -> None:
        """Print every mistake in courses/ with its file and line, and what a good course lacks; exit 1 for either.

        Only mistakes keep a course from being published.
        """
        result = load_library(project, judged=True)
        print_problems(result.problems, as_json)
        if not as_json:
            courses = result.library.courses
            units = sum(len(course.units) for course in courses)
            mistakes, warnings = len(result.errors), len(result.problems) - len(result.errors)
            click.echo(f"{len(courses)} courses with {units} units are without mistake.")
            click.echo(f"{mistakes} mistakes, {warnings} warnings.")
        raise SystemExit(1 if result.problems else 0)

    @group.command("map")
    def map_command() -> None:
        """Print the map of the curriculum, as docs/curriculum.md holds it."""
        click.echo(curriculum_map(load_library(project).library))

    @group.command("publish")
    @click.option("--all", "anew", is_flag=True, help="Make everything anew: mends what a damaged disk has changed.")
    def publish_command(anew: bool) -> None:
        """Put courses and cases that are without mistake in service; exit 1 where one is broken and stays as it was."""
        published = publish(anew)
        for problem in published.problems:
            click.echo(str(problem))
        for name in published.moved:
            click.echo(f"In service: {name}")
        click.echo(f"Published; {len(published.moved)} moved to a new version.")
        raise SystemExit(0 if published.whole else 1)

    return group


def print_problems(problems: Iterable[Problem], as_json: bool) -> None:
    """Print problems one on a line, or as the JSON list of DESIGN section 7."""
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1))
        return
    for problem in problems:
        click.echo(str(problem) if problem.severity == "error" else f"{problem} (warning)")
