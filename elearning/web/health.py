"""/healthz: the process answers. /readyz: it can serve people, because the database answers and has our schema."""

import logging
from pathlib import Path

from alembic.migration import MigrationContext
from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from elearning.core.database import db

logger = logging.getLogger("elearning.web")
blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Answer as long as the process lives; asks nothing else."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Answer 200 when people can be served, otherwise 503 with the reason."""
    expected = current_app.extensions["elearning_schema_head"]
    file = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
    if file is not None and not Path(file).is_file():  # connections that are open would go on writing, into nothing
        return jsonify(status="unavailable", reason="the database file is gone"), 503
    try:
        found = MigrationContext.configure(db.session.connection()).get_current_revision()
    except SQLAlchemyError:
        logger.exception("database does not answer")
        return jsonify(status="unavailable", reason="the database does not answer"), 503
    if found != expected:
        return jsonify(status="unavailable", reason=f"the schema is at {found}, expected {expected}"), 503
    return jsonify(status="ready")
