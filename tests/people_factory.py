"""Makes people, inventing what a test does not care about."""

from datetime import UTC, datetime
from itertools import count

from sqlalchemy.orm import Session

from elearning.people.models import Organisation, Person

_numbers = count(1)


def make_person(session: Session, **given: object) -> Person:
    """Add a person with an organisation of their own."""
    number = next(_numbers)
    organisation = Organisation(slug=f"organisation-{number}", name=f"Organisation {number}")
    session.add(organisation)
    session.flush()
    values: dict[str, object] = {
        "name": f"Person {number}",
        "email": f"person-{number}@example.org",
        "email_key": f"person-{number}@example.org",
        "language": "en",
        "organisation_id": organisation.id,
        "password_hash": "none",
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    person = Person(**(values | given))
    session.add(person)
    session.flush()
    return person
