"""What the models say against what the migrations make, on an empty SQLite database."""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from elearning.app import create_app
from elearning.core.database import METADATA, db
from elearning.core.settings import Settings
from tests import databases


def differences(app: Flask) -> list[Any]:
    """Return what differs between the models and the database of an application, as Alembic's operations."""
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[Any] = compare_metadata(context, METADATA)
        return found


def main() -> int:
    """Migrate a new database and print where the models say something else."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings(), data_dir=Path(folder), database_url="")
        databases.migrate(settings)
        found = differences(create_app(settings))
    for difference in found:
        print(f"migrations/: expected a revision that makes this so: {difference}")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
