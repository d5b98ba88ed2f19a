"""The wheel of sectors as pages show it, and the words of its key, which the macro `wheel_key` writes."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from elearning.simulation.debrief import Mark
from elearning.simulation.wheel import Labels, draw_sample, draw_wheel
from elearning.sources.sectors import PHASES, SYSTEMS, Phase, System
from elearning.sources.text import Shown
from elearning.web.formats import number


def wheel(cells: Iterable[tuple[Phase, str, Mark]], names: Mapping[str, Shown], title: str, description: str) -> Markup:
    """Return the drawing; `names` are those of phases (`phase.before`) and systems (`system.clusters`)."""
    labels = Labels(
        title=title,
        description=description,
        phases={phase: names[f"phase.{phase}"].text for phase in PHASES},
        systems={system: names[f"system.{system}"].text for system in SYSTEMS},
        number=number,
    )
    # Drawn from our own names and numbers; the wheel escapes every text that it is given.
    return Markup(draw_wheel(cells, labels))  # noqa: S704


def samples() -> dict[System, Markup]:
    """Return a piece of the line that stands for each system."""
    return {system: Markup(draw_sample(system)) for system in SYSTEMS}  # noqa: S704 - drawn by us alone
