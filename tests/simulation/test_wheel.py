"""The wheel of sectors is a drawing that also speaks."""

from xml.etree import ElementTree

from elearning.simulation.debrief import Mark
from elearning.simulation.wheel import Labels, draw_wheel
from elearning.sources.sectors import SYSTEMS

LABELS = Labels(
    'The wheel <of> "this" & that',
    "One sector was missed.",
    {"before": "Before", "during": "During", "after": "After"},
    dict.fromkeys(SYSTEMS, "A system"),
)
SVG = "{http://www.w3.org/2000/svg}"


def test_it_is_well_formed_named_and_numbers_the_fifteen_sectors() -> None:
    svg = draw_wheel([("before", "health", "both")], LABELS)
    drawing = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    assert drawing.findtext(f"{SVG}title") == LABELS.title
    assert drawing.findtext(f"{SVG}desc") == LABELS.description
    texts = {text for element in drawing.iter(f"{SVG}text") for text in element.itertext()}
    assert {str(number) for number in range(1, 16)} <= texts


def test_a_mark_changes_the_drawing() -> None:
    marks: tuple[Mark, ...] = ("both", "reference", "played")
    assert len({draw_wheel([("before", "health", mark)], LABELS) for mark in marks}) == 3
