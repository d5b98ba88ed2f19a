"""Migrations: models equal the migrated schema, and every revision runs up and down and keeps the data."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Column, func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from elearning.core.database import METADATA, UtcDateTime, db
from elearning.core.settings import PROJECT
from elearning.people.demo import ACCOUNTS, load_demo
from tests.schema import differences

pytestmark = pytest.mark.usefixtures("any_database")


def revisions() -> list[str]:
    """Return all revisions, oldest first."""
    config = Config()
    config.set_main_option("script_location", str(PROJECT / "migrations"))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def test_models_equal_the_migrated_schema(app: Flask) -> None:
    assert differences(app) == []


def test_every_revision_runs_down_and_up_and_keeps_its_data(app: Flask, now: datetime) -> None:
    """A table that is not there yet at a revision takes its own rows along, and no other's."""
    with app.app_context():
        fill(app, now)
        everything = counts()
        assert all(everything.values()), everything
        for revision in revisions()[::-1][1:]:
            downgrade(revision=revision)
            before = {name: everything[name] for name in counts()}
            assert counts() == before, revision
        first = set(counts())
        upgrade()
        assert counts() == {name: number if name in first else 0 for name, number in everything.items()}
        downgrade(revision="base")
        assert counts() == {}
        upgrade()
        assert set(counts()) == set(everything)
        assert not any(counts().values())


def fill(app: Flask, now: datetime) -> None:
    """Put at least one row into every table."""
    session = db.session()
    load_demo(session, app.extensions["elearning_passwords"], now=now)
    session.flush()
    for table in METADATA.sorted_tables:
        if not session.scalar(select(func.count()).select_from(table)):
            session.execute(insert(table).values({column.name: value(column, now) for column in table.columns}))
    session.commit()
    db.session.remove()


def value(column: Column[Any], now: datetime) -> Any:
    """Return something that fits a column; 1 for whatever names another row."""
    if column.foreign_keys or column.primary_key:
        return 1
    if isinstance(column.type, UtcDateTime):
        return now
    kinds: dict[type, Any] = {str: "something", int: 3, bool: True, object: {"a": 1}}
    return kinds[column.type.python_type]


def counts() -> dict[str, int]:
    """Return how many rows each table has."""
    with db.engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - {"alembic_version"}
        return {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in names}  # noqa: S608


NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", {head!r}


def upgrade():
    with op.batch_alter_table("people") as batch:
        batch.add_column(sa.Column("nickname", sa.String(80), nullable=True))
        batch.alter_column("name", type_=sa.String(300))
    {more}


def downgrade():
    pass
"""


def with_next(folder: Path, more: str = "pass") -> str:
    """Return migrations with one more revision, which makes the table of people anew and then does something."""
    copied = shutil.copytree(PROJECT / "migrations", folder / "migrations")
    (copied / "versions" / "9999_next.py").write_text(NEXT.format(head=revisions()[-1], more=more), encoding="utf-8")
    return str(copied)


def test_a_table_that_others_name_can_be_made_anew(app: Flask, now: datetime, tmp_path: Path) -> None:
    with app.app_context():
        fill(app, now)
        everything = counts()
        upgrade(directory=with_next(tmp_path))
        assert counts() == everything
        with db.engine.connect() as connection:
            assert "nickname" in {column["name"] for column in inspect(connection).get_columns("people")}
            if connection.dialect.name == "sqlite":
                assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_an_upgrade_that_fails_half_way_changes_nothing(app: Flask, now: datetime, tmp_path: Path) -> None:
    with app.app_context():
        fill(app, now)
        everything = counts()
        with pytest.raises(ValueError, match="half-way"):
            upgrade(directory=with_next(tmp_path, more="raise ValueError('half-way')"))
        assert counts() == everything
        with db.engine.connect() as connection:
            assert "nickname" not in {column["name"] for column in inspect(connection).get_columns("people")}


def test_an_upgrade_may_not_leave_rows_that_name_what_is_gone(app: Flask, now: datetime, tmp_path: Path) -> None:
    with app.app_context():
        fill(app, now)
        with pytest.raises((SystemExit, IntegrityError)):
            upgrade(directory=with_next(tmp_path, more="op.execute('DELETE FROM people')"))
        assert counts()["people"] == len(ACCOUNTS)


def test_migrations_import_nothing_of_the_application() -> None:
    for path in Path(PROJECT / "migrations" / "versions").glob("*.py"):
        assert "elearning" not in path.read_text(encoding="utf-8"), path
