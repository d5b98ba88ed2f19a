"""Administrators rely on: accounts made in the terminal can sign in, and a mistake says what to do."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from elearning.app import create_app
from elearning.core.settings import Settings
from tests.browser_without_scripts import sign_in

PASSWORD = "a password that is long enough"


def create(app: Flask, *arguments: str, password: str = PASSWORD) -> Result:
    return app.test_cli_runner().invoke(args=["users", "create", *arguments, "--password-stdin"], input=f"{password}\n")


def in_office(email: str) -> tuple[str, ...]:
    return (email, "--role", "manager", "--organisation", "office", "--organisation-name", "An office")


def test_an_account_that_was_made_can_sign_in(app: Flask) -> None:
    done = create(app, *in_office("somebody@example.org"), "--language", "ar")
    assert (done.exit_code, done.output) == (0, "somebody@example.org can sign in as manager of office.\n")
    page = sign_in(app.test_client(), "SomeBody@example.org", password=PASSWORD)
    assert "somebody@example.org" in page.text


@pytest.mark.parametrize(
    ("arguments", "password", "said"),
    [
        (in_office("nobody"), PASSWORD, "'nobody' is not an e-mail address"),
        (in_office("a@example.org"), "short", "the password must have from "),
        (("a@example.org", "--organisation", "none"), PASSWORD, "there is no organisation 'none'; add it with"),
    ],
)
def test_a_mistake_says_what_to_do_and_makes_nothing(
    app: Flask, arguments: tuple[str, ...], password: str, said: str
) -> None:
    done = create(app, *arguments, password=password)
    assert done.exit_code == 1
    assert said in done.output


def test_an_address_has_one_account(app: Flask) -> None:
    create(app, *in_office("a@example.org"))
    done = create(app, *in_office("A@Example.org"))
    assert (done.exit_code, "has an account already" in done.output) == (1, True)


def test_a_role_that_is_not_there_is_a_wrong_call(app: Flask) -> None:
    assert create(app, "a@example.org", "--role", "king", "--organisation", "office").exit_code == 2


@pytest.mark.parametrize(
    "command",
    [
        ["users", "create", "a@example.org", "--organisation", "office", "--password-stdin"],
        ["demo", "load"],
        ["learning", "verify"],
    ],
    ids=" ".join,
)
def test_a_command_without_a_database_says_how_to_make_one(
    quick_settings: Settings, tmp_path: Path, command: list[str]
) -> None:
    app = create_app(replace(quick_settings, data_dir=tmp_path / "data"))
    done = app.test_cli_runner().invoke(args=command)
    assert (done.exit_code, done.output) == (
        1,
        "Error: there is no database yet, or one of an earlier version: `flask --app app db upgrade` makes it.\n",
    )


def test_demo_accounts_are_added_once(app: Flask) -> None:
    load = [app.test_cli_runner().invoke(args=["demo", "load"]).output for _ in range(2)]
    assert load == ["Demo accounts added: 6.\n", "Demo accounts added: 0.\n"]
