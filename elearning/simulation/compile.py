"""A case ready to be shown: its structure, and its texts in one language, rendered and sanitised once.

Numbers stay as `{displaced}` in what is compiled; placeholders.py puts them in when a page is made.
"""

from collections.abc import Callable, Mapping
from typing import Any

from elearning.simulation.extract import WHEEL_CONTEXT, base_context, base_texts, variant_context
from elearning.simulation.models import Case, Variant
from elearning.simulation.structure import structure_of, version_of
from elearning.simulation.texts import Slot, slots
from elearning.sources.markdown import ResolveLink, external_link, on_one_line, read_inline, read_markdown
from elearning.sources.sectors import PHASE_NAMES, SECTORS, SYSTEM_NAMES
from elearning.sources.text import Shown
from elearning.translations.languages import Language
from elearning.translations.source import Translate


def compile_case(
    case: Case, translate: Translate, language: Language, resolve: ResolveLink = external_link
) -> dict[str, Any]:
    """Return the documents of a case: `version`, `structure` (free of language) and `texts` by variant and key."""
    return {
        "version": version_of(case),
        "structure": structure_of(case),
        "language": language.code,
        "texts": {variant.id: variant_texts(case, variant, translate, resolve) for variant in case.variants},
        "wheel": wheel_texts(translate),
    }


def variant_texts(
    case: Case, variant: Variant, translate: Translate, resolve: ResolveLink = external_link
) -> dict[str, list[object]]:
    """Return the texts of a variant by key, as pairs of Shown: plain for titles, labels and the summary, else HTML."""
    find = _finder(case, variant, translate)
    return {slot.key: _show(slot, find, resolve).to_json() for slot in slots(variant)}


def wheel_texts(translate: Translate) -> dict[str, list[object]]:
    """Return the names on the wheel by id: `sector.health`, `phase.before`, `system.clusters`."""
    names = {
        **{f"sector.{sector.id}": sector.name for sector in SECTORS},
        **{f"phase.{phase}": name for phase, name in PHASE_NAMES.items()},
        **{f"system.{system}": name for system, name in SYSTEM_NAMES.items()},
    }
    return {key: _plain(name, lambda text: translate(WHEEL_CONTEXT, text)).to_json() for key, name in names.items()}


def read_shown(document: Mapping[str, list[object]]) -> dict[str, Shown]:
    """Read the texts of a document back."""
    return {key: Shown.from_json(pair) for key, pair in document.items()}


def _finder(case: Case, variant: Variant, translate: Translate) -> Callable[[str], str | None]:
    """Look a text up where its message is: what a variant shares with the base is translated there."""
    shared, own = base_texts(case), variant_context(case, variant)
    return lambda text: translate(base_context(case) if text in shared else own, text)


def _show(slot: Slot, find: Callable[[str], str | None], resolve: ResolveLink) -> Shown:
    if slot.kind == "plain":
        return _plain(slot.text.text, find)
    if slot.kind == "inline":
        inline = read_inline(slot.text.text, find)
        return Shown(inline.html, inline.translated)
    reading = read_markdown(slot.text.text, translate=find, resolve=resolve)
    return Shown(reading.html, reading.translated)


def _plain(text: str, find: Callable[[str], str | None]) -> Shown:
    source = on_one_line(text)
    found = find(source)
    return Shown(source if found is None else found, found is not None)
