"""Runs migrations for `flask --app app db ...`; foreign keys are checked, and SQLite gets batch operations."""

from alembic import context
from flask import current_app


def _plain_types(kind, item, _context):
    """Write our own types as plain SQL types: a migration never imports application code."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def _skip_empty(_context, _revision, directives):
    if directives and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def run_migrations() -> None:
    """Run the migrations on the application's database."""
    migrate = current_app.extensions["migrate"]
    arguments = dict(migrate.configure_args)
    arguments.setdefault("process_revision_directives", _skip_empty)
    arguments["render_item"] = _plain_types
    with migrate.db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=migrate.db.metadata, **arguments)
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
