"""Authors rely on: the check says what it proved, names what is wrong with file and line, and shows a way there."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings

from elearning.simulation.check import Report, check_cases, check_variant
from elearning.simulation.commands import simulations_commands
from elearning.simulation.models import Variant
from elearning.simulation.play import begin, decide, offered
from elearning.simulation.search import explore, outlook
from elearning.simulation.state import State
from tests.simulation.plays import EXAMPLES, SMALL_RIVER, small_river, walk
from tests.simulation.test_plays import PICKS

PATH = "simulations/small-river/scenario.yaml"
Change = Callable[[str], str]


def project(folder: Path, change: Change = str) -> Path:
    """Write the small river, changed, into a project of its own."""
    file = folder / PATH
    file.parent.mkdir(parents=True)
    file.write_text(change(SMALL_RIVER.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def run(folder: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(simulations_commands(folder), list(arguments), input=typed)


def every_play(variant: Variant) -> list[list[str]]:
    """Return all roads to an ending by trying each choice, without any of the search's shortcuts."""
    done: list[list[str]] = []
    waiting: list[tuple[State, list[str]]] = [(begin(variant), [])]
    while waiting:
        state, road = waiting.pop()
        if state.ended is not None:
            done.append(road)
        for choice in offered(variant, state):
            waiting.append((decide(variant, state, state.scene, choice.id).state, [*road, choice.id]))
    return done


@pytest.mark.parametrize("variant", small_river().variants, ids=lambda variant: variant.id)
def test_a_complete_search_counts_every_play(variant: Variant) -> None:
    found, plays = explore(variant), every_play(variant)
    assert found.complete
    assert found.paths == len(plays)
    assert set(found.choices) == {choice for road in plays for choice in road}
    ends = {ending: min(len(road) for road in plays if _end(variant, road) == ending) for ending in found.endings}
    assert {ending: len(witness) for ending, witness in found.endings.items()} == ends


def _end(variant: Variant, road: list[str]) -> str | None:
    state = begin(variant)
    for choice in road:
        state = decide(variant, state, state.scene, choice).state
    return state.ended


@pytest.mark.parametrize("variant", small_river().variants, ids=lambda variant: variant.id)
def test_every_witness_can_be_played(variant: Variant) -> None:
    found = explore(variant)
    for ending, witness in found.endings.items():
        assert _end(variant, list(witness)) == ending
    for choice, witness in found.choices.items():
        assert witness[-1] == choice
        _end(variant, list(witness))


@settings(max_examples=40)
@given(picks=PICKS)
def test_the_ending_of_a_play_was_within_reach_all_along(picks: list[int]) -> None:
    variant = small_river().base
    steps = walk(variant, picks)
    for step in steps:
        reachable = outlook(variant, step.before)
        assert reachable is not None
        assert steps[-1].state.ended in reachable


def test_a_search_that_is_cut_short_says_so_and_claims_nothing_unreached() -> None:
    report = check_variant(small_river(), small_river().base, cap=3)
    assert (report.complete, report.paths, report.holds) == (False, None, True)
    assert [finding.rule for finding in report.findings] == ["capped"]


def test_what_no_play_reaches_is_named_in_each_variant(tmp_path: Path) -> None:
    proud = project(tmp_path, lambda text: text.replace("when: trust >= 30", "when: trust >= 95"))
    base, asia = check_cases(proud)
    assert list(map(str, base.findings)) == [
        f"{PATH}:56: found the choice 'open-camp', which no play of variant 'base' reaches",
        f"{PATH}:80: found the ending 'recovery', which no play of variant 'base' reaches",
    ]
    assert [(finding.rule, finding.line) for finding in asia.findings] == [
        ("unreached-choice", 56),
        ("unreached-ending", 80),
        ("unreached-ending", 82),
    ]
    assert not base.holds


def test_a_dead_end_is_shown_with_the_shortest_way_there(tmp_path: Path) -> None:
    dead = project(tmp_path, lambda text: text.replace("id: write, text", "id: write, when: delay > 40, text").replace(
        "id: forget, text", "id: forget, when: delay > 40, text"))  # fmt: skip
    (base, *_rest) = check_cases(dead)
    (finding,) = [finding for finding in base.findings if finding.rule == "dead-end"]
    assert finding.witness == ("wait", "tell-press")
    assert str(finding).endswith("expected one in every state (after wait, tell-press)")
    assert not base.holds


def test_check_ends_each_variant_with_a_line_and_exits_1_where_one_does_not_hold(tmp_path: Path) -> None:
    done = run(project(tmp_path), "check")
    base, finding, asia = done.output.splitlines()
    assert base.startswith("small-river base: COMPLETE, 17 states, 10 paths, ")
    assert base.endswith("; holds.")
    assert finding == f"{PATH}:82: found the ending 'setback', which no play of variant 'asia-pacific' reaches"
    assert asia.endswith("; does not hold.")
    assert done.exit_code == 1


def test_check_exits_0_where_all_holds(tmp_path: Path) -> None:
    done = run(project(tmp_path, lambda text: text.partition("variants:")[0]), "check", "small-river")
    assert (done.exit_code, len(done.output.splitlines())) == (0, 1)


def test_check_as_json_has_the_fields_that_programs_read(tmp_path: Path) -> None:
    broken = project(tmp_path, lambda text: text.replace("start: early-warning", "start: nowhere"))
    done = run(broken, "check", "--json")
    assert done.exit_code == 1
    (report,) = json.loads(done.output)
    assert set(report) == {"case", "variant", "states", "paths", "seconds", "findings"}
    assert set(report["findings"][0]) == {"rule", "severity", "path", "line", "message", "witness"}


def test_a_case_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    done = run(project(tmp_path), "check", "none")
    assert (done.exit_code, "found no case 'none' in simulations/" in done.output) == (2, True)


def test_a_play_in_the_terminal_ends_with_the_debrief() -> None:
    done = run(EXAMPLES, "play", "small-river", "--choices", "convene, open-camp")
    assert done.exit_code == 0
    for line in (
        "== Rain upstream (before) ==",
        "[bridge-out, after 300 s]",
        "1. open-camp: Open a camp for 120,000 people",
        "== Recovery (rank 1) ==",
        "lives: 40 -> 70 (better)",
        "wheel, during, camp-management: as in the reference",
        "wheel, during, health: missed",
    ):
        assert line in done.output
    assert done.output.splitlines()[-1].startswith("Score: ")


def test_choices_that_are_not_given_are_asked_for() -> None:
    done = run(EXAMPLES, "play", "small-river", "--choices", "convene", typed="1\n")
    assert done.exit_code == 0
    assert "== Recovery (rank 1) ==" in done.output


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--choices", "fly"], 1, "found 'fly', expected one of convene, wait"),
        (["--variant", "moon"], 2, "found no variant 'moon', expected one of base, asia-pacific"),
    ],
)
def test_a_play_that_cannot_go_on_says_what_it_expected(arguments: list[str], status: int, said: str) -> None:
    done = run(EXAMPLES, "play", "small-river", *arguments)
    assert (done.exit_code, said in done.output) == (status, True)


def test_a_broken_case_is_not_played(tmp_path: Path) -> None:
    broken = project(tmp_path, lambda text: text.replace("start: early-warning", "start: nowhere"))
    done = run(broken, "play", "small-river")
    assert done.exit_code == 2
    assert f"{PATH}:" in done.output
    assert "cannot be played" in done.output


def test_a_report_of_a_broken_case_is_not_taken_for_a_proof(tmp_path: Path) -> None:
    broken = project(tmp_path, lambda text: text.replace("start: early-warning", "start: nowhere"))
    reports: list[Report] = list(check_cases(broken))
    assert [(report.complete, report.states, report.holds) for report in reports] == [(False, 0, False)]
