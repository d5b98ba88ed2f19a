"""The messages of all cases: each text once, with its context, its place and a word for the translator."""

from collections.abc import Iterator
from pathlib import Path

from elearning.simulation.load import load_cases
from elearning.simulation.models import Case, Variant
from elearning.simulation.texts import blocks, slots
from elearning.sources import sectors
from elearning.sources.sectors import PHASE_NAMES, SECTORS, SYSTEM_NAMES
from elearning.translations.source import SourceMessage

WHEEL_CONTEXT = "wheel"
_WHEEL_PATH = "elearning/sources/sectors.py"


def extract(project: Path) -> list[SourceMessage]:
    """Return the messages of the domain `simulations`: the wheel, then each case that is without mistake."""
    return [
        *wheel_messages(),
        *(message for case in load_cases(project).cases for message in case_messages(case)),
    ]


def base_context(case: Case) -> str:
    """Return the context of what the base says, and so most variants."""
    return f"{case.id}/scenario"


def variant_context(case: Case, variant: Variant) -> str:
    """Return the context of what a variant says otherwise than the base."""
    return base_context(case) if variant is case.base else f"{case.id}/{variant.id}"


def case_messages(case: Case) -> Iterator[SourceMessage]:
    """Yield the messages of a case: all of the base, then of each variant what differs."""
    known: set[str] = set()
    for variant in case.variants:
        found: set[str] = set()
        for slot in slots(variant):
            for block in blocks(slot):
                if block.text not in known | found:
                    found.add(block.text)
                    comment = f"{block.kind} in {slot.comment}" if block.kind not in {"", "paragraph"} else slot.comment
                    yield SourceMessage(block.text, variant_context(case, variant), case.path, block.line, comment)
        if variant is case.base:
            known = found


def base_texts(case: Case) -> frozenset[str]:
    """Return the messages of the base: what a variant shares with it is translated once, in the base's context."""
    return frozenset(block.text for slot in slots(case.base) for block in blocks(slot))


def wheel_messages() -> Iterator[SourceMessage]:
    """Yield the names of sectors, phases and systems."""
    lines = Path(sectors.__file__).read_text(encoding="utf-8").splitlines()
    named = [
        *((sector.name, f"sector {sector.number} of the wheel") for sector in SECTORS),
        *((name, f"phase {phase} of the wheel") for phase, name in PHASE_NAMES.items()),
        *((name, f"system {system} around the wheel") for system, name in SYSTEM_NAMES.items()),
    ]
    for name, comment in named:
        line = next(number for number, text in enumerate(lines, 1) if f'"{name}"' in text)
        yield SourceMessage(name, WHEEL_CONTEXT, _WHEEL_PATH, line, comment)
