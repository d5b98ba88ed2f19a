"""Cases as players meet them: out of the store, typed, with the texts of one language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from elearning.content.publish import LoadTranslations, Translations, recipe
from elearning.content.published import FRAMEWORK, WHEEL
from elearning.content.store import Earlier, Publication, Store
from elearning.simulation.compile import compile_case, read_shown, wheel_texts
from elearning.simulation.extract import case_messages, wheel_messages
from elearning.simulation.load import LoadResult, case_folders, load_cases
from elearning.simulation.models import Case, Variant
from elearning.simulation.placeholders import fill
from elearning.simulation.structure import case_from_json, structure_of
from elearning.sources.markdown import Resolved, external_link
from elearning.sources.problems import Problems, confined
from elearning.sources.text import Shown
from elearning.translations.languages import LANGUAGES, Language

CASES = "cases"
FormatNumber = Callable[[int], str]


def publish_cases(project: Path, publication: Publication, load_translations: LoadTranslations) -> LoadResult:
    """Read, check, render and store all cases; a broken one keeps its last good version."""
    catalogues = [(language, load_translations(language)) for language in LANGUAGES]
    result = load_cases(project)
    problems = Problems(list(result.problems))
    for case in result.cases:
        with confined(problems, case.path, "the case cannot be published, and stays as it was"):
            used = [*wheel_messages(), *case_messages(case)]
            texts = {
                language.code: recipe(used, catalogue, partial(_documents, case, language), problems)
                for language, catalogue in catalogues
            }
            publication.put(CASES, case.id, structure_of(case), texts)
    names = list(wheel_messages())
    wheel = {language.code: recipe(names, catalogue, _wheel, problems) for language, catalogue in catalogues}
    publication.put(FRAMEWORK, WHEEL, {}, wheel)
    if (project / "simulations").is_dir():
        publication.keep_only(CASES, frozenset(case_folders(project)))
    elif publication.serves(CASES):
        problems.add("simulations", 1, "missing", "found no folder, expected one; the cases stay as they were")
    # a wrong translation of a name on the wheel is found with the wheel, and again with each case
    return LoadResult(result.cases, tuple(dict.fromkeys(problems.found)))


def _wheel(catalogue: Translations, _earlier: Earlier) -> dict[str, Any]:
    return {"names": wheel_texts(catalogue.find)}


def _documents(case: Case, language: Language, catalogue: Translations, _earlier: Earlier) -> dict[str, Any]:
    def resolve(target: str) -> Resolved | None:
        kind, _, term = target.partition(":")
        return Resolved(f"/{language.code}/glossary#{term}", "term") if kind == "glossary" else external_link(target)

    compiled = compile_case(case, catalogue.find, language, resolve)
    messages = [(message.context, message.text) for message in case_messages(case)]
    return {
        **compiled["texts"],
        "wheel": compiled["wheel"],
        "coverage": {
            "messages": len(messages),
            "translated": sum(catalogue.find(*message) is not None for message in messages),
            "reviewed": sum(catalogue.is_reviewed(*message) for message in messages),
        },
    }


@dataclass(frozen=True)
class PublishedVariant:
    """A variant of a case in one language."""

    case: str
    version: str
    variant: Variant
    texts: Mapping[str, Shown]
    wheel: Mapping[str, Shown]
    numbers: Mapping[str, str]
    coverage: Mapping[str, int]  # of the whole case

    def text(self, key: str) -> Shown:
        """Return a text as safe HTML, with the numbers of the variant in it; an empty one where there is none."""
        found = self.texts.get(key)
        return Shown("") if found is None else Shown(fill(found.text, self.numbers), found.translated)

    @property
    def title(self) -> Shown:
        """The title, plain."""
        return self.texts["title"]

    @property
    def summary(self) -> Shown:
        """The summary, plain."""
        return self.texts["summary"]


@dataclass(frozen=True)
class PublishedCase:
    """A case in one language, with all its variants; the base comes first."""

    id: str
    version: str
    variants: tuple[PublishedVariant, ...]

    @property
    def base(self) -> PublishedVariant:
        """The case as it stands without any overlay."""
        return self.variants[0]

    def variant(self, variant_id: str) -> PublishedVariant | None:
        """Return a variant."""
        return next((found for found in self.variants if found.variant.id == variant_id), None)


class Cases:
    """The published cases of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def cases(self, language: Language, number: FormatNumber) -> list[PublishedCase]:
        """Return the cases in service."""
        return [self._case(own_id, version, language, number) for own_id, version in self._store.current(CASES).items()]

    def case(
        self, case: str, language: Language, number: FormatNumber, version: str | None = None
    ) -> PublishedCase | None:
        """Return a case in the version that is asked for, otherwise the one in service; None where there is none."""
        wanted = version or self._store.current(CASES).get(case)
        if wanted is None:
            return None
        try:
            return self._case(case, wanted, language, number)
        except KeyError:
            return None

    def _case(self, case: str, version: str, language: Language, number: FormatNumber) -> PublishedCase:
        found = self._store.structure(CASES, case, version, case_from_json)
        texts = self._store.texts(CASES, case, version, language.code)

        def document(name: str) -> Any:
            return self._store.document(texts, name)

        wheel, coverage = read_shown(document("wheel")), document("coverage")
        variants = tuple(
            PublishedVariant(
                case,
                version,
                variant,
                read_shown(document(variant.id)),
                wheel,
                {name: number(value) for name, value in variant.facts.items()},
                coverage,
            )
            for variant in found.variants
        )
        return PublishedCase(case, version, variants)
