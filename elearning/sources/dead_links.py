"""Links that nobody can follow, or not safely. Short texts: definitions, sources, questions, decisions, reasons."""

from collections.abc import Iterable, Iterator

from elearning.sources.markdown import external_link, on_one_line, read_markdown
from elearning.sources.text import SourceText


def dead_links(texts: Iterable[SourceText]) -> Iterator[tuple[int, str]]:
    """Yield line and message of each link that pages could show without its address only, or not at all."""
    for line, target in _targets(texts):
        if external_link(target) is None:
            yield line, f"found a link to {target!r}, expected https: or mailto: in a text outside a lesson"


def insecure_links(texts: Iterable[SourceText]) -> Iterator[tuple[int, str]]:
    """Yield line and message of each link to a page that anybody on the way may read and change."""
    for line, target in _targets(texts):
        if message := insecure_link(target):
            yield line, message


def insecure_link(target: str) -> str | None:
    """Return what is to be said of a link that is not encrypted, None of any other."""
    is_insecure = target.lower().startswith("http:")
    return f"found a link to {target!r}, expected an address with https:" if is_insecure else None


def _targets(texts: Iterable[SourceText]) -> Iterator[tuple[int, str]]:
    for text in texts:
        if "](" in text.text or "<http" in text.text:  # to parse takes long, and nearly no text has a link
            yield from ((text.line, link.target) for link in read_markdown(on_one_line(text.text)).links)
