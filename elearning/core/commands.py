"""What commands of several rooms need."""

import click
from sqlalchemy import inspect

from elearning.core.database import METADATA, db

NO_DATABASE = "there is no database yet, or one of an earlier version: `flask --app app db upgrade` makes it."


def require_database() -> None:
    """End the command with a sentence where the database has not been made, or lacks a table."""
    if not METADATA.tables.keys() <= set(inspect(db.session().connection()).get_table_names()):
        raise click.ClickException(NO_DATABASE)
