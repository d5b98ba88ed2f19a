"""Numbers in texts: `{displaced}` stands for a fact of the case, put in after translation, in the reader's digits."""

import re
from collections.abc import Callable, Mapping
from html import escape

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def placeholders(text: str) -> tuple[str, ...]:
    """Return the names of the facts in a text, each once."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


def fill(html: str, values: Mapping[str, str]) -> str:
    """Return safe HTML with each number in its place, isolated so that it stands right in a right-to-left text.

    A placeholder without a value stays as it is: nothing is lost without being seen.
    """
    return _PLACEHOLDER.sub(
        lambda found: f"<bdi>{escape(values[found[1]])}</bdi>" if found[1] in values else found[0], html
    )


def fill_plain(text: str, values: Mapping[str, str]) -> str:
    """Return plain text with each number in its place, isolated by the marks that Unicode has for it (UAX #9)."""
    return _PLACEHOLDER.sub(lambda found: f"\u2068{values[found[1]]}\u2069" if found[1] in values else found[0], text)


def written(facts: Mapping[str, int], number: Callable[[int], str]) -> dict[str, str]:
    """Return the facts as a reader's language writes numbers."""
    return {name: number(value) for name, value in facts.items()}
