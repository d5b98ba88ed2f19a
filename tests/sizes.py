"""Limits on size: no function over 60 lines, no file over 400 (docs/architecture.md says why)."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
FUNCTION_LINES = 60
FILE_LINES = 400


def oversized(path: Path) -> Iterator[str]:
    """Yield each thing in a file that is over its limit, as `path:line: what`."""
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(PROJECT)
    lines = text.count("\n")
    if lines > FILE_LINES:
        yield f"{name}:1: a file of {lines} lines, expected at most {FILE_LINES}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines, expected at most {FUNCTION_LINES}"


def main() -> int:
    """Print what is over its limit."""
    found = [
        line
        for folder in ("elearning", "tests")
        for path in sorted((PROJECT / folder).rglob("*.py"))
        for line in oversized(path)
    ]
    print("\n".join(found))  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
