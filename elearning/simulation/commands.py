"""`simulations check` and `simulations play`."""

import json
from pathlib import Path

import click

from elearning.simulation.check import Report, check_cases
from elearning.simulation.load import load_draft
from elearning.simulation.models import BASE, Variant
from elearning.simulation.terminal import Terminal


def simulations_commands(project: Path) -> click.Group:
    """Return the commands for a project's cases."""
    group = click.Group("simulations", help="Cases on disk.")

    @group.command("check")
    @click.argument("case", required=False)
    @click.option("--json", "as_json", is_flag=True, help="Print the reports as JSON.")
    def check(case: str | None, as_json: bool) -> None:
        """Prove every case, or one, in every variant; exit 1 where something does not hold."""
        try:
            reports = list(check_cases(project, case))
        except KeyError:
            raise click.UsageError(f"found no case {case!r} in simulations/") from None
        if as_json:
            click.echo(json.dumps([report.to_json() for report in reports], ensure_ascii=False, indent=1))
        else:
            for report in reports:
                _print_report(report)
        raise SystemExit(0 if all(report.holds for report in reports) else 1)

    @group.command("play")
    @click.argument("case")
    @click.option("--variant", default=BASE, show_default=True, help="The regional variant to play.")
    @click.option("--choices", default="", help="Choices to begin with: a,b,c.")
    def play(case: str, variant: str, choices: str) -> None:
        """Play a case in the terminal, in English; ends with a debrief. Choices not given are read from the input."""
        chosen = _find_variant(project, case, variant)
        given = [name.strip() for name in choices.split(",") if name.strip()]
        raise SystemExit(0 if Terminal(chosen, given).play() else 1)

    return group


def _find_variant(project: Path, case: str, variant: str) -> Variant:
    draft = load_draft(project, case)
    for problem in draft.problems:
        click.echo(str(problem), err=True)
    if draft.case is None or any(problem.severity == "error" for problem in draft.problems):
        raise click.UsageError(f"the case {case!r} cannot be played")
    found = draft.case.variant(variant)
    if found is None:
        known = ", ".join(one.id for one in draft.case.variants)
        raise click.UsageError(f"found no variant {variant!r}, expected one of {known}")
    return found


def _print_report(report: Report) -> None:
    for finding in report.findings:
        click.echo(str(finding))
    if not report.states:
        found = "NOT SEARCHED"
    elif report.complete:
        found = f"COMPLETE, {report.states} states, {report.paths} paths"
    else:
        found = f"CAPPED at {report.states} states"
    proved = "holds" if report.complete else "no mistake was met, but nothing is proved"
    outcome = proved if report.holds else "does not hold"
    click.echo(f"{report.case} {report.variant}: {found}, {report.seconds} s; {outcome}.")
