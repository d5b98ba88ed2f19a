"""Proves each variant of each case: what can be reached, and that no play is stuck. COMPLETE, or CAPPED at some states.

A finding has a stable rule, a place, and where there is one the shortest witness: choices that anyone can replay.
"""

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from elearning.simulation.load import FILE, FOLDER, case_folders, load_draft
from elearning.simulation.models import BASE, Case, Variant
from elearning.simulation.search import CAP, Exploration, Witness, explore
from elearning.sources.problems import Problem, Severity


@dataclass(frozen=True)
class Finding:
    """Something wrong with a variant. `witness` is the road there; empty where there is none to show."""

    rule: str
    severity: Severity
    path: str
    line: int
    message: str
    witness: Witness = ()

    def __str__(self) -> str:
        road = f" (after {', '.join(self.witness)})" if self.witness else ""
        kind = " (warning)" if self.severity == "warning" else ""
        return f"{self.path}:{self.line}: {self.message}{road}{kind}"


@dataclass(frozen=True)
class Report:
    """What is known of a variant. `paths` is None where the search was capped or could not begin."""

    case: str
    variant: str
    states: int
    paths: int | None
    seconds: float
    complete: bool
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether no finding is an error."""
        return all(finding.severity != "error" for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """Return the report as programs read it: a capped search is a finding of its own."""
        found = {name: getattr(self, name) for name in ("case", "variant", "states", "paths", "seconds")}
        return {**found, "findings": [asdict(finding) for finding in self.findings]}


def check_cases(project: Path, only: str | None = None, cap: int = CAP) -> Iterator[Report]:
    """Yield a report for each variant of each case, or of one; KeyError where there is no such case."""
    names = case_folders(project)
    if only is not None and only not in names:
        raise KeyError(only)
    for name in names if only is None else [only]:
        draft = load_draft(project, name)
        mistakes = tuple(map(_from_problem, draft.problems))
        if draft.case is None or any(problem.severity == "error" for problem in draft.problems):
            yield Report(name, BASE, 0, None, 0.0, False, mistakes)
            continue
        for variant in draft.case.variants:
            # what the author should look at is told once, with the base
            yield check_variant(draft.case, variant, cap, mistakes if variant is draft.case.base else ())


def check_variant(case: Case, variant: Variant, cap: int = CAP, known: tuple[Finding, ...] = ()) -> Report:
    """Search all plays of a variant; `known` are findings that its file has given already."""
    started = time.perf_counter()
    found = explore(variant, cap)
    path = case.path or f"{FOLDER}/{case.id}/{FILE}"
    findings = (*known, *_findings(variant, found, path))
    seconds = round(time.perf_counter() - started, 3)
    return Report(case.id, variant.id, found.states, found.paths, seconds, found.complete, findings)


def _from_problem(problem: Problem) -> Finding:
    return Finding(problem.rule, problem.severity, problem.path, problem.line, problem.message)


def _findings(variant: Variant, found: Exploration, path: str) -> Iterator[Finding]:
    if found.complete:
        yield from _unreached(variant, found, path)
    else:
        message = f"found more than {found.states - 1} states, expected a case that can be searched whole"
        yield Finding("capped", "warning", path, 1, message)
    for scene, witness in found.dead_ends.items():
        message = f"found no choice that is offered in scene {scene!r}, expected one in every state"
        yield Finding("dead-end", "error", path, variant.scene(scene).line, message, witness)


def _unreached(variant: Variant, found: Exploration, path: str) -> Iterator[Finding]:
    """Name what no play meets. Only a complete search can tell."""
    things = [
        *(("scene", one.id, one.line, found.scenes) for one in variant.scenes),
        *(("choice", one.id, one.line, found.choices) for scene in variant.scenes for one in scene.choices),
        *(("inject", one.id, one.line, found.injects) for scene in variant.scenes for one in scene.injects),
        *(("ending", one.id, one.line, found.endings) for one in variant.endings),
    ]
    for kind, own_id, line, met in things:
        if own_id not in met:
            message = f"found the {kind} {own_id!r}, which no play of variant {variant.id!r} reaches"
            yield Finding(f"unreached-{kind}", "error", path, line, message)
