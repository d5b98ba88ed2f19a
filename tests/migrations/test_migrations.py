"""Migrations: models equal the migrated schema, and every revision runs up and down with data in it."""

from datetime import datetime
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from elearning.core.database import db
from elearning.core.settings import PROJECT
from elearning.people.demo import load_demo
from tests.schema import differences

pytestmark = pytest.mark.usefixtures("any_database")


def revisions() -> list[str]:
    """Return all revisions, oldest first."""
    config = Config()
    config.set_main_option("script_location", str(PROJECT / "migrations"))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def test_models_equal_the_migrated_schema(app: Flask) -> None:
    assert differences(app) == []


def test_every_revision_runs_down_and_up_with_data(app: Flask, now: datetime) -> None:
    with app.app_context():
        load_demo(db.session(), app.extensions["elearning_passwords"], now=now)
        db.session.commit()
        db.session.remove()
        for revision in [*revisions()[::-1][1:], "base"]:
            downgrade(revision=revision)
        with db.engine.connect() as connection:
            assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
        for revision in revisions():
            upgrade(revision=revision)
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM people")).scalar() == 0


def test_migrations_import_nothing_of_the_application() -> None:
    for path in Path(PROJECT / "migrations" / "versions").glob("*.py"):
        assert "elearning" not in path.read_text(encoding="utf-8"), path
