"""The texts of a variant, each with its key. One walk, in reading order, for messages, for rendering and for checks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from elearning.simulation.models import Choice, Ending, Inject, Scene, Variant
from elearning.sources.markdown import Block, Reading, external_link, on_one_line, read_inline, read_markdown
from elearning.sources.text import SourceText

Kind = Literal["markdown", "inline", "plain"]
Note = Callable[[int, str, str], None]
"""(line, rule, message) of a mistake"""


@dataclass(frozen=True)
class Slot:
    """A text in its place. `key` is made of ids (`choice.convene.feedback`); `comment` is a word for translators."""

    key: str
    text: SourceText
    kind: Kind
    comment: str


def slots(variant: Variant) -> Iterator[Slot]:
    """Yield every text of a variant, in reading order."""
    if variant.label is not None:
        yield Slot("label", variant.label, "plain", "name of the variant")
    yield Slot("title", variant.title, "plain", "title of the case")
    yield Slot("summary", variant.summary, "plain", "summary of the case")
    for number, objective in enumerate(variant.objectives, 1):
        yield Slot(f"objectives.{number}", objective, "inline", "objective")
    if variant.briefing is not None:
        yield Slot("briefing", variant.briefing, "markdown", "briefing")
    for one in variant.indicators:
        yield Slot(f"indicator.{one.id}", one.label, "plain", f"indicator {one.id}")
    for scene in variant.scenes:
        yield from _scene(scene)
    for ending in variant.endings:
        yield from _ending(ending)
    for number, source in enumerate(variant.sources, 1):
        yield Slot(f"sources.{number}", source, "inline", "source")


def _scene(scene: Scene) -> Iterator[Slot]:
    if scene.title is not None:
        yield Slot(f"scene.{scene.id}.title", scene.title, "plain", f"title of scene {scene.id}")
    for number, one in enumerate(scene.text):
        where = f", shown when {one.when.text}" if one.when else ""
        yield Slot(f"scene.{scene.id}.text.{number}", one.text, "markdown", f"text of scene {scene.id}{where}")
    for inject in scene.injects:
        yield from _inject(inject, scene)
    for choice in scene.choices:
        yield from _choice(choice, scene)


def _inject(inject: Inject, scene: Scene) -> Iterator[Slot]:
    own = f"inject {inject.id} in scene {scene.id}"
    yield Slot(f"inject.{inject.id}.text", inject.text, "markdown", own)
    for name in ("expected", "sender", "recipient", "channel"):
        text: SourceText | None = getattr(inject, name)
        if text is not None:
            yield Slot(f"inject.{inject.id}.{name}", text, "inline", f"{_INJECT[name]} of {own}")


_INJECT = {
    "expected": "expected outcome",
    "sender": "sender",
    "recipient": "recipient",
    "channel": "channel",
}


def _choice(choice: Choice, scene: Scene) -> Iterator[Slot]:
    own = f"choice {choice.id} in scene {scene.id}"
    yield Slot(f"choice.{choice.id}.text", choice.text, "inline", own)
    yield Slot(f"choice.{choice.id}.feedback", choice.feedback, "markdown", f"feedback for {own}")


def _ending(ending: Ending) -> Iterator[Slot]:
    yield Slot(f"ending.{ending.id}.title", ending.title, "plain", f"title of ending {ending.id}")
    yield Slot(f"ending.{ending.id}.text", ending.text, "markdown", f"text of ending {ending.id}")


def blocks(slot: Slot) -> list[Block]:
    """Return the messages of a text: its blocks, or the whole of it on one line."""
    if slot.kind == "markdown":
        return read_markdown(slot.text.text, first_line=slot.text.line).blocks
    return [Block(on_one_line(slot.text.text), slot.text.line, "")]


def check_texts(variant: Variant, note: Note) -> None:
    """Note raw HTML, links that lead nowhere, and pictures, which cases cannot show yet."""
    for slot in slots(variant):
        if slot.kind != "plain":
            line = slot.text.line
            _check(slot.key, read_markdown(slot.text.text, first_line=line), note)
        if slot.kind == "inline" and not _is_inline(slot):
            note(slot.text.line, "inline", f"found more than one line of text as {slot.key!r}, expected a short text")


def _is_inline(slot: Slot) -> bool:
    """Tell whether a text is one paragraph, so that it can stand in a button or a cell."""
    found = read_inline(slot.text.text).blocks
    return [block.text for block in found] == [on_one_line(slot.text.text)] and found[0].kind == "paragraph"


def _check(key: str, reading: Reading, note: Note) -> None:
    for line in reading.raw_html:
        note(line, "raw-html", f"found HTML in {key!r}, expected Markdown")
    for link in reading.links:
        if external_link(link.target) is None and not link.target.startswith("glossary:"):
            message = f"found a link to {link.target!r} in {key!r}, expected an address of the web or glossary:term"
            note(link.line, "link", message)
    for path, _alt, line in reading.figures:
        note(line, "picture", f"found the picture {path!r} in {key!r}, expected text: cases show no pictures yet")
