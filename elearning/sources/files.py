"""Files of authors, read so that none of them leads out of its folder, blocks the reader or exhausts it."""

from collections.abc import Iterator
from pathlib import Path

from elearning.sources.problems import Problems
from elearning.sources.text import CONTROL, no_control

LARGEST_FILE_BYTES = 2_000_000
LONGEST_PARAGRAPH = 4_000  # some 600 words; what parses a text can take very long over what no person writes


def leads_out(path: Path, root: Path) -> bool:
    """Tell whether a path is a link that leads out of a folder, or nowhere (OWASP ASVS 5.0, V5.3.2)."""
    try:
        return not path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link to nothing, a circle of links
        return True


def folders_in(root: Path) -> list[str]:
    """Return the names of the folders in a folder, in order, without hidden ones and links that lead out."""
    if not root.is_dir():
        return []
    found = (path for path in root.iterdir() if not path.name.startswith(".") and not leads_out(path, root))
    return sorted(path.name for path in found if path.is_dir())


def read_text(path: Path, name: str, problems: Problems) -> str | None:
    """Return the text of a file; note what stops it from being read. `name` is its path relative to the project."""
    mistake = _mistake(path, name)
    if mistake is not None:
        problems.add(name, 1, *mistake)
        return None
    try:
        text = path.read_text(encoding="utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.add(name, line, "encoding", "found bytes that are not UTF-8, expected a text in UTF-8")
        return None
    except OSError as error:
        problems.add(name, 1, "unreadable", f"cannot be read: {error.strerror}")
        return None
    control = CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        problems.add(name, line, "control", no_control(control[0]))
        return None
    too_long = [] if path.suffix == ".svg" else list(_too_long(text))  # drawings are no text to parse as Markdown
    for line, length in too_long:
        message = f"found a line of {length} characters, expected at most {LONGEST_PARAGRAPH}"
        problems.add(name, line, "too-long", message)
    return None if too_long else text


def _mistake(path: Path, name: str) -> tuple[str, str] | None:
    """Return rule and message of what keeps a file from being opened."""
    if not path.is_symlink() and not path.exists():
        return "unreadable", "cannot be read: No such file or directory"
    if "/" in name and leads_out(path, path.parents[name.count("/") - 1]):
        return "leads-out", "found a link that leads nowhere or out of its folder, expected a file"
    if not path.is_file():
        return "unreadable", "found a folder or a device, expected a file"
    if path.stat().st_size > LARGEST_FILE_BYTES:
        return "too-large", f"found more than {LARGEST_FILE_BYTES} bytes, expected a smaller file"
    return None


def _too_long(text: str) -> Iterator[tuple[int, int]]:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_PARAGRAPH:
            yield number, len(line)


def long_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield first line and length of each paragraph of a Markdown text that is too long to be read safely."""
    start, length = 1, 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            start, length = (number, 0) if not length else (start, length)
            length += len(line) + 1
            continue
        if length > LONGEST_PARAGRAPH:
            yield start, length
        length = 0
