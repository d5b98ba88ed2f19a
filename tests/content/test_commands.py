"""Authors and programs rely on: what the commands print, and their exit codes (DESIGN section 7)."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from elearning.content.commands import content_commands
from tests.content.projects import COURSE, write_project


@dataclass(frozen=True)
class Done:
    """What a publication did."""

    moved: tuple[str, ...] = ()
    problems: tuple[object, ...] = ()
    whole: bool = True


def run(project: Path, *arguments: str, published: Done | None = None) -> Result:
    return CliRunner().invoke(content_commands(project, lambda _anew: published or Done()), list(arguments))


def test_check_of_courses_without_mistake(tmp_path: Path) -> None:
    done = run(write_project(tmp_path), "check")
    assert (done.exit_code, done.output) == (
        0,
        "1 courses with 2 units are without mistake.\n0 mistakes, 0 warnings.\n",
    )
    assert json.loads(run(tmp_path, "check", "--json").output) == []


def test_check_prints_every_mistake_and_exits_1(tmp_path: Path) -> None:
    project = write_project(tmp_path, course=COURSE.replace("introductory", "hard") + "titel: x\n")
    done = run(project, "check")
    assert done.exit_code == 1
    assert [line.partition(": ")[0] for line in done.output.splitlines()[:2]] == [
        "courses/short/course.yaml:4",
        "courses/short/course.yaml:6",
    ]
    as_json = run(project, "check", "--json")
    assert as_json.exit_code == 1
    for problem in json.loads(as_json.output):
        assert set(problem) == {"path", "line", "rule", "severity", "message"}


@pytest.mark.parametrize(("whole", "status"), [(True, 0), (False, 1)])
def test_publish_says_what_moved_and_what_stayed(tmp_path: Path, whole: bool, status: int) -> None:
    done = run(tmp_path, "publish", published=Done(("courses/short",), ("a/b.md:3: found this",), whole))
    assert (done.exit_code, done.output.splitlines()) == (
        status,
        ["a/b.md:3: found this", "In service: courses/short", "Published; 1 moved to a new version."],
    )


@pytest.mark.parametrize(("arguments", "anew"), [((), False), (("--all",), True)])
def test_publish_makes_what_changed_or_everything(tmp_path: Path, arguments: tuple[str, ...], anew: bool) -> None:
    asked: list[bool] = []

    def publish(everything: bool) -> Done:
        asked.append(everything)
        return Done()

    CliRunner().invoke(content_commands(tmp_path, publish), ["publish", *arguments])
    assert asked == [anew]


def test_a_wrong_call_exits_2(tmp_path: Path) -> None:
    assert run(tmp_path, "check", "--nonsense").exit_code == 2
