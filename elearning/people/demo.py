"""The demo accounts: one for each kind of person, all at example.org, usable only in demo mode."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.people import services
from elearning.people.models import Person
from elearning.people.passwords import Passwords
from elearning.people.services import NewPerson, Role

DEMO_PASSWORD = "demo-password"  # noqa: S105 - shown on purpose, works only in demo mode


@dataclass(frozen=True)
class DemoAccount:
    """A demo person."""

    role: Role
    organisation: str
    language: str

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.role}@example.org"

    @property
    def name(self) -> str:
        """A name that says plainly that nobody has it."""
        return f"Demo {self.role}"


ORGANISATIONS = (
    ("demo-headquarters", "Demo headquarters", None),
    ("demo-country-office", "Demo country office", "demo-headquarters"),
    ("demo-ministry", "Demo ministry", None),
)
ACCOUNTS = (
    DemoAccount(Role.LEARNER, "demo-country-office", "en"),
    DemoAccount(Role.TRAINER, "demo-headquarters", "en"),
    DemoAccount(Role.PARTNER, "demo-ministry", "en"),
    DemoAccount(Role.MANAGER, "demo-country-office", "en"),
    DemoAccount(Role.AUTHOR, "demo-headquarters", "en"),
    DemoAccount(Role.ADMINISTRATOR, "demo-headquarters", "en"),
)


def load_demo(session: Session, passwords: Passwords, *, now: datetime) -> int:
    """Add the demo organisations and accounts that are missing; return how many accounts were added."""
    present = set(session.scalars(select(Person.email_key).where(Person.is_demo)))
    missing = [account for account in ACCOUNTS if account.email not in present]
    if not missing:
        return 0
    for slug, name, parent in ORGANISATIONS:
        services.create_organisation(session, slug, name, parent)
    for account in missing:
        new = NewPerson(
            name=account.name,
            email=account.email,
            password=DEMO_PASSWORD,
            role=account.role,
            organisation=account.organisation,
            language=account.language,
            is_demo=True,
        )
        services.create_person(session, passwords, new, now=now)
    return len(missing)
