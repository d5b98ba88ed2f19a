"""Whoever starts a site relies on: it says where it is and who can sign in, or what to change, by name."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from elearning.people.demo import ACCOUNTS, DEMO_PASSWORD
from elearning.serve import announcement, settings_of
from elearning.translations.languages import LANGUAGES
from tests.databases import free_port
from tests.server import PROJECT


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start a site that cannot start."""
    return subprocess.run(
        [sys.executable, "-m", "elearning.serve"],
        cwd=PROJECT,
        env={**os.environ, "DATA_DIR": str(folder / "var"), "PORT": str(free_port())} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_announcement_has_every_address_and_the_demo_accounts() -> None:
    said = announcement("127.0.0.1", 8000, settings_of({}, "127.0.0.1"))
    for language in LANGUAGES:
        assert f"http://127.0.0.1:8000/{language.code}/" in said
    for account in ACCOUNTS:
        assert account.email in said
    assert DEMO_PASSWORD in said


def test_a_real_site_names_no_demo_account_and_asks_for_https() -> None:
    said = announcement("0.0.0.0", 8000, settings_of({"DEMO": "0"}, "0.0.0.0"))  # noqa: S104 - only put into words
    assert "example.org" not in said
    assert DEMO_PASSWORD not in said
    assert "Cookies travel over https only" in said


def test_a_demo_that_others_can_reach_says_so() -> None:
    settings = settings_of({}, "0.0.0.0")  # noqa: S104 - only put into words
    assert "DEMO=0 leaves them out" in announcement("0.0.0.0", 8000, settings)  # noqa: S104 - only put into words
    assert "DEMO=0" not in announcement("localhost", 8000, settings)


@pytest.mark.parametrize(
    ("host", "environment", "secure"),
    [
        ("127.0.0.1", {}, False),
        ("127.0.0.1", {"DEMO": "0"}, False),
        ("192.0.2.1", {}, False),
        ("192.0.2.1", {"DEMO": "0"}, True),
        ("192.0.2.1", {"DEMO": "0", "SECURE_COOKIES": "0"}, False),
        ("127.0.0.1", {"SECURE_COOKIES": "1"}, True),
    ],
)
def test_cookies_travel_over_http_only_for_a_demo_or_on_this_machine(
    host: str, environment: dict[str, str], secure: bool
) -> None:
    assert settings_of(environment, host).secure_cookies is secure


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PORT": "eighty"}, "PORT: found 'eighty', expected a number from 1 to 65535"),
        ({"PORT": "70000"}, "PORT: found '70000', expected a number from 1 to 65535"),
        ({"DEMO": "maybe"}, "DEMO: found 'maybe', expected 1 or 0"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL: found a value, expected an address that begins with"),
        ({"DATABASE_URL": "postgresql://nobody:secret@127.0.0.1:1/x"}, "DATABASE_URL: the database cannot be used: "),
        ({"DATABASE_URL": "sqlite:////nowhere/at/all.db"}, "DATABASE_URL: the database cannot be used: "),
        ({"DATA_DIR": "/dev/null/var"}, "DATA_DIR: found '/dev/null/var', where nothing can be written"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, environment: dict[str, str], said: str) -> None:
    done = start(tmp_path, **environment)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


def test_a_port_that_is_taken_is_named_with_the_way_on(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = start(tmp_path, PORT=str(port))
    assert done.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "make serve PORT=" in done.stderr
