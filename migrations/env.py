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


def _check_references(connection, on):
    """Switch SQLite's foreign keys, which takes effect between transactions only.

    A batch operation makes a table anew and drops the old one, which rows elsewhere still name.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _refuse_dangling(connection):
    if connection.dialect.name == "sqlite":
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if dangling:
            raise RuntimeError(f"rows that name what is not there, as (table, row, named table, key): {dangling}")


def run_migrations() -> None:
    """Run the migrations on the application's database, as one transaction."""
    migrate = current_app.extensions["migrate"]
    arguments = dict(migrate.configure_args)
    arguments.setdefault("process_revision_directives", _skip_empty)
    arguments["render_item"] = _plain_types
    arguments["transactional_ddl"] = True  # on SQLite too: what fails half-way changes nothing
    with migrate.db.engine.connect() as connection:
        _check_references(connection, on=False)
        context.configure(connection=connection, target_metadata=migrate.db.metadata, **arguments)
        with context.begin_transaction():
            context.run_migrations()
            _refuse_dangling(connection)
        _check_references(connection, on=True)


run_migrations()
