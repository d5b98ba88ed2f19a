"""Fixtures that every test may use: an application with a database of its own, and people in it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from elearning.app import create_app
from elearning.core.database import db
from elearning.core.settings import Settings
from tests import services


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


@pytest.fixture
def settings(quick_settings: Settings, tmp_path: Path) -> Settings:
    """Settings of this test: data in a folder of its own."""
    return replace(quick_settings, data_dir=tmp_path / "data")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """An application on an empty, migrated SQLite database."""
    app = create_app(settings)
    with app.app_context():
        upgrade()
    yield app  # outside a context: a request must get its own `g`, as it does on a server
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines what was left out."""
    left_out = services.left_out()
    if left_out:
        terminalreporter.section("left out")
        for line in left_out:
            terminalreporter.write_line(line)
