"""Authors rely on: whatever YAML makes of a value, it is what they wrote, or a mistake with its line."""

import pytest

from elearning.sources.problems import Problems
from elearning.sources.yaml_reader import YamlMap, parse_map


def read(text: str) -> tuple[YamlMap, Problems]:
    problems = Problems()
    source = parse_map(text, "a.yaml", problems)
    assert source is not None
    return source, problems


@pytest.mark.parametrize(
    ("written", "number"), [("90", 90), ("0", 0), ("+5", 5), ("-5", -5), ("1_000", 1000), ("12000", 12000)]
)
def test_whole_numbers_in_plain_digits(written: str, number: int) -> None:
    source, problems = read(f"n: {written}")
    assert source.whole("n", -20_000, 20_000) == number
    assert problems.found == []


@pytest.mark.parametrize("written", ["1:30", "0b11", "0x1F", "-0x1F", "010", "-1:30", "9" * 5000])
def test_other_spellings_of_numbers_are_a_mistake_with_its_line(written: str) -> None:
    source, problems = read(f"\nn: {written}")
    assert source.whole("n", 0, 100, 70) == 0
    assert [str(problem) for problem in problems.found] == [
        f"a.yaml:2: found {written[:40]} as 'n', expected a whole number in plain digits"
    ]


@pytest.mark.parametrize("written", ["12.0", "1e3", ".inf", "ninety", "yes", "2012-11-27", "[1]", "{a: 1}", "'90'"])
def test_what_is_no_whole_number_is_a_mistake_with_its_line(written: str) -> None:
    source, problems = read(f"\nn: {written}")
    source.whole("n", 0, 100, 70)
    assert [(problem.line, problem.rule) for problem in problems.found] == [(2, "type")]


@pytest.mark.parametrize(
    "written",
    ["no", "Yes", "on", "off", "2012-11-27", "2001-99-99", "1:30", "0b11", "010", "1_000", ".nan", "=", "3.10"],
)
def test_a_word_is_the_text_as_written(written: str) -> None:
    source, problems = read(f"id: {written}\nlist: [{written}]")
    assert (source.name("id"), source.text("id").text) == (written, written)
    assert [text.text for text in source.texts("list")] == [written]
    assert problems.found == []


@pytest.mark.parametrize(("written", "code"), [(r"\0", "0000"), (r"\e", "001B"), (r"\r", "000D"), (r"\x9f", "009F")])
def test_a_control_character_may_not_be_escaped_either(written: str, code: str) -> None:
    problems = Problems()
    assert parse_map(f'n: 1\ntitle: "a{written}b"\n', "a.yaml", problems) is None
    assert [str(problem) for problem in problems.found] == [
        f"a.yaml:2: found the control character U+{code}, expected none but tab and line feed"
    ]


@pytest.mark.parametrize("written", ["~", "null", "Null", "", "''"])
def test_nothing_is_no_text(written: str) -> None:
    source, problems = read(f"title: {written}\nlist:\n- {written}\n")
    source.text("title")
    source.texts("list")
    assert [problem.line for problem in problems.found] == [1, 3]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("a: 1\n? [b, c]\n: d", "a.yaml:2: found a list as a key, expected a word"),
        ("a: 1\n{b: c}: d", "a.yaml:2: found a mapping as a key, expected a word"),
        ("a: 1\nb: !int x", "a.yaml:2: found the tag '!int', expected the value alone, or a text in quotes"),
        ("a: 1\nb: &c d", "a.yaml:2: found an anchor or alias (& or *), expected the text written out"),
        ("a: 1\n\u00e9: \x07", "a.yaml:2: cannot be read as YAML: found the character U+0007"),
        ("a: 1\nb: " + "[" * 400_000 + "]" * 400_000, "a.yaml:2: found more than 40 levels, expected fewer"),
    ],
)
def test_what_no_author_needs_is_a_mistake_with_its_line(text: str, mistake: str) -> None:
    problems = Problems()
    parse_map(text, "a.yaml", problems)
    assert [str(problem) for problem in problems.found] == [mistake]
