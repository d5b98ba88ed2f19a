"""The map of the curriculum, as Markdown: what `content map` prints and docs/curriculum.md holds."""

from collections.abc import Iterator

from elearning.content.models import Course, Library, Quiz, Unit
from elearning.sources.sectors import PHASES, SECTORS


def curriculum_map(library: Library) -> str:
    """Return courses with their parts, minutes and objectives, and the learning paths with theirs."""
    courses = sorted(library.courses, key=lambda course: (_number(course), course.id))
    return "\n".join([*(line for course in courses for line in _course(course)), *_paths(library)])


def _number(course: Course) -> int:
    """Return the number of the sector that a module is about; 0 for a course on the whole framework."""
    return next((sector.number for sector in SECTORS if sector.id == course.sector), 0)


def _course(course: Course) -> Iterator[str]:
    number = _number(course)
    questions = sum(len(unit.questions) for unit in course.units if isinstance(unit, Quiz))
    yield f"### {f'{number}. ' if number else ''}{course.title.text}"
    yield ""
    counted = f"{course.minutes} minutes, {len(course.units)} parts, {questions} questions"
    yield f"`{course.id}`, {counted}. {course.summary.text}"
    yield ""
    for objective in course.objectives:
        yield f"- {objective.text.text}"
    yield ""
    if course.sector is not None:
        leans_on = (f"{phase} on {_names(course.leans_on.get(phase, ()))}" for phase in PHASES)
        yield f"It leans {'; '.join(leans_on)}."
        yield ""
    yield "| part | minutes | with |"
    yield "|---|---|---|"
    yield from (f"| {unit.title.text} | {unit.minutes} | {_with(unit)} |" for unit in course.units)
    if course.placement is not None:
        yield f"| {course.placement.title.text} (placement) | {course.placement.minutes} | {_with(course.placement)} |"
    yield ""


def _names(sectors: tuple[str, ...]) -> str:
    numbers = sorted(sector.number for sector in SECTORS if sector.id in sectors)
    return ", ".join(map(str, numbers)) or "none"


def _with(unit: Unit) -> str:
    if isinstance(unit, Quiz):
        return f"{len(unit.questions)} questions{', final' if unit.final else ''}"
    figures, decisions = len(unit.figures), len(unit.decisions)
    terms, sources = len(unit.terms), len(unit.citations)
    counted = [(figures, "drawing"), (decisions, "decision"), (terms, "term"), (sources, "source")]
    found = [f"{count} {what}{'s' if count > 1 else ''}" for count, what in counted if count]
    return ", ".join(["checklist", *found] if unit.layout == "checklist" else found)


def _paths(library: Library) -> Iterator[str]:
    yield "### Learning paths"
    for path in library.paths:
        yield ""
        yield f"**{path.title.text}** ({', '.join(path.audience)}). {path.summary.text}"
        yield ""
        for step in path.steps:
            yield f"1. {' or '.join(f'`{name.text}`' for name in step.choices)}"
