"""Authors rely on: each fact has a source, whatever kind of text states it, and an invented case needs none."""

from pathlib import Path

import pytest

from elearning.content.facts import facts_in
from elearning.content.load import LoadResult, load_library
from tests.content.projects import COURSE, DECISION, FIGURE, GLOSSARY, LESSON, PLACEMENT, QUIZ, write_project

PATHS = """\
paths:
  - id: all
    title: All
    summary: Since 1999.
    audience: [staff]
    steps: [{course: short, why: It is short.}]
"""


def judge(project: Path) -> LoadResult:
    return load_library(project, judged=True)


def findings(project: Path) -> list[tuple[str, int, str]]:
    """Return the facts without a source, and expect nothing else to be found."""
    problems = judge(project).problems
    assert {(problem.rule, problem.severity) for problem in problems} <= {("fact-without-source", "warning")}
    return [(problem.path.removeprefix("courses/"), problem.line, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("About 5 million people fled.", ["5 million"]),
        ("It was 1.5 million.", ["1.5 million"]),
        ("Then two million people left Syria.", ["two million"]),
        ("Twenty-five million, and hundreds of millions more.", ["Twenty-five million", "hundreds of millions"]),
        ("Some 3 thousand came.", ["3 thousand"]),
        ("One third of all migrants are children.", ["One third of all"]),
        ("Half of refugees, and two-thirds of the world’s poor.", ["Half of refugees", "two-thirds of the world"]),
        ("Nine out of ten people stay; one in three young migrants works.", ["Nine out of ten people", "one in three young migrants"]),
        ("Three quarters of internally displaced people wait.", ["Three quarters of internally displaced people"]),
        ("It is 12 %, ten per cent or 3 percent.", ["12 %", "ten per cent", "3 percent"]),
        ("800 officers were killed.", ["800"]),
        ("_800_ officers, **900** soldiers.", ["800", "900"]),
        ("In 1999 there were 12,500 of 12500 or 12 500.", ["1999", "12,500", "12500", "12 500"]),
        ("Since the 1990s, from 2005–2015.", ["1990", "2005", "2015"]),
        ("Eight hundred officers were killed in Jordan.", ["Eight hundred"]),
        ("In Syria a quarter of the bakeries closed.", ["a quarter of"]),
    ],
)  # fmt: skip
def test_what_a_reader_may_want_to_look_up_is_a_fact(text: str, facts: list[str]) -> None:
    assert [fact.text for fact in facts_in(text)] == facts


@pytest.mark.parametrize(
    "text",
    [
        "On 12 November, at 10:30, the road opens. It is day 8 of 24.",
        "It is number 8, in section 1.1, one of 15 sectors.",
        "MC/2355, E/2002/68/Add.1 and Resolution No. 1243 name it; see article 132 and Conclusion No. 94.",
        "[A page](https://example.org/2012) of [those](glossary:of-1951).",
        "Perhaps sixty thousand people have lost their homes. Two hundred workers wait.",
        "Half of the families are tenants. It is half of a map. The company paid half of the lost wages.",
        "Children learn in two tents. One in three trucks is late.",
        "In Jordan it is late. Two hundred people wait.",
    ],
)
def test_names_and_the_numbers_of_a_story_are_none(text: str) -> None:
    assert facts_in(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 1999 800 died. The review says so.[](source:review)", None),
        ("The review says so.[](source:review) In 1999 800 died.", "1999"),
        ("The review says so.[](source:review) That was in 2012.", None),
        ("That was in 2012.", "2012"),
        ("See the table.[](source:review)\n\n| a | b |\n|---|---|\n| c | 1999 |", None),
        ("| a | b |\n|---|---|\n| c[](source:review) | 1999 |", None),
    ],
)
def test_a_citation_covers_what_stands_before_it_in_its_paragraph_or_anywhere_in_its_row(
    tmp_path: Path, text: str, found: str | None
) -> None:
    message = f"found '{found}' without a source, expected a citation such as [](source:review-1-1) after it"
    expected = [("short/01-first.md", 19, message)] if found else []
    assert findings(write_project(tmp_path, **{"01_first": f"{LESSON}\n{text}\n"})) == expected


IN_LESSON, SHOWN = "a paragraph of the lesson", "the lesson that shows it"
BEFORE, COVERED = "a lesson before the quiz", "a lesson that the question covers"


@pytest.mark.parametrize(
    ("file", "text", "place", "what", "where"),
    [
        ("01_first", LESSON.replace("The first lesson", "Since 1999"), ("short/01-first.md", 2), "title", IN_LESSON),
        ("01_first", LESSON.replace("In short.", "Since 1999."), ("short/01-first.md", 3), "summary", IN_LESSON),
        ("01_first", LESSON.replace("## Heading", "## Since 1999"), ("short/01-first.md", 8), "heading", IN_LESSON),
        ("01_first", LESSON.replace('"The phases"', '"Since 1999"'), ("short/01-first.md", 10), "caption", IN_LESSON),
        ("01_first", LESSON.replace("in a row]", "since 1999]"), ("short/01-first.md", 10), "alternative text of a figure", IN_LESSON),
        ("01_first", LESSON + '\n!!! note "Of 1999"\n    Text.\n', ("short/01-first.md", 19), "title of a note", IN_LESSON),
        ("01_first", LESSON + "\n| a | 1999 |\n|---|---|\n| b | c |\n", ("short/01-first.md", 19), "table heading", IN_LESSON),
        ("trucks", DECISION.replace("Two trucks bring the same.", "Since 1999."), ("short/decisions/trucks.yaml", 2), "situation", SHOWN),
        ("trucks", DECISION.replace("It takes an hour.", "Since 1999."), ("short/decisions/trucks.yaml", 5), "what follows from option ask (sound)", SHOWN),
        ("row", FIGURE.replace("Before", "In 1999"), ("short/figures/row.svg", 4), "label in a figure", "a lesson that shows it"),
        ("row", FIGURE.replace("Two boxes", "In 1999"), ("short/figures/row.svg", 2), "description of a figure", "a lesson that shows it"),
        ("course", COURSE.replace("What it is about.", "Since 1999."), ("short/course.yaml", 2), "summary", "a lesson of this course"),
        ("course", COURSE.replace("Name the phases", "Since 1999"), ("short/course.yaml", 5), "objective", "a lesson of this course"),
        ("02_check", QUIZ.replace("Two minutes.", "Since 1999."), ("short/02-check.yaml", 2), "introduction", BEFORE),
        ("02_check", QUIZ.replace("Which?", "Since 1999?"), ("short/02-check.yaml", 7), "question one", BEFORE),
        ("02_check", QUIZ.replace("text: This,", "text: 1999,", 1), ("short/02-check.yaml", 9), "option a of question one (right)", BEFORE),
        ("02_check", QUIZ.replace("feedback: No.", "feedback: In 1999.", 1), ("short/02-check.yaml", 10), "feedback for option b of question one", BEFORE),
        ("placement", PLACEMENT.replace("Two people ask at once.", "It is 1999."), ("short/placement.yaml", 14), "situation of question case", COVERED),
        ("glossary", GLOSSARY.replace("A part", "Since 1999, a part"), ("glossary.yaml", 4), "definition of “Phase”", "a lesson"),
        ("paths", PATHS, ("paths.yaml", 4), "summary of the learning path “All”", "a lesson"),
    ],
)  # fmt: skip
def test_a_text_that_carries_no_citation_says_only_what_a_lesson_cites(
    tmp_path: Path, file: str, text: str, place: tuple[str, int], what: str, where: str
) -> None:
    project = write_project(tmp_path, **{file: text})
    (project / "courses" / "paths.yaml").write_text(PATHS.replace("1999", "2012") if file != "paths" else text)
    message = f"found '1999' in the {what}, expected the same with a citation in {where}"
    assert findings(project) == [(*place, message)]
    changed = project / "courses" / place[0]
    changed.write_text(changed.read_text(encoding="utf-8").replace("1999", "2012"), encoding="utf-8")
    assert findings(project) == []


def test_a_wrong_answer_is_not_meant_to_be_true(tmp_path: Path) -> None:
    wrong = QUIZ.replace("text: That,", 'text: "10,000",', 1)
    assert findings(write_project(tmp_path, **{"02_check": wrong})) == []


def test_a_placement_question_leans_on_the_lessons_that_it_covers_alone(tmp_path: Path) -> None:
    project = write_project(tmp_path, placement=PLACEMENT.replace("What comes first?", "What came in 1999?"))
    other = LESSON.replace("of 2012", "of 1999").replace("[Two trucks](decision:trucks)", "Some more words. " * 20)
    (project / "courses" / "short" / "03-other.md").write_text(other, encoding="utf-8")
    message = (
        "found '1999' in the question known, expected the same with a citation in a lesson that the question covers"
    )
    assert findings(project) == [("short/placement.yaml", 8, message)]


def test_a_fact_is_the_same_however_it_is_spelt(tmp_path: Path) -> None:
    cited = LESSON.replace("is of 2012.", "names 12,500 people and 3 per cent.").replace(
        "## Heading", "## 12 500 and 3%"
    )
    assert findings(write_project(tmp_path, **{"01_first": cited})) == []
