"""`translations review`: a person says that translations are right as they stand; any edit takes that back."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from elearning.translations.catalogue import (
    DOMAINS,
    catalogue_path,
    is_current,
    is_reviewed,
    read_catalogue,
    review_mark,
    save,
    set_review_mark,
)
from elearning.translations.languages import Language


@dataclass(frozen=True)
class Reviewed:
    """What was marked in one file: messages that a mark was set on or taken from, and those it stands on now."""

    path: str
    changed: int
    reviewed: int


def review(
    project: Path,
    language: Language,
    domains: Iterable[str] = DOMAINS,
    context: str | None = None,
    *,
    undo: bool = False,
) -> list[Reviewed]:
    """Mark the current translations of a unit, or of whole domains, as reviewed; or take the marks away.

    Missing and stale translations are passed over. Raises CatalogueError.
    """
    done = []
    for domain in domains:
        catalogue = read_catalogue(project, catalogue_path(language, domain))
        if catalogue is None:
            continue
        chosen = [entry for entry in catalogue if context is None or (entry.msgctxt or "") == context]
        if undo:
            changing = [entry for entry in chosen if review_mark(entry) is not None]
        else:
            changing = [entry for entry in chosen if is_current(entry) and not is_reviewed(entry)]
        for entry in changing:
            set_review_mark(entry, not undo)
        if changing:
            save(project, catalogue.path, catalogue.file)
        done.append(Reviewed(catalogue.path, len(changing), sum(map(is_reviewed, chosen))))
    return done
