"""The wheel as SVG: three rings for the phases, 15 sectors around, and outside the systems that each sector links to.

States are told apart by a sign as well as by colour (WCAG 2.2, 1.4.1): a dot for what the reference and the play both
hold, a ring for what was missed, a cross for what only the play held. Colours come from classes and the variables of
the site's stylesheet, with plain fallbacks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from math import cos, pi, sin

from elearning.simulation.debrief import Mark
from elearning.sources.sectors import PHASES, SECTORS, SYSTEMS, Phase, Sector, System

SIZE = 400
_STEP = 2 * pi / len(SECTORS)
_RADII = (52, 92, 132, 172)  # the hub, then the outer edge of each phase; the present phase is in the middle
_SYSTEM_RADIUS = 178  # the first of four thin rings, one for each system
_SYSTEM_STEP = 5
_FILLS: dict[Mark, str] = {"both": "#1b6e53", "reference": "#f3d9a4", "played": "#8fb8de"}


@dataclass(frozen=True)
class Labels:
    """The words of a wheel, in the reader's language. `number` writes a number in the reader's digits."""

    title: str
    description: str
    phases: Mapping[Phase, str]
    systems: Mapping[System, str]
    number: Callable[[int], str] = str


def draw_wheel(
    cells: Iterable[tuple[Phase, str, Mark]],
    labels: Labels,
    *,
    prefix: str = "wheel",
) -> str:
    """Return an <svg> with the cells marked. `prefix` makes its ids unique on a page.

    Sectors run clockwise from the top in every language, as lessons say.
    """
    marks = {(phase, sector): mark for phase, sector, mark in cells}
    return "".join(
        [
            f'<svg class="wheel" xmlns="http://www.w3.org/2000/svg" viewBox="-{SIZE // 2} -{SIZE // 2} {SIZE} {SIZE}" '
            f'role="img" aria-labelledby="{escape(prefix)}-t {escape(prefix)}-d" '
            'font-family="sans-serif" font-size="13" text-anchor="middle">',
            f'<title id="{escape(prefix)}-t">{escape(labels.title)}</title>',
            f'<desc id="{escape(prefix)}-d">{escape(labels.description)}</desc>',
            *_rings(labels),
            *_phases(marks, escape(prefix)),
            *_sectors(labels),
            *_systems(labels),
            "</svg>",
        ]
    )


def _rings(labels: Labels) -> Iterator[str]:
    """Draw the empty wheel; each ring has the name of its phase as its tooltip."""
    yield '<g fill="var(--paper,#fff)" stroke="var(--line,#767676)" stroke-width=".7">'
    for radius, phase in reversed(list(zip(_RADII[1:], PHASES, strict=True))):
        yield f'<circle r="{radius}"><title>{escape(labels.phases[phase])}</title></circle>'
    spokes = "".join(f"M{_at(_RADII[0], n)}L{_at(_RADII[-1], n)}" for n in range(len(SECTORS)))
    yield f'<circle r="{_RADII[0]}"/><path d="{spokes}"/></g>'


def _phases(marks: Mapping[tuple[Phase, str], Mark], prefix: str) -> Iterator[str]:
    yield "<defs>"
    used = sorted({(PHASES.index(phase), mark) for (phase, _sector), mark in marks.items()})
    yield from (f'<g id="{prefix}-{mark}{ring}" class="{mark}">{_cell(ring, mark)}</g>' for ring, mark in used)
    yield "</defs>"
    for ring, phase in enumerate(PHASES):
        for place, sector in enumerate(SECTORS):
            mark = marks.get((phase, sector.id))
            if mark is not None:
                degrees = 360 // len(SECTORS) * place
                yield f'<use href="#{prefix}-{mark}{ring}" transform="rotate({degrees})"/>'


def _cell(ring: int, mark: Mark) -> str:
    """Draw the cell at the top of a ring; the others are it, turned."""
    inner, outer = _RADII[ring], _RADII[ring + 1]
    path = f"M{_at(inner, 0)}L{_at(outer, 0)}A{outer} {outer} 0 0 1 {_at(outer, 1)}L{_at(inner, 1)}"
    x, y = _point((inner + outer) / 2, 0.5)
    return f'<path fill="{_FILLS[mark]}" d="{path}A{inner} {inner} 0 0 0 {_at(inner, 0)}Z"/>{_sign(mark, x, y)}'


def _sign(mark: Mark, x: float, y: float) -> str:
    if mark == "played":
        return f'<path stroke="#000" stroke-width="2" d="M{x - 4:.1f} {y - 4:.1f}l8 8m0-8l-8 8"/>'
    look = 'fill="#fff"' if mark == "both" else 'fill="none" stroke="#000" stroke-width="1.5"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" {look}/>'


def _sectors(labels: Labels) -> Iterator[str]:
    """Write each sector's number inside its first ring; the table below the wheel has the names."""
    yield '<g fill="currentColor">'
    for place, sector in enumerate(SECTORS):
        x, y = _point(_RADII[0] - 11, place + 0.5)
        yield f'<text x="{x:.1f}" y="{y + 4:.1f}">{escape(labels.number(sector.number))}</text>'
    yield "</g>"


def _systems(labels: Labels) -> Iterator[str]:
    """Draw for each system an arc over every sector that links to it; its name is the arc's tooltip and is read out."""
    for ring, system in enumerate(SYSTEMS):
        radius = _SYSTEM_RADIUS + ring * _SYSTEM_STEP
        arcs = "".join(_arc(radius, sector) for sector in SECTORS if system in sector.systems)
        yield _line(system, arcs, f"<title>{escape(labels.systems[system])}</title>")


def draw_sample(system: System) -> str:
    """Return a short piece of a system's line as an <svg>, for a legend that has the name beside it."""
    line = _line(system, "M0 3H30", "")
    return f'<svg class="sample" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 6" aria-hidden="true">{line}</svg>'


def _line(system: System, path: str, inside: str) -> str:
    return (
        f'<path class="{system}" fill="none" stroke="var(--{_COLOURS[system]})" stroke-width="3.4" '
        f'stroke-dasharray="{_DASHES[system]}" d="{path}">{inside}</path>'
    )


_COLOURS: dict[System, str] = {
    "clusters": "accent,#00529b",
    "refugee-regime": "before,#7a4b00",
    "security-and-peace": "during,#9b1c1c",
    "development": "after,#1b6e53",
}
_DASHES: dict[System, str] = {
    "clusters": "none",
    "refugee-regime": "6 2",
    "security-and-peace": "2 2",
    "development": "9 3 2 3",
}


def _arc(radius: float, sector: Sector) -> str:
    place = sector.number - 1
    return f"M{_at(radius, place + 0.06)}A{radius} {radius} 0 0 1 {_at(radius, place + 0.94)}"


def _at(radius: float, place: float) -> str:
    x, y = _point(radius, place)
    return f"{x:.1f} {y:.1f}"


def _point(radius: float, place: float) -> tuple[float, float]:
    """Return a point of the wheel: place 0 is at the top, and places run clockwise."""
    angle = place * _STEP
    return radius * sin(angle), -radius * cos(angle)
