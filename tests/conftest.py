"""Fixtures that every test may use: an application with a database of its own, and people in it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from sqlalchemy.orm import Session

from elearning.app import create_app
from elearning.content.publish import publish_courses
from elearning.content.store import Store
from elearning.core import clock
from elearning.core.database import db
from elearning.core.settings import Settings
from elearning.people.demo import load_demo
from elearning.publication import publish
from tests import databases, programs
from tests.content.projects import Echo, write_project
from tests.people_factory import make_person

# No test on the clock; what decides whether a change lands tries the same examples each time.
hypothesis_settings.register_profile("house", deadline=None, derandomize=programs.all_required())
hypothesis_settings.load_profile("house")
MARKS = {
    "postgresql": programs.postgresql,
    "browser": programs.chromium,
    "axe": programs.axe,
    "html": programs.html_checker,
}


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marks."""
    config.addinivalue_line("markers", "postgresql: needs the programs of PostgreSQL")
    config.addinivalue_line("markers", "browser: needs Chromium")
    config.addinivalue_line("markers", "axe: needs axe-core")
    config.addinivalue_line("markers", "html: needs the Nu Html Checker, and Java")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a missing program; with CI set, nothing is left out and its tests fail."""
    if programs.all_required():
        return
    missing = {mark for mark, find in MARKS.items() if find() is None}
    left_out = [item for item in items if missing & {mark.name for mark in item.iter_markers()}]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines what was left out."""
    lines = programs.left_out()
    if lines:
        terminalreporter.section("left out")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def quick_settings() -> Settings:
    """Settings for tests: passwords that are quick to check, cookies over plain http."""
    return Settings(
        argon2_time_cost=1,
        argon2_memory_kib=8,
        argon2_parallelism=1,
        secure_cookies=False,
        log_level="ERROR",
        demo=True,
    )


@pytest.fixture(scope="session")
def sqlite_template(quick_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database, to be copied."""
    folder = tmp_path_factory.mktemp("sqlite")
    databases.migrate(replace(quick_settings, data_dir=folder))
    return folder / "elearning.db"


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a private PostgreSQL server."""
    found = programs.postgresql()
    assert found is not None, "PostgreSQL is not installed"
    folder = tmp_path_factory.mktemp("postgresql")
    for parent in [folder, *folder.parents][: 4 if "PYTEST_XDIST_WORKER" in os.environ else 3]:
        parent.chmod(0o755)  # its server runs as another user, who must reach it
    with databases.postgresql_cluster(found, folder) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_template(
    postgresql_server: str, quick_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a migrated, empty PostgreSQL database, to be copied."""
    address = databases.new_database(postgresql_server)
    settings = replace(quick_settings, data_dir=tmp_path_factory.mktemp("postgresql-data"))
    databases.migrate(databases.with_database(settings, address))
    return address.rpartition("/")[2]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def any_database(request: pytest.FixtureRequest) -> str:
    """Run the test on SQLite and on PostgreSQL."""
    kind: str = request.param
    return kind


@pytest.fixture
def settings(request: pytest.FixtureRequest, quick_settings: Settings, tmp_path: Path) -> Settings:
    """Settings with a migrated database of this test; on PostgreSQL too for tests that take `any_database`."""
    own = replace(quick_settings, data_dir=tmp_path / "data")
    if "any_database" in request.fixturenames and request.getfixturevalue("any_database") == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        template = request.getfixturevalue("postgresql_template")
        return databases.with_database(own, databases.new_database(server, template))
    own.data_dir.mkdir()
    shutil.copy(request.getfixturevalue("sqlite_template"), own.data_dir / "elearning.db")
    return own


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """An application. Outside a context, so that each request gets its own `g`, as it does on a server."""
    app = create_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def demo_people(app: Flask) -> None:
    """The demo accounts."""
    with app.app_context():
        load_demo(db.session(), app.extensions["elearning_passwords"], now=clock.now())
        db.session.commit()


@pytest.fixture(scope="session")
def published_content(quick_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The courses and cases of the site, published, to be copied."""
    folder = tmp_path_factory.mktemp("content")
    published = publish(replace(quick_settings, data_dir=folder))
    assert published.whole, published.problems
    return folder


@pytest.fixture
def site_content(settings: Settings, published_content: Path) -> None:
    """The courses and cases of the site, in service."""
    shutil.copytree(published_content, settings.data_dir, dirs_exist_ok=True)


@pytest.fixture
def small_course(settings: Settings, tmp_path: Path) -> Path:
    """The project of a small course, published."""
    project = write_project(tmp_path / "project")
    with Store(settings.store_dir).publication() as publication:
        publish_courses(project, publication, lambda _language: Echo())
    return project


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A database session, for tests of services."""
    with app.app_context():
        yield db.session()
        db.session.remove()


@pytest.fixture
def now() -> datetime:
    """A moment, the same in every test."""
    return datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def committed_person(app: Flask) -> int:
    """The id of somebody whom every connection sees."""
    with app.app_context():
        person_id = make_person(db.session()).id
        db.session.commit()
        return person_id
