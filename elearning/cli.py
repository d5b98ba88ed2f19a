"""Collects each room's commands."""

import click
from flask import Flask

from elearning.content.commands import content_commands
from elearning.content.lengths import check_lengths
from elearning.content.terminology import check_terms
from elearning.core.settings import Settings
from elearning.learning.commands import learning_group
from elearning.people.commands import demo_group, users_group
from elearning.publication import publish, source_messages
from elearning.simulation.commands import simulations_commands
from elearning.translations.commands import translations_commands


def init_commands(app: Flask, settings: Settings) -> None:
    """Hang the commands of the rooms on `flask --app app`."""
    groups: tuple[click.Group, ...] = (
        users_group,
        demo_group,
        learning_group,
        content_commands(settings.project_dir, lambda anew: publish(settings, force=anew)),
        simulations_commands(settings.project_dir),
        translations_commands(
            settings.project_dir,
            lambda: source_messages(settings.project_dir),
            terms=(check_terms, "Print where a translation names a term otherwise than the glossary; exit 1 for any."),
            lengths=(check_lengths, "Print right answers that their length gives away; exit 1 where there is one."),
        ),
    )
    for group in groups:
        app.cli.add_command(group)
