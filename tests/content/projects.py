"""Small projects for tests: a glossary and one course that has everything in it."""

from pathlib import Path

GLOSSARY = """\
terms:
  - id: phase
    term: Phase
    definition: A part of a crisis, *before*, during or after.
"""
COURSE = """\
title: A short course
summary: What it is about.
audience: [staff, partner]
level: introductory
objectives: [Name the phases]
"""
LESSON = """\
---
title: The first lesson
summary: In short.
---
Each [phase](glossary:phase) has its work. See [the check](lesson:check).

## Heading

![Three phases in a row](figures/row.svg "The phases")

- one
- two
"""
FIGURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40" data-direction="mirrored">
  <desc>Two boxes</desc>
  <g id="box"><rect x="1" y="1" width="40" height="20" fill="#0e4d57"/></g>
  <text x="20" y="12">Before</text>
</svg>
"""
QUIZ = """\
title: Check
intro: Two minutes.
pass_percent: 60
questions:
  - id: one
    type: single
    text: Which?
    options:
      - {id: a, text: This, correct: true, feedback: Yes.}
      - {id: b, text: That, feedback: No.}
  - id: many
    type: multiple
    text: Which ones?
    options:
      - {id: a, text: This, correct: true, feedback: Yes.}
      - {id: b, text: That, correct: true, feedback: Yes.}
      - {id: c, text: Other, feedback: No.}
  - id: row
    type: order
    text: In which order?
    items: [{id: x, text: First}, {id: y, text: Second}, {id: z, text: Third}]
    feedback: {right: Yes., wrong: No.}
  - id: pairs
    type: match
    text: What belongs together?
    pairs: [{id: x, left: One, right: Uno}, {id: y, left: Two, right: Dos}]
    feedback: {right: Yes., wrong: No.}
  - id: number
    type: numeric
    text: How many?
    answer: 271
    tolerance: 0.5
    unit: people
    feedback: {right: Yes., wrong: No.}
"""
FILES = {
    "courses/glossary.yaml": GLOSSARY,
    "courses/short/course.yaml": COURSE,
    "courses/short/01-first.md": LESSON,
    "courses/short/02-check.yaml": QUIZ,
    "courses/short/figures/row.svg": FIGURE,
}


def write_project(folder: Path, **changed: str) -> Path:
    """Write the small project; `changed` gives other texts for files by the last part of their name without dots."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(path.stem.replace("-", "_"), text), encoding="utf-8")
    return folder


class Echo:
    """Translations that turn every text into capitals, save those it is told to leave out."""

    def __init__(self, *left_out: str) -> None:
        self._left_out = left_out

    def find(self, _context: str, text: str) -> str | None:
        """Translate."""
        return None if text in self._left_out else text

    def is_reviewed(self, _context: str, _text: str) -> bool:
        """Nothing was reviewed."""
        return False
