"""`learning verify`."""

import json
from dataclasses import asdict
from functools import cache

import click
from flask import current_app
from flask.cli import with_appcontext

from elearning.content.published import Catalogue
from elearning.core.commands import require_database
from elearning.core.database import beginning, db
from elearning.core.scope import Scope
from elearning.learning import services
from elearning.translations.languages import SOURCE_LANGUAGE

learning_group = click.Group("learning", help="Enrolments and their progress.")


@learning_group.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print differences as JSON.")
@with_appcontext
def verify(as_json: bool) -> None:
    """Count progress again from its events and print where a row says otherwise; exit 1 where one does."""
    with beginning("DEFERRED"):  # people go on writing meanwhile
        require_database()
        found = list(services.verify_progress(db.session(), Scope.of_system(), cache(_find_finals)))
    if as_json:
        click.echo(json.dumps([asdict(difference) for difference in found], default=str, indent=1))
    else:
        for one in found:
            click.echo(f"enrolment {one.enrolment_id}: {one.field} is {one.kept}, its events say {one.counted}")
        click.echo(f"Progress was counted again; {len(found)} differences.")
    raise SystemExit(1 if found else 0)


def _find_finals(course: str, version: str) -> frozenset[str] | None:
    catalogue: Catalogue = current_app.extensions["elearning_catalogue"]
    found = catalogue.exactly(course, SOURCE_LANGUAGE, version)
    return None if found is None else frozenset(unit.id for unit in found.units if unit.final)
