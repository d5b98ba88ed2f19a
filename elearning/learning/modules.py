"""Modules on a sector of assistance: their place in the wheel of the framework."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from elearning.content.published import PublishedCourse
from elearning.simulation.debrief import Mark
from elearning.sources.sectors import PHASES, SECTORS, Phase, Sector, System
from elearning.sources.text import Shown
from elearning.web.wheels import samples, wheel


@dataclass(frozen=True)
class ModuleWheel:
    """The wheel with the cells of a module lit: its own sector in all phases, and those that it leans on.

    `samples` are pieces of the lines that stand for systems, for a legend.
    """

    drawing: Markup
    sector: Sector
    leans_on: Mapping[Phase, tuple[Sector, ...]]
    names: Mapping[str, Shown]
    samples: Mapping[System, Markup]


def module_wheel(course: PublishedCourse, names: Mapping[str, Shown]) -> ModuleWheel | None:
    """Return the wheel of a module, with the names in the page's language; None where it has no place in it."""
    sectors = {sector.id: sector for sector in SECTORS}
    own = sectors.get(course.sector or "")
    if own is None or not names:
        return None
    leans_on = {
        phase: tuple(sorted((sectors[other] for other in course.leans_on.get(phase, ())), key=lambda one: one.number))
        for phase in PHASES
    }
    cells: list[tuple[Phase, str, Mark]] = [(phase, own.id, "both") for phase in PHASES]
    cells += [(phase, other.id, "reference") for phase, others in leans_on.items() for other in others]
    title, description = _("The place of this sector in the wheel"), _("The list below says the same in words.")
    return ModuleWheel(wheel(cells, names, title, description), own, leans_on, names, samples())
