"""Links in short texts beside lessons: definitions, sources, questions, decisions, reasons."""

from collections.abc import Iterable, Iterator

from elearning.sources.markdown import external_link, on_one_line, read_markdown
from elearning.sources.text import SourceText


def dead_links(texts: Iterable[SourceText]) -> Iterator[tuple[int, str]]:
    """Yield line and message of each link that pages could show without its address only, or not at all."""
    for text in texts:
        if "](" not in text.text:  # to parse takes long, and nearly no text has a link
            continue
        for link in read_markdown(on_one_line(text.text)).links:
            if external_link(link.target) is None:
                yield (
                    text.line,
                    f"found a link to {link.target!r}, expected https: or mailto: in a text outside a lesson",
                )
