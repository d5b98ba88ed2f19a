"""Reads simulations/ into cases. Mistakes of all files and variants are found at once; a case with one is left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import yaml

from elearning.simulation.graph import check_graph
from elearning.simulation.models import BASE, Case, Variant
from elearning.simulation.overlay import is_null, lay_over
from elearning.simulation.reading import read_variant
from elearning.simulation.texts import check_texts
from elearning.sources.files import folders_in, read_text
from elearning.sources.problems import Problem, Problems, confined
from elearning.sources.words import ID, ID_RULE
from elearning.sources.yaml_reader import YamlMap, parse_map

FOLDER, FILE = "simulations", "scenario.yaml"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class LoadResult:
    """The cases that could be read, and everything that is wrong."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps cases from being published."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


@dataclass(frozen=True)
class Draft:
    """A case as it stands on disk, with its mistakes; None where it cannot be read at all."""

    case: Case | None
    problems: tuple[Problem, ...]


def case_folders(project: Path) -> list[str]:
    """Return the names of the folders in simulations/, in order, without hidden ones and links that lead out."""
    return folders_in(project / FOLDER)


def load_cases(project: Path) -> LoadResult:
    """Read `simulations/` below the project's folder."""
    cases: list[Case] = []
    problems: list[Problem] = []
    for name in case_folders(project):
        own = Problems()
        with confined(own, f"{FOLDER}/{name}/{FILE}", "the case cannot be read"):
            draft = load_draft(project, name)
            own.found.extend(draft.problems)
            if draft.case is not None and not own.errors:
                cases.append(draft.case)
        problems.extend(own.found)
    return LoadResult(tuple(cases), tuple(problems))


def load_draft(project: Path, case: str) -> Draft:
    """Read one case, broken or not."""
    name, problems = f"{FOLDER}/{case}/{FILE}", Problems()
    text = read_text(project / name, name, problems)
    if text is None:
        return Draft(None, tuple(problems.found))
    return read_case(text, name, case)


def read_case(text: str, path: str, folder: str | None = None) -> Draft:
    """Read the text of a scenario; `folder` is the id that it must have."""
    problems = Problems()
    source = parse_map(text, path, problems)
    if source is None:
        return Draft(None, tuple(problems.found))
    node = yaml.compose(text, Loader=_Loader)
    case_id = source.name("id")
    if not ID.match(case_id) or folder not in {None, case_id}:
        expected = folder or ID_RULE
        source.wrong(source.line_of("id"), "id", f"found the id {case_id!r}, expected {expected}")
    variants = tuple(_variants(node, path, problems))
    found = tuple(sorted(set(problems.found)))
    return Draft(Case(case_id, path, variants) if variants else None, found)


def _variants(node: yaml.Node | None, path: str, problems: Problems) -> Iterator[Variant]:
    """Read the base, then each overlay laid over it; a mistake that the base has too is told once."""
    assert isinstance(node, yaml.MappingNode)  # noqa: S101  (parse_map has seen to it)
    yield _read(node, path, BASE, problems)
    told = {(problem.line, problem.rule, problem.message) for problem in problems.found}
    for key, value in _pairs(_child(node, "variants")):
        own_id, own = str(key.value), Problems()
        line = int(key.start_mark.line) + 1
        _check_variant(own_id, value, own, (path, line))
        if isinstance(value, yaml.MappingNode):
            merged = lay_over(node, value, partial(own.add, path))
            yield _read(merged, path, own_id, own)
        problems.found.extend(
            Problem(found.path, found.line, found.rule, f"in variant {own_id!r}: {found.message}", found.severity)
            for found in own.found
            if (found.line, found.rule, found.message) not in told
        )


def _check_variant(own_id: str, node: yaml.Node, problems: Problems, place: tuple[str, int]) -> None:
    if not ID.match(own_id) or own_id in {BASE, "scenario"}:
        problems.add(*place, "id", f"found the id {own_id!r}, expected {ID_RULE}")
    if not isinstance(node, yaml.MappingNode):
        problems.add(*place, "type", "found no mapping, expected a 'label' and what differs")
        return
    label = _child(node, "label")
    if label is None or is_null(label):
        problems.add(*place, "missing", "found no 'label', expected the name of the region")
    for name in ("id", "variants"):
        if _child(node, name) is not None:
            problems.add(*place, "unknown-key", f"found {name!r} in a variant, where it cannot be changed")


def _read(node: yaml.MappingNode, path: str, variant_id: str, problems: Problems) -> Variant:
    variant = read_variant(YamlMap(path, node, problems), variant_id)
    check_graph(variant, partial(problems.add, path))
    check_texts(variant, partial(problems.add, path))
    return variant


def _child(node: yaml.Node, name: str) -> yaml.Node | None:
    return next((value for key, value in _pairs(node) if key.value == name), None)


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []
