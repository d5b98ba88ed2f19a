"""Translators rely on: answers that their length gives away in their language are named, and no others."""

from pathlib import Path

from click.testing import CliRunner

from elearning.content.lengths import check_lengths
from elearning.content.load import load_library
from elearning.content.messages import library_messages
from elearning.translations.commands import translations_commands
from elearning.translations.update import update
from tests.content.projects import write_project
from tests.translations.projects import language, translate_as

QUESTION = """\
  - id: q{at}
    type: single
    objectives: [name-phases]
    text: Which {at}?
    options:
      - {{id: a, text: "Wrong {at}a"{right_a}, feedback: Yes.}}
      - {{id: b, text: "Wrong {at}b"{right_b}, feedback: Yes.}}
      - {{id: c, text: "Wrong {at}c"{right_c}, feedback: Yes.}}
"""
COUNT = 12


def quiz() -> str:
    """Return questions whose right answers stand at all places and are as long as the others."""
    marks = [
        {f"right_{place}": ", correct: true" if at % 3 == number else "" for number, place in enumerate("abc")}
        for at in range(COUNT)
    ]
    questions = "".join(QUESTION.format(at=at, **marks[at]) for at in range(COUNT))
    return f"title: Check\nintro: Some.\nquestions:\n{questions}"


def project_with(folder: Path, right: str, wrong: str) -> Path:
    """Write a project with Russian answers: these words, and what they are a translation of."""
    write_project(folder, **{"02_check": quiz()})
    library = load_library(folder).library
    update(folder, {"courses": library_messages(library)}, [language("ru")])
    answers = {}
    for at in range(COUNT):
        for place_at, place in enumerate("abc"):
            word = right if at % 3 == place_at else wrong
            answers[f"Wrong {at}{place}"] = f"{word} {at}{place}"
    translate_as(folder, "ru", answers)
    return folder


def test_answers_alike_in_length_tell_nothing(tmp_path: Path) -> None:
    assert check_lengths(project_with(tmp_path, "Слово", "Слово"), [language("ru")]) == []


def test_right_answers_that_are_longer_are_named_each_with_its_line(tmp_path: Path) -> None:
    project = project_with(tmp_path, "Очень длинное слово", "Слово")
    found = check_lengths(project, [language("ru")])
    assert len(found) == COUNT
    lines = (project / found[0].path).read_text(encoding="utf-8").splitlines()
    entry = "\n".join(lines[found[0].line - 1 : found[0].line + 4])
    assert "Wrong 0a" in entry
    assert found[0].message == (
        "This right answer is the longest option, as too often in 'short'; expected lengths that tell nothing."
    )


def test_the_command_prints_them_and_fails(tmp_path: Path) -> None:
    project = project_with(tmp_path, "О", "Слово")
    group = translations_commands(project, dict, lengths=(check_lengths, "Lengths."))
    done = CliRunner().invoke(group, ["lengths", "ru"])
    assert done.exit_code == 1
    assert done.output.count("the shortest option") == COUNT
    assert done.output.endswith(f"{COUNT} findings.\n")
    assert CliRunner().invoke(group, ["lengths", "fr"]).output == "0 findings.\n"
    assert CliRunner().invoke(group, ["lengths", "xx"]).exit_code == 2
