"""The map at the end of docs/curriculum.md against the courses that are shipped; `--write` writes it anew."""

import sys
from pathlib import Path

from elearning.content.curriculum import curriculum_map
from elearning.content.load import load_library
from elearning.core.settings import PROJECT

DOCUMENT = PROJECT / "docs" / "curriculum.md"
HEADING = "## The map\n"


def written(text: str) -> str:
    """Return the document with the map of today after the paragraph that says how the map is made."""
    before, heading, after = text.partition(HEADING)
    how = after.strip().split("\n\n", maxsplit=1)[0]
    return f"{before}{heading}\n{how}\n\n{curriculum_map(load_library(PROJECT).library).rstrip()}\n"


def main(arguments: list[str], document: Path = DOCUMENT) -> int:
    """Return 0 where the document is true, or has been made true by `--write`; 1 where it is not."""
    now = document.read_text(encoding="utf-8")
    then = written(now)
    if "--write" in arguments:
        document.write_text(then, encoding="utf-8")
    elif now != then:
        print(f"docs/{document.name}: the map is not that of the courses; `make format` writes it anew.")  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
