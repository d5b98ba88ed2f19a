"""Reads a lesson: its front matter, its Markdown, and what stands in it: links, citations, drawings, decisions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from elearning.content.decisions import read_decision
from elearning.content.figures import read_figure
from elearning.content.models import Decision, Figure, Lesson, LessonLayout
from elearning.content.shared_files import GLOSSARY_PATH, SOURCES_PATH
from elearning.sources.dead_links import insecure_link
from elearning.sources.files import LONGEST_PARAGRAPH, leads_out, long_paragraphs, read_text
from elearning.sources.markdown import Link, Reading, external_link, read_markdown
from elearning.sources.problems import Problems
from elearning.sources.words import ID, ID_RULE
from elearning.sources.yaml_reader import YamlMap, parse_map

# Adults read some 200 to 240 words a minute in a first language; many of our readers read in another.
WORDS_A_MINUTE = 180
LAYOUTS: tuple[LessonLayout, ...] = get_args(LessonLayout)
_FRONT_MATTER = re.compile(r"---\n(?P<yaml>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)
EXPECTED = {
    "glossary": f"a term of {GLOSSARY_PATH}",
    "lesson": "the name of a lesson of this course",
    "course": "the folder of a course",
    "case": "the folder of a case in simulations/",
    "source": f"a source of {SOURCES_PATH}",
}


@dataclass(frozen=True)
class Known:
    """The names that links may lead to, and which of them have a mistake of their own.

    Of the kinds in `unread` nobody knows the names: their file cannot be read, which is told once, with that file.
    """

    names: Mapping[str, frozenset[str]]
    broken_terms: frozenset[str] = frozenset()
    broken_sources: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()

    def broken(self, kind: str, name: str) -> str | None:
        """Return the file whose entry of that name has a mistake, or None."""
        if kind == "glossary" and name in self.broken_terms:
            return GLOSSARY_PATH
        return SOURCES_PATH if kind == "source" and name in self.broken_sources else None


def read_lesson(project: Path, path: Path, own_id: str, text: str, known: Known, problems: Problems) -> Lesson | None:
    """Read the text of a lesson's file; None where it has no front matter or cannot be parsed safely."""
    name = path.relative_to(project).as_posix()
    match = _FRONT_MATTER.match(text)
    if match is None:
        problems.add(name, 1, "front-matter", "found no front matter, expected keys between two lines of ---")
        return None
    front = parse_map(match["yaml"], name, problems, first_line=2)
    line = text.count("\n", 0, match.start("body")) + 1
    if front is None or _has_long_paragraphs(name, match["body"], line, problems):
        return None
    reading = read_markdown(match["body"], first_line=line)
    _check_links(name, reading.links, known, problems)
    _check_blocks(name, reading, problems)
    decisions = tuple(_decisions(project, path.parent, name, reading, problems))
    words = sum(len(text.split()) for text in (*(block.text for block in reading.blocks), *_texts_of(decisions)))
    lesson = Lesson(
        id=own_id,
        path=name,
        layout=_layout(front),
        title=front.text("title"),
        summary=front.text("summary"),
        objectives=front.texts("objectives"),
        sources=front.texts("sources"),
        citations=_targets(reading.links, "source"),
        body=match["body"],
        body_line=line,
        terms=_targets(reading.links, "glossary"),
        figures=tuple(_figures(project, path.parent, name, reading, problems)),
        decisions=decisions,
        blocks=tuple(reading.blocks),
        words=words,
        minutes=max(1, round(words / WORDS_A_MINUTE)),
    )
    front.finish()
    return lesson


def _has_long_paragraphs(name: str, body: str, first_line: int, problems: Problems) -> bool:
    too_long = list(long_paragraphs(body))
    for start, length in too_long:
        message = f"found a paragraph of {length} characters, expected at most {LONGEST_PARAGRAPH}"
        problems.add(name, first_line + start - 1, "too-long", message)
    return bool(too_long)


def _layout(front: YamlMap) -> LessonLayout:
    found = front.name("layout", required=False) or "reading"
    if found not in LAYOUTS:
        message = f"found {found!r} as 'layout', expected one of {', '.join(LAYOUTS)}"
        front.wrong(front.line_of("layout"), "value", message)
        return "reading"
    return found


def _targets(links: list[Link], kind: str) -> tuple[str, ...]:
    """Return what links of a kind lead to, each once, in the order of the text."""
    found = (link.target.partition(":") for link in links)
    return tuple(dict.fromkeys(name for scheme, _, name in found if scheme == kind))


def _check_links(name: str, links: list[Link], known: Known, problems: Problems) -> None:
    for link in links:
        kind, _, target = link.target.partition(":")
        if not link.label and kind != "source":
            problems.add(name, link.line, "link-text", "found a link without text, expected words to follow")
        if kind in known.unread:
            continue
        if kind in known.names:
            right, what = target in known.names[kind], EXPECTED[kind]
        elif kind == "decision":
            right, what = False, "a decision alone in its paragraph"
        else:
            right = external_link(link.target) is not None
            what = f"https:, mailto:, {', '.join(f'{scheme}:' for scheme in EXPECTED)}"
        broken = known.broken(kind, target)
        if broken is not None:
            message = f"found a link to {link.target!r}, whose entry in {broken} has a mistake"
            problems.add(name, link.line, "broken-term" if kind == "glossary" else "broken-source", message)
        if insecure := insecure_link(link.target):
            problems.warn(name, link.line, "insecure-link", insecure)
        if not right:
            problems.add(name, link.line, "link", f"found a link to {link.target!r}, expected {what}")


def _check_blocks(name: str, reading: Reading, problems: Problems) -> None:
    for line in reading.raw_html:
        problems.add(name, line, "raw-html", "found HTML, expected Markdown (write `<` between backticks to show it)")
    level = 1
    for found, text, line in reading.headings:
        if found == 1 or found > level + 1:
            expected = "##" if found == 1 else "#" * (level + 1)
            problems.add(name, line, "heading", f"found the heading {text!r} at level {found}, expected {expected}")
        level = found


def _figures(project: Path, folder: Path, name: str, reading: Reading, problems: Problems) -> Iterator[Figure]:
    for target in dict.fromkeys(target for target, _, _ in reading.figures):
        uses = [(alt, line) for found, alt, line in reading.figures if found == target]
        for alt, line in uses:
            if not alt:
                problems.add(name, line, "alt", f"found no text for {target!r}, expected one for who does not see it")
        path = folder / target
        if not target.endswith(".svg") or leads_out(path, folder) or not path.is_file():
            message = f"found no figure {target!r}, expected an .svg file in this course"
            problems.add(name, uses[0][1], "figure", message)
            continue
        own = path.relative_to(project).as_posix()
        source = read_text(path, own, problems)
        figure = read_figure(source, own, problems) if source is not None else None
        if figure is not None:
            yield figure


def _decisions(project: Path, folder: Path, name: str, reading: Reading, problems: Problems) -> Iterator[Decision]:
    seen: set[str] = set()
    for own_id, line in reading.decisions:
        path = folder / "decisions" / f"{own_id}.yaml"
        if not ID.match(own_id):
            message = f"found the decision {own_id!r}, expected {ID_RULE}"
            problems.add(name, line, "decision", message)
        elif leads_out(path, folder) or not path.is_file():
            message = f"found no decision {own_id!r}, expected the file decisions/{own_id}.yaml in this course"
            problems.add(name, line, "decision", message)
        elif own_id in seen:
            problems.add(name, line, "duplicate-decision", f"found the decision {own_id!r} twice, expected it once")
        else:
            own = path.relative_to(project).as_posix()
            text = read_text(path, own, problems)
            source = parse_map(text, own, problems) if text is not None else None
            if source is not None:
                yield read_decision(source, own_id)
        seen.add(own_id)


def _texts_of(decisions: tuple[Decision, ...]) -> Iterator[str]:
    for decision in decisions:
        yield from (decision.title.text, decision.situation.text, decision.question.text)
        for option in decision.options:
            yield from (option.text.text, option.feedback.text)
