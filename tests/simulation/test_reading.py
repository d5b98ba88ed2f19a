"""Reading a case: what is written comes back, and no text whatever stops the reader."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from elearning.simulation.load import read_case
from elearning.simulation.structure import case_from_json, structure_of, version_of
from tests.simulation.plays import SMALL_RIVER, all_variants, small_river

TEXT = SMALL_RIVER.read_text(encoding="utf-8")
LINES = TEXT.splitlines()
ODD = [
    "- x",
    "  a: [",
    "}",
    "? y",
    "&a *a",
    "!!python/object:os.system x",
    "999999999999999999999",
    "\t",
    "null",
    "a: 1\na: 2",
    "\u202e",
]


def test_a_case_is_the_same_after_it_was_stored() -> None:
    stored = json.loads(json.dumps(structure_of(small_river())))
    again = case_from_json(stored)
    assert structure_of(again) == structure_of(small_river())
    assert version_of(again) == version_of(small_river())


def test_another_effect_is_another_version() -> None:
    changed = read_case(TEXT.replace("trust: +10, delay: +5", "trust: +15, delay: +5"), "scenario.yaml").case
    assert changed is not None
    assert version_of(changed) != version_of(small_river())


def test_a_variant_changes_what_it_names_and_nothing_else() -> None:
    base, variant = small_river().base, small_river().variant("asia-pacific")
    assert variant is not None
    assert (base.facts["displaced"], variant.facts["displaced"]) == (120000, 400000)
    assert variant.facts["boats"] == base.facts["boats"]
    assert variant.indicators == base.indicators
    assert len(all_variants()) >= 5


@settings(max_examples=150)
@given(
    at=st.integers(0, len(LINES) - 1),
    to=st.integers(0, 6),
    put=st.sampled_from(ODD) | st.text(max_size=20),
    indent=st.integers(0, 8),
)
def test_a_broken_file_is_reported_with_its_lines_and_never_stops_the_reader(
    at: int, to: int, put: str, indent: int
) -> None:
    broken = "\n".join([*LINES[:at], " " * indent + put, *LINES[at + to :]])
    for problem in read_case(broken, "simulations/small-river/scenario.yaml").problems:
        assert problem.path == "simulations/small-river/scenario.yaml"
        assert 1 <= problem.line <= broken.count("\n") + 2
        assert problem.message


@settings(max_examples=40)
@given(st.integers(0, len(TEXT)))
def test_a_file_that_breaks_off_is_read_or_reported(at: int) -> None:
    draft = read_case(TEXT[:at], "scenario.yaml")
    assert draft.problems or draft.case is not None


def test_a_deep_file_is_reported() -> None:
    assert read_case("a: " + "[" * 5000, "scenario.yaml").problems
    assert read_case("id: small-river\nscenes: " + "{a: " * 400 + "1" + "}" * 400, "scenario.yaml").problems
