"""Collects each room's commands."""

import click
from flask import Flask

from elearning.core.settings import Settings
from elearning.people.commands import demo_group, users_group


def init_commands(app: Flask, _settings: Settings) -> None:
    """Hang the commands of the rooms on `flask --app app`."""
    groups: tuple[click.Group, ...] = (users_group, demo_group)
    for group in groups:
        app.cli.add_command(group)
