"""`users create` and `demo load`."""

import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from elearning.core import clock
from elearning.core.commands import require_database
from elearning.core.database import db
from elearning.core.errors import DomainError
from elearning.people import demo, services
from elearning.people.passwords import Passwords
from elearning.people.services import NewPerson, Role
from elearning.translations.languages import LANGUAGES

EXPLANATIONS = {
    "password-length": "the password must have from {least} to {most} characters",
    "email-shape": "{email!r} is not an e-mail address",
    "email-taken": "{email} has an account already",
    "organisation-unknown": "there is no organisation {slug!r}; add it with --organisation-name",
}

users_group = click.Group("users", help="Accounts.")
demo_group = click.Group("demo", help="Demo data, of use only in demo mode.")


def _passwords() -> Passwords:
    held: Passwords = current_app.extensions["elearning_passwords"]
    return held


def explain(error: DomainError) -> str:
    """Return the sentence of an error for the command line."""
    return EXPLANATIONS.get(error.code, error.code).format(**error.values)


@users_group.command("create")
@click.argument("email")
@click.option("--name", help="Full name; without it, the e-mail address.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.LEARNER.value, show_default=True)
@click.option("--organisation", required=True, help="Slug of the organisation.")
@click.option("--organisation-name", help="Name of the organisation, to add it where it is missing.")
@click.option(
    "--language", type=click.Choice([language.code for language in LANGUAGES]), default="en", show_default=True
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking for it.")
@with_appcontext
def create(
    email: str,
    name: str | None,
    role: str,
    organisation: str,
    organisation_name: str | None,
    language: str,
    password_stdin: bool,
) -> None:
    """Make an account for EMAIL."""
    require_database()
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else click.prompt("Password", hide_input=True)
    session = db.session()
    try:
        if organisation_name:
            services.create_organisation(session, organisation, organisation_name)
        new = NewPerson(name or email, email, password, Role(role), organisation, language)
        services.create_person(session, _passwords(), new, now=clock.now())
    except DomainError as error:
        raise click.ClickException(explain(error)) from error
    session.commit()
    click.echo(f"{email} can sign in as {role} of {organisation}.")


@demo_group.command("load")
@with_appcontext
def load() -> None:
    """Add the demo organisations and accounts that are missing; they can sign in only where DEMO=1."""
    require_database()
    added = demo.load_demo(db.session(), _passwords(), now=clock.now())
    db.session.commit()
    click.echo(f"Demo accounts added: {added}.")
