"""Authors rely on: what a good course lacks is told with file and line, and keeps nobody from reading it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.content.guessing import FEWEST, Guess, advantages
from elearning.content.load import LoadResult, load_library
from elearning.content.readability import lix
from tests.content.projects import (
    COURSE,
    DECISION,
    GLOSSARY,
    LESSON,
    PLACEMENT,
    QUIZ,
    SOURCES,
    write_project,
)

MODULE = COURSE + "sector: health\nleans_on: {during: [shelter]}\n"
LONG = "Considerable organisational responsibilities necessitate comprehensive interdepartmental communication. " * 5


def judge(project: Path) -> LoadResult:
    return load_library(project, judged=True)


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("course", COURSE.replace("}]", "}, {id: more, text: More}]"), ("course.yaml", 5, "untested-objective")),
        ("01_first", LESSON.replace("objectives: [name-phases]\n", ""), ("01-first.md", 2, "orphan-lesson")),
        ("02_check", QUIZ.replace("    objectives: [name-phases]\n", "", 1), ("02-check.yaml", 7, "orphan-question")),
        ("01_first", f"{LESSON}\n{LONG}\n", ("01-first.md", 6, "hard-to-read")),
        ("01_first", LESSON + "\nOne more. \n" * 1000, ("01-first.md", 6, "lesson-length")),
        ("01_first", LESSON.replace("[](source:review)", ""), ("01-first.md", 15, "fact-without-source")),
        ("01_first", f"{LESSON}\nSome 12 % came.\n", ("01-first.md", 19, "fact-without-source")),
        ("01_first", f"{LESSON}\nSome 60,000 came.\n", ("01-first.md", 19, "fact-without-source")),
        ("01_first", f"{LESSON}\nText.\n\n| a | b |\n|---|---|\n| 2012 | c |\n", ("01-first.md", 23, "fact-without-source")),
        ("01_first", LESSON.replace("Three phases in a row", "x"), ("01-first.md", 10, "alt-text")),
        ("01_first", LESSON.replace("Three phases in a row", "The picture"), ("01-first.md", 10, "alt-text")),
        ("01_first", LESSON.replace("Three phases in a row", "An image of three phases"), ("01-first.md", 10, "alt-text")),
        ("01_first", f"{LESSON}\nSee [it](http://example.org/).\n", ("01-first.md", 19, "insecure-link")),
        ("trucks", DECISION.replace("It takes an hour.", '"[It](HTTP://example.org/)"'), ("decisions/trucks.yaml", 5, "insecure-link")),
        ("02_check", QUIZ.replace("feedback: No.", 'feedback: "[It](http://example.org/)"', 1), ("02-check.yaml", 10, "insecure-link")),
        ("glossary", GLOSSARY.replace("A part", "A [part](http://example.org/)"), ("courses/glossary.yaml", 4, "insecure-link")),
        ("sources", SOURCES.replace("The review.", '"[It](http://example.org/)"'), ("courses/sources.yaml", 2, "insecure-link")),
        ("01_first", LESSON.replace("![Three phases in a row](figures/row.svg \"The phases\")", "Text."), ("figures/row.svg", 1, "unused-file")),
        ("01_first", LESSON.replace("[Two trucks](decision:trucks)", "Text."), ("decisions/trucks.yaml", 1, "unused-file")),
    ],
)  # fmt: skip
def test_each_shortcoming_is_named_with_its_place(
    tmp_path: Path, file: str, text: str, expected: tuple[str, int, str]
) -> None:
    result = judge(write_project(tmp_path, **{file: text}))
    found = [(problem.path.removeprefix("courses/short/"), problem.line, problem.rule) for problem in result.problems]
    assert expected in found
    assert result.errors == ()
    assert len(result.library.courses) == 1


@pytest.mark.parametrize(
    "text",
    [
        "MC/2355 is the number of the framework.",
        "Sixty thousand people, and nine hundred workers.",
        "The review says so: 271 people in 2013.[](source:review)",
        "See the table.[](source:review)\n\n| a | b |\n|---|---|\n| 2012 | c |\n| d | 2013 |",
        "| a | b |\n|---|---|\n| 2012 | c[](source:review) |",
        "[A page of 2012](https://example.org/2012)[](source:review)",
    ],
)
def test_names_story_numbers_and_cited_facts_are_left_in_peace(tmp_path: Path, text: str) -> None:
    assert judge(write_project(tmp_path, **{"01_first": f"{LESSON}\n{text}\n"})).problems == ()


def test_a_source_that_nobody_cites_is_told(tmp_path: Path) -> None:
    sources = "sources:\n  - {id: review, text: The review.}\n  - {id: other, text: Another.}\n"
    (problem,) = judge(write_project(tmp_path, sources=sources)).problems
    assert (
        str(problem)
        == "courses/sources.yaml:3: found the source 'other', which no lesson cites, expected one that does"
    )


def test_a_module_on_a_sector_has_what_all_modules_have(tmp_path: Path) -> None:
    found = [problem.message for problem in judge(write_project(tmp_path, course=MODULE)).problems]
    assert found == [
        f"found a module on a sector without {what}, which all modules have"
        for what in ("4 lessons", "a checklist", "a final quiz of 8 questions")
    ]


def test_a_course_says_what_people_will_be_able_to_do(tmp_path: Path) -> None:
    aim, without = "objectives: [name-phases]\n", COURSE[: COURSE.index("objectives")]
    texts = {"01_first": LESSON.replace(aim, ""), "02_check": QUIZ.replace(f"    {aim}", "")}
    (problem,) = judge(write_project(tmp_path, course=without, **texts)).problems
    assert str(problem) == (
        "courses/short/course.yaml:1: found no objectives, expected what learners will be able to do"
    )


def test_a_course_with_a_mistake_is_not_judged_yet(tmp_path: Path) -> None:
    project = write_project(tmp_path, course=COURSE + "titel: x\n", **{"01_first": f"{LESSON}\nSome 12 % came.\n"})
    assert [problem.rule for problem in judge(project).problems] == ["unknown-key"]


def test_short_plain_sentences_are_easier_than_long_learned_ones() -> None:
    assert lix(["The river rises. The town gets wet."]) == 3.5
    assert lix(["One two three four five six seven"]) == 7
    assert lix(["Seven letter words: nothing happens."]) == pytest.approx(5 / 2 + 100 * 2 / 5)
    assert lix(["[words](https://example.org/considerable-responsibilities)"]) == 1
    assert lix([]) == 0
    assert lix([LONG]) > 60


@given(st.lists(st.text(max_size=80), max_size=8))
def test_the_reading_level_of_any_text_is_a_number(texts: list[str]) -> None:
    assert 0 <= lix(texts) < 1_000


def guesses(pick: Callable[[int], int]) -> list[Guess]:
    """Return questions with four options of different lengths; `pick` gives the right one."""
    return [Guess((10, 20, 30, 40), tuple(at == pick(number) for at in range(4))) for number in range(16)]


def test_balanced_answers_give_a_guesser_nothing() -> None:
    assert advantages(guesses(lambda number: number % 4)) == []


def test_the_habit_that_pays_is_named() -> None:
    assert [(found.habit, found.hits, found.expected) for found in advantages(guesses(lambda _number: 3))] == [
        ("the longest option", 16, 4),
        ("the fourth option", 16, 4),
        ("the last option", 16, 4),
    ]


def test_few_questions_are_no_habit_yet() -> None:
    assert advantages(guesses(lambda _number: 3)[: FEWEST - 1]) == []


def multiple(*right: int, options: int = 4) -> str:
    """Return the questions of a quiz with several right answers, each with so many of its options right."""
    questions = ""
    for number, correct in enumerate(right):
        questions += f"  - id: m{number}\n    type: multiple\n    text: Which?\n    options:\n"
        for at in range(options):
            mark = ", correct: true" if at < correct else ""
            questions += f"      - {{id: o{at}, text: T{at}{mark}, feedback: F.}}\n"
        questions += "    objectives: [name-phases]\n"
    return QUIZ[: QUIZ.index("  - id: one")] + questions


def test_questions_that_always_have_as_many_right_answers_are_told(tmp_path: Path) -> None:
    (problem,) = judge(write_project(tmp_path, **{"02_check": multiple(2, 2, 2)})).problems
    assert str(problem) == (
        "courses/short/course.yaml:1: found 2 right options of 4 in each question of the type 'multiple', expected"
        " other numbers too: who has seen one knows how many to mark"
    )
    assert (problem.rule, problem.severity) == ("guessable", "warning")


@pytest.mark.parametrize("right", [(2, 2), (2, 2, 3)])
def test_few_of_them_or_different_ones_are_no_habit(tmp_path: Path, right: tuple[int, ...]) -> None:
    assert judge(write_project(tmp_path, **{"02_check": multiple(*right)})).problems == ()


def test_a_guessable_course_is_told_so(tmp_path: Path) -> None:
    question = QUIZ[QUIZ.index("  - id: one") : QUIZ.index("  - id: many")]
    many = QUIZ[: QUIZ.index("  - id: one")] + "".join(question.replace("one", f"q{at}") for at in range(12))
    (problem,) = judge(write_project(tmp_path, **{"02_check": many})).problems
    assert str(problem) == (
        "courses/short/course.yaml:1: found that whoever always takes the first option is right in 13 of 15 questions"
        " and decisions, expected about 7: change positions and lengths"
    )


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("trucks", DECISION.replace("sound", "fine"), ("decisions/trucks.yaml", 5, "value")),
        ("trucks", DECISION.replace("verdict: sound", "verdict: partly"), ("decisions/trucks.yaml", 1, "no-sound-option")),
        ("trucks", DECISION[: DECISION.index("  - {id: unload")], ("decisions/trucks.yaml", 1, "too-few")),
        ("trucks", DECISION.replace("id: unload", "id: ask"), ("decisions/trucks.yaml", 6, "duplicate-id")),
        ("trucks", DECISION.replace("feedback: It takes an hour.", "said: x"), ("decisions/trucks.yaml", 5, "missing")),
        ("01_first", LESSON.replace("decision:trucks", "decision:none"), ("01-first.md", 17, "decision")),
        ("01_first", LESSON.replace("decision:trucks", "decision:../../secret"), ("01-first.md", 17, "decision")),
        ("01_first", LESSON + "\n[Again](decision:trucks)\n", ("01-first.md", 19, "duplicate-decision")),
        ("01_first", LESSON.replace("source:review", "source:none"), ("01-first.md", 15, "link")),
        ("01_first", LESSON + "\nSee [it](course:none).\n", ("01-first.md", 19, "link")),
        ("01_first", LESSON + "\nPlay [it](case:none).\n", ("01-first.md", 19, "link")),
        ("01_first", LESSON.replace("[name-phases]", "[name-faces]"), ("01-first.md", 4, "objective")),
        ("01_first", LESSON.replace("objectives:", "layout: poster\nobjectives:"), ("01-first.md", 4, "value")),
        ("02_check", QUIZ.replace("[name-phases]", "[name-faces]", 1), ("02-check.yaml", 11, "objective")),
        ("02_check", QUIZ.replace("objectives:", "covers:", 1).replace("[name-phases]", "[first]", 1), ("02-check.yaml", 11, "covers")),
        ("placement", PLACEMENT.replace("covers: [first]", "covers: [check]", 1), ("placement.yaml", 7, "covers")),
        ("placement", PLACEMENT.replace("partly: true", "partly: true, correct: true"), ("placement.yaml", 18, "correct")),
        ("course", COURSE + "sector: weather\nleans_on: {}\n", ("course.yaml", 6, "sector")),
        ("course", COURSE + "sector: health\n", ("course.yaml", 1, "missing")),
        ("course", COURSE + "sector: health\nleans_on: {during: [health]}\n", ("course.yaml", 7, "sector")),
        ("course", COURSE + "leans_on: {during: [health]}\n", ("course.yaml", 6, "sector")),
        ("course", COURSE + "sector: health\nleans_on:\n  after: [shelter,\n    shelter]\n", ("course.yaml", 9, "sector")),
        ("course", COURSE + "prerequisites: [short | nowhere]\n", ("course.yaml", 6, "prerequisite")),
        ("course", COURSE.replace("id: name-phases", "id: Name!"), ("course.yaml", 5, "id")),
    ],
)  # fmt: skip
def test_each_mistake_of_the_newer_parts_is_named_with_its_place(
    tmp_path: Path, file: str, text: str, expected: tuple[str, int, str]
) -> None:
    result = judge(write_project(tmp_path, **{file: text}))
    assert expected in [
        (problem.path.removeprefix("courses/short/"), problem.line, problem.rule) for problem in result.errors
    ]
    assert result.library.courses == ()


def test_a_sector_has_one_module(tmp_path: Path) -> None:
    project = write_project(tmp_path, course=MODULE)
    other = project / "courses" / "twin"
    other.mkdir()
    (other / "course.yaml").write_text(MODULE, encoding="utf-8")
    (other / "01-first.md").write_text("---\ntitle: A\nsummary: B.\n---\nText.\n", encoding="utf-8")
    result = judge(project)
    assert list(map(str, result.errors)) == [
        "courses/twin/course.yaml:6: found the sector 'health', which courses/short/course.yaml has, expected one module"
        " on each"
    ]
    assert [course.id for course in result.library.courses] == ["short"]


def test_a_broken_source_keeps_back_who_cites_it(tmp_path: Path) -> None:
    result = judge(write_project(tmp_path, sources="sources:\n  - {id: review, txt: The review.}\n"))
    assert ("courses/short/01-first.md", 15, "broken-source") in [
        (problem.path, problem.line, problem.rule) for problem in result.errors
    ]
