"""The revision of the schema that this code expects."""

from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask

from elearning.core.settings import MIGRATIONS


def init_schema(app: Flask) -> None:
    """Remember the newest revision, which /readyz compares with the database's."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    app.extensions["elearning_schema_head"] = ScriptDirectory.from_config(config).get_current_head()
