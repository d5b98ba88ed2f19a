"""`translations update`, `status`, `check`, `terms`, `add` and `review`.

Exit codes: 0 holds, 1 does not, 2 called wrongly.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from elearning.translations.add import AddError, add_language
from elearning.translations.catalogue import DOMAINS, CatalogueError
from elearning.translations.check import check
from elearning.translations.languages import TRANSLATED_LANGUAGES, Language, find_language
from elearning.translations.problems import BrokenSourcesError, TranslationProblem
from elearning.translations.review import review
from elearning.translations.source import SourceMessage
from elearning.translations.status import status, status_json, status_table
from elearning.translations.template import stale_templates
from elearning.translations.update import Updated, update

Sources = Callable[[], dict[str, list[SourceMessage]]]
"""Returns the messages of each domain, or raises BrokenSourcesError."""
_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


Check = Callable[[Path, Iterable[Language]], list[TranslationProblem]]


def translations_commands(project: Path, sources: Sources, **checks: tuple[Check, str]) -> click.Group:
    """Return the commands for a project's catalogues; `checks` are more of them by name, each with its help."""
    group = click.Group("translations", help="The translators' catalogues.")
    for command in (_update(project, sources), _status(project), _check(project, sources), _add(project)):
        group.add_command(command)
    for name, (find, says) in checks.items():
        group.add_command(_check_of(project, name, find, says))
    group.add_command(_review(project))
    return group


@contextmanager
def _exit_1_for_broken_files() -> Iterator[None]:
    """Print what cannot be read, and exit 1."""
    try:
        yield
    except CatalogueError as error:
        click.echo(str(error.problem))
        raise SystemExit(1) from None
    except BrokenSourcesError as error:
        for problem in error.problems:
            click.echo(str(problem))
        click.echo("The sources have mistakes, so nothing was updated: texts that cannot be read would seem withdrawn.")
        raise SystemExit(1) from None


def _update(project: Path, sources: Sources) -> click.Command:
    @click.command("update")
    def command() -> None:
        """Bring templates and catalogues up to date with the English texts; no translation is lost."""
        with _exit_1_for_broken_files():
            done = update(project, sources())
        for file in done.files:
            click.echo(_said(file))
        for problem in done.problems:
            click.echo(f"{problem} (this file was left as it was)")
        raise SystemExit(1 if done.problems else 0)

    return command


def _said(file: Updated) -> str:
    if not file.changed:
        return f"{file.path}: up to date"
    if file.path.endswith(".pot"):
        return f"{file.path}: written"
    return f"{file.path}: written; {file.added} new, {file.stale} became stale, {file.kept} kept at the end"


def _status(project: Path) -> click.Command:
    @click.command("status")
    @_AS_JSON
    def command(as_json: bool) -> None:
        """Print how much is translated, stale, and reviewed by a person."""
        rows, problems = status(project)
        click.echo(status_json(rows) if as_json else status_table(rows))
        for problem in problems:
            click.echo(str(problem), err=True)
        raise SystemExit(1 if problems else 0)

    return command


def _check(project: Path, sources: Sources) -> click.Command:
    @click.command("check")
    @_AS_JSON
    def command(as_json: bool) -> None:
        """Print every mistake in the catalogues with its file and line; exit 1 where there is one."""
        problems = list(dict.fromkeys([*_source_problems(project, sources), *check(project)]))
        errors = sum(problem.severity == "error" for problem in problems)
        _tell(problems, f"{errors} mistakes, {len(problems) - errors} warnings.", as_json)
        raise SystemExit(1 if errors else 0)

    return command


def _check_of(project: Path, name: str, find: Check, says: str) -> click.Command:
    """Return a command for a check that knows more than catalogues; `says` is its help."""

    @click.command(name, help=says)
    @click.argument("lang", required=False, type=click.Choice([language.code for language in TRANSLATED_LANGUAGES]))
    @_AS_JSON
    def command(lang: str | None, as_json: bool) -> None:
        languages = [language for language in TRANSLATED_LANGUAGES if lang in {None, language.code}]
        with _exit_1_for_broken_files():
            problems = find(project, languages)
        _tell(problems, f"{len(problems)} findings.", as_json)
        raise SystemExit(1 if problems else 0)

    return command


def _source_problems(project: Path, sources: Sources) -> list[TranslationProblem]:
    """Return what is wrong in the sources, or where templates do not say what they say."""
    try:
        messages = sources()
    except BrokenSourcesError as error:
        return list(error.problems)
    problems: list[TranslationProblem] = []
    for domain, texts in messages.items():
        try:
            problems.extend(stale_templates(project, {domain: texts}))
        except CatalogueError as error:
            problems.append(error.problem)
    return problems


def _tell(problems: Iterable[TranslationProblem], total: str, as_json: bool) -> None:
    """Print problems one on a line and their total, or as the JSON list of DESIGN section 7."""
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1))
        return
    for problem in problems:
        click.echo(str(problem) if problem.severity == "error" else f"{problem} (warning)")
    click.echo(total)


def _add(project: Path) -> click.Command:
    @click.command("add")
    @click.argument("lang")
    def command(lang: str) -> None:
        """Make the catalogues of a new language."""
        try:
            with _exit_1_for_broken_files():
                made = add_language(project, lang)
        except AddError as error:
            raise click.UsageError(str(error)) from None
        for path in made:
            click.echo(f"{path}: written")
        if not made:
            click.echo(f"All catalogues of {lang} are there already; nothing was changed.")

    return command


def _review(project: Path) -> click.Command:
    @click.command("review")
    @click.argument("lang", type=click.Choice([language.code for language in TRANSLATED_LANGUAGES]))
    @click.option("--domain", "domains", type=click.Choice(DOMAINS), multiple=True, help="All, where none is given.")
    @click.option("--context", help="One unit, such as mcof-in-one-hour/why. All, where none is given.")
    @click.option("--undo", is_flag=True, help="Take the marks away.")
    def command(lang: str, domains: tuple[str, ...], context: str | None, undo: bool) -> None:
        """Mark current translations as reviewed by a person, as they stand now; any edit takes the mark away."""
        language = find_language(lang)
        if language is None:
            raise click.UsageError(f"{lang!r} is not a language of this site.")
        with _exit_1_for_broken_files():
            done = review(project, language, domains or DOMAINS, context, undo=undo)
        for file in done:
            click.echo(f"{file.path}: {file.changed} marks {'taken away' if undo else 'set'}, {file.reviewed} reviewed")
        if not any(file.changed or file.reviewed for file in done):
            click.echo("Nothing to review: no current translation there.")
            raise SystemExit(1)

    return command
