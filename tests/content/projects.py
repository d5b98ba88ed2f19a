"""Small projects for tests: a glossary and one course that has everything in it."""

from collections.abc import Iterable
from pathlib import Path

from elearning.content.published import PublishedLesson
from elearning.sources.problems import Problem
from elearning.translations.catalogue import DOMAINS, catalogue_path, new_file, save
from elearning.translations.languages import TRANSLATED_LANGUAGES

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
objectives: [{id: name-phases, text: Name the phases}]
"""
LESSON = """\
---
title: The first lesson
summary: In short.
objectives: [name-phases]
---
Each [phase](glossary:phase) has its work. See [the check](lesson:check).

## Heading

![Three phases in a row](figures/row.svg "The phases")

- one
- two

The framework is of 2012.[](source:review)

[Two trucks](decision:trucks)
"""
SOURCES = """\
sources:
  - {id: review, text: The review.}
"""
DECISION = """\
title: Two trucks
situation: Two trucks bring the same.
question: What do you do?
options:
  - {id: ask, verdict: sound, text: Ask who needs what., feedback: It takes an hour.}
  - {id: unload, verdict: partly, text: Unload both., feedback: Half of it is not needed.}
  - {id: send, verdict: harmful, text: Send them away., feedback: The next town is cut off.}
"""
PLACEMENT = """\
title: What do you know?
intro: Two questions.
attempts: 1
questions:
  - id: known
    type: single
    covers: [first]
    text: What comes first?
    options:
      - {id: a, text: This, feedback: No.}
      - {id: b, text: That, correct: true, feedback: Yes.}
  - id: case
    type: case
    situation: Two people ask at once.
    text: Whom do you answer?
    options:
      - {id: a, text: The first, feedback: Perhaps.}
      - {id: b, text: Both, partly: true, feedback: Nearly.}
      - {id: c, text: The one in danger, correct: true, feedback: Yes.}
    covers: [first]
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
    objectives: [name-phases]
  - id: many
    type: multiple
    text: Which ones?
    options:
      - {id: a, text: This, correct: true, feedback: Yes.}
      - {id: b, text: That, correct: true, feedback: Yes.}
      - {id: c, text: Other, feedback: No.}
    objectives: [name-phases]
  - id: row
    type: order
    text: In which order?
    items: [{id: x, text: First}, {id: y, text: Second}, {id: z, text: Third}]
    feedback: {right: Yes., wrong: No.}
    objectives: [name-phases]
  - id: pairs
    type: match
    text: What belongs together?
    pairs: [{id: x, left: One, right: Uno}, {id: y, left: Two, right: Dos}]
    feedback: {right: Yes., wrong: No.}
    objectives: [name-phases]
  - id: number
    type: numeric
    text: How many?
    answer: 271
    tolerance: 0.5
    unit: people
    feedback: {right: Yes., wrong: No.}
    objectives: [name-phases]
"""
FILES = {
    "courses/glossary.yaml": GLOSSARY,
    "courses/short/course.yaml": COURSE,
    "courses/short/01-first.md": LESSON,
    "courses/short/02-check.yaml": QUIZ,
    "courses/short/figures/row.svg": FIGURE,
    "courses/short/decisions/trucks.yaml": DECISION,
    "courses/short/placement.yaml": PLACEMENT,
    "courses/sources.yaml": SOURCES,
    "courses/paths.yaml": "paths: []\n",
}


def write_project(folder: Path, **changed: str) -> Path:
    """Write the small project; `changed` gives other texts for files by the last part of their name without dots."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(path.stem.replace("-", "_"), text), encoding="utf-8")
    return folder


def write_catalogues(project: Path) -> None:
    """Write the catalogues of a site whose translators have not begun, where they are missing."""
    for language in TRANSLATED_LANGUAGES:
        for domain in DOMAINS:
            path = project / catalogue_path(language, domain)
            if not path.exists():
                save(project, catalogue_path(language, domain), new_file(language))


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

    def mistakes(self, _keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Problem]:
        """Nothing is wrong."""
        return {}

    def without(self, _keys: object) -> "Echo":
        """Leave nothing out."""
        return self


def text_of(lesson: PublishedLesson) -> str:
    """Return the HTML of a lesson without its decisions."""
    return "".join(part for part in lesson.parts if isinstance(part, str))
