"""A prepared statement answers as SQLAlchemy would, on both databases."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import bindparam, select

from elearning.core import clock
from elearning.core.database import db
from elearning.core.prepared import PreparedStatement
from elearning.people.models import Person

pytestmark = pytest.mark.usefixtures("any_database", "demo_people")
BY_EMAIL = PreparedStatement(
    select(Person.id, Person.name, Person.disabled_at.is_(None).label("enabled")).where(
        Person.email == bindparam("email"), Person.created_at < bindparam("before")
    )
)
SOON, LONG_AGO = timedelta(minutes=1), timedelta(days=-1)


def test_the_row_says_what_the_model_says(app: Flask) -> None:
    with app.app_context():
        expected = db.session.scalars(select(Person).where(Person.email == "learner@example.org")).one()
        row = BY_EMAIL.one_or_none(db.engine, {"email": expected.email, "before": clock.now() + SOON})
        assert row == {"id": expected.id, "name": expected.name, "enabled": True}


def test_moments_are_compared_as_moments(app: Flask) -> None:
    with app.app_context():
        parameters = {"email": "learner@example.org", "before": clock.now() + LONG_AGO}
        assert BY_EMAIL.one_or_none(db.engine, parameters) is None


def test_hostile_text_is_a_value_and_not_a_part_of_the_statement(app: Flask) -> None:
    with app.app_context():
        for email in ("' OR '1'='1", "x'; DROP TABLE people; --", "%(email)s :email ?"):
            assert BY_EMAIL.one_or_none(db.engine, {"email": email, "before": clock.now() + SOON}) is None
        assert db.session.scalar(select(Person.id).limit(1)) is not None


def test_a_missing_parameter_is_named(app: Flask) -> None:
    with app.app_context(), pytest.raises(KeyError, match="before"):
        BY_EMAIL.one_or_none(db.engine, {"email": "learner@example.org"})
