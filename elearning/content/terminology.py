"""Whether translations name a term of the glossary as the glossary of their language does.

In English a term is found by its `forms`. In a translation its name may be inflected, take prefixes or stand in another
order, so its words are looked for by their stems: the first letters of each. Other renderings that are right stand in
`translations/<lang>/terms.yaml`, as stems too: `accepted: ["groupe secto", "cluster"]`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from elearning.content.collation import search_key
from elearning.content.load import load_library
from elearning.content.messages import GLOSSARY_CONTEXT
from elearning.content.models import GlossaryTerm
from elearning.sources.files import read_text
from elearning.sources.problems import Problems
from elearning.sources.words import check_known
from elearning.sources.yaml_reader import parse_map
from elearning.translations.catalogue import (
    DOMAINS,
    Catalogue,
    catalogue_path,
    forms_of,
    has_work,
    is_current,
    read_catalogue,
)
from elearning.translations.languages import Language
from elearning.translations.problems import TranslationProblem

_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]")
_NOT_TEXT = re.compile(r"\]\([^)]*\)|%\(\w+\)s|\{\w+\}")
_SHORTEST_STEM = 3
_STEM_SHARE = 0.7  # endings change, the beginning of a word rarely does

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """A term in one language: how English names it, how the glossary does, and the stems that are right for it."""

    id: str
    forms: re.Pattern[str]
    name: str
    accepted: tuple[Stems, ...]


def check_terms(project: Path, languages: Iterable[Language]) -> list[TranslationProblem]:
    """Return each translation that renders a term otherwise, with its file and line, and mistakes in terms.yaml."""
    terms = load_library(project).library.glossary
    found = []
    for language in languages:
        problems: list[TranslationProblem] = []
        others = _accepted(project, language, frozenset(term.id for term in terms), problems)
        wanted = list(_wanted(project, language, terms, others))
        for domain in DOMAINS:
            catalogue = read_catalogue(project, catalogue_path(language, domain))
            if catalogue is not None:
                problems.extend(_findings(catalogue, wanted, language))
        found += sorted(problems, key=lambda problem: (problem.path, problem.line))
    return found


def _accepted(
    project: Path, language: Language, known: frozenset[str], problems: list[TranslationProblem]
) -> Mapping[str, tuple[str, ...]]:
    """Read the other renderings of a language."""
    name = f"translations/{language.code}/terms.yaml"
    path, mistakes, found = project / name, Problems(), dict[str, tuple[str, ...]]()
    text = read_text(path, name, mistakes) if path.exists() else None
    source = parse_map(text, name, mistakes) if text is not None else None
    for entry in source.maps("terms") if source else ():
        own_id, accepted = entry.text("id"), entry.texts("accepted", required=True)
        check_known(entry, [own_id], known, "term", "the id of a term in courses/glossary.yaml")
        for other in accepted:
            if not search_key(other.text, language.code):  # it would stand in every text
                entry.wrong(other.line, "term", f"found {other.text!r} as 'accepted', expected letters")
        if own_id.text in found:
            entry.wrong(own_id.line, "duplicate-id", f"found the id {own_id.text!r} twice, expected it once")
        entry.text("why", required=False)
        entry.finish()
        found[own_id.text] = tuple(other.text for other in accepted)
    problems += [TranslationProblem(one.path, one.line, one.rule, one.severity, one.message) for one in mistakes.found]
    return found


def _wanted(
    project: Path, language: Language, terms: Iterable[GlossaryTerm], others: Mapping[str, tuple[str, ...]]
) -> Iterator[Wanted]:
    """Yield what to look for: terms that have forms in English and a name in the language."""
    catalogue = read_catalogue(project, catalogue_path(language, "courses"))
    entries = catalogue.entries if catalogue is not None else []
    names = {entry.msgid: entry.msgstr for entry in entries if entry.msgctxt == GLOSSARY_CONTEXT and is_current(entry)}
    for term in terms:
        name = names.get(" ".join(term.term.text.split()), "")
        if term.forms and name:
            stems = [_stems(_BRACKETS.sub("", name), language), *_abbreviations(name, language)]
            own = [tuple(search_key(other, language.code).split()) for other in others.get(term.id, ())]
            accepted = tuple(words for words in (*stems, *own) if any(words))
            yield Wanted(term.id, _pattern(form.text for form in term.forms), name, accepted)


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)


def _stems(name: str, language: Language) -> Stems:
    """Return the beginnings of the words of a name; Chinese has no endings, and is looked for whole."""
    words = search_key(name, language.code).split()
    if language.code == "zh":
        return ("".join(words),)
    return tuple(word[: max(_SHORTEST_STEM, round(len(word) * _STEM_SHARE))] for word in words)


def _abbreviations(name: str, language: Language) -> list[Stems]:
    """Return what stands in brackets after a name, such as IDP: it may stand for the name."""
    found = (search_key(found, language.code) for found in re.findall(r"[(（]([^)）]+)[)）]", name))
    return [(key.replace(" ", "") if language.code == "zh" else key,) for key in found]


def _findings(catalogue: Catalogue, wanted: Sequence[Wanted], language: Language) -> Iterator[TranslationProblem]:
    for entry in catalogue.entries:
        if entry.fuzzy or not has_work(entry):
            continue
        english = _NOT_TEXT.sub(" ", f"{entry.msgid} {entry.msgid_plural or ''}")
        text = search_key(_NOT_TEXT.sub(" ", " ".join(forms_of(entry))), language.code)
        text = text.replace(" ", "") if language.code == "zh" else text
        for term in _named(english, wanted):
            if not any(all(stem in text for stem in stems) for stems in term.accepted):
                message = (
                    f"English names the term {term.id!r} here; expected “{term.name}”, or another rendering that"
                    f" translations/{language.code}/terms.yaml accepts."
                )
                yield TranslationProblem(catalogue.path, entry.linenum or 1, "term", "warning", message)


def _named(english: str, wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """Yield the terms that a text names. Words that name a longer term do not name a shorter one too."""
    taken: list[tuple[int, int]] = []
    spans = [(match.span(), term) for term in wanted for match in term.forms.finditer(english)]
    named = dict[str, Wanted]()
    for (start, end), term in sorted(spans, key=lambda found: found[0][0] - found[0][1]):
        if all(end <= begun or ended <= start for begun, ended in taken):
            taken.append((start, end))
            named[term.id] = term
    yield from named.values()
