"""Where the blocks of a Markdown text stand: the parser gives them in order, but without their lines."""

import html
import re

_MARKERS = re.compile(r"(?:[>\-*+#\s]|[0-9]+\.)*")
_CELL_END = re.compile(r"(?<!\\)\|")
_TITLE = "!!!"


class Lines:
    """The lines of a text. Each block is looked for after the one before it, and has its lines to itself."""

    def __init__(self, source: str, first_line: int) -> None:
        self._lines = [" ".join(line.split()) for line in source.split("\n")]
        self._first_line = first_line
        self._next = 0  # the first line that no block has taken
        self._column = -1  # of the cell that was taken last, on the line before `_next`; -1 outside of tables

    def of_block(self, text: str, *, is_heading: bool = False) -> int:
        """Take the lines of a paragraph, list item or heading, and return the first."""
        wanted = [" ".join(line.split()) for line in text.split("\n")]
        self._column = -1
        for start in range(self._next, len(self._lines) - len(wanted) + 1):
            if all(_is_line(self._lines[start + at], line, is_heading) for at, line in enumerate(wanted)):
                self._next = start + len(wanted)
                return self._first_line + start
        return self._somewhere(wanted[0])

    def of_cell(self, text: str) -> int:
        """Take a cell of a table, and return its line; the next may stand on the same one."""
        wanted, column = " ".join(text.split()), self._column
        for row in range(self._next - (column >= 0), len(self._lines)):
            cells = [cell.strip() for cell in _CELL_END.split(_bare(self._lines[row]).strip("|"))]
            if wanted in cells[column + 1 :]:
                self._column = cells.index(wanted, column + 1)
                self._next = row + 1
                return self._first_line + row
            column = -1
        return self._somewhere(wanted)

    def of_title(self) -> int:
        """Take the line with which a note begins."""
        self._column = -1
        for row in range(self._next, len(self._lines)):
            if _bare(self._lines[row]).startswith(_TITLE):
                self._next = row + 1
                return self._first_line + row
        return self._somewhere(_TITLE)

    def pass_code(self, text: str) -> None:
        """Take the lines of an indented block of code, which is no message and may look like anything."""
        for line in filter(str.strip, html.unescape(text).split("\n")):
            self.of_block(line)

    def _somewhere(self, text: str) -> int:
        """Return the nearest line for a block that the parser gave in another form than its source."""
        for row in range(self._next, len(self._lines)):
            if text in self._lines[row]:
                return self._first_line + row
        return self._first_line + max(min(self._next, len(self._lines)) - 1, 0)


def _is_line(line: str, wanted: str, is_heading: bool) -> bool:
    """Tell whether a line says this after the marks of lists, quotations and headings, and nothing else."""
    if is_heading and not line.endswith(wanted):
        line = line.rstrip("#").rstrip()
    return line.endswith(wanted) and _MARKERS.fullmatch(line[: len(line) - len(wanted)]) is not None


def _bare(line: str) -> str:
    """Return a line without the marks before its text."""
    found = _MARKERS.match(line)
    return line[found.end() :] if found else line
