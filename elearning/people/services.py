"""Accounts and sign-in: the rules, with who and when as arguments."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from elearning.core.errors import ConflictError, DomainError, NotFoundError
from elearning.core.ids import new_token, token_digest
from elearning.core.locks import one_after_the_other
from elearning.people.models import FailedSignIn, Organisation, Person, RoleGrant, SignIn
from elearning.people.passwords import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, Passwords

SIGN_IN_LASTS = timedelta(days=30)
FAILURE_WINDOW = timedelta(minutes=15)
# One machine may fail this many times more than one address with one e-mail: an office shares an address.
SHARED_ADDRESS_FACTOR = 10
# So many attempts may be under way beyond the limit, for they may all be right: a room full of people signs in at once.
UNDER_WAY = 16


class Role(StrEnum):
    """What somebody may be in an organisation."""

    LEARNER = "learner"
    TRAINER = "trainer"
    PARTNER = "partner"
    MANAGER = "manager"
    AUTHOR = "author"
    ADMINISTRATOR = "administrator"


class TooManyAttemptsError(DomainError):
    """Sign-in pauses for this address and e-mail."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__("too-many-attempts", seconds=retry_after_seconds)
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True)
class Credentials:
    """What somebody typed to sign in, and the network address it came from."""

    email: str
    password: str
    address: str


@dataclass(frozen=True)
class NewPerson:
    """An account to be made."""

    name: str
    email: str
    password: str
    role: Role
    organisation: str
    language: str
    is_demo: bool = False


def email_key(email: str) -> str:
    """Return the form of an e-mail address under which it is unique: trimmed, without regard to case."""
    return email.strip().casefold()


def create_organisation(session: Session, slug: str, name: str, parent: str | None = None) -> Organisation:
    """Add an organisation, or return the one that has this slug."""
    found = session.scalar(select(Organisation).where(Organisation.slug == slug))
    if found is not None:
        return found
    parent_id = organisation_by_slug(session, parent).id if parent else None
    made = Organisation(slug=slug, name=name, parent_id=parent_id)
    session.add(made)
    session.flush()
    return made


def organisation_by_slug(session: Session, slug: str) -> Organisation:
    """Return the organisation; raise NotFoundError `organisation-unknown`."""
    found = session.scalar(select(Organisation).where(Organisation.slug == slug))
    if found is None:
        raise NotFoundError("organisation-unknown", slug=slug)
    return found


def create_person(session: Session, passwords: Passwords, new: NewPerson, *, now: datetime) -> int:
    """Make an account with its role and return its id.

    Raises DomainError `password-length` and `email-shape`, NotFoundError `organisation-unknown`,
    ConflictError `email-taken`.
    """
    if not MIN_PASSWORD_LENGTH <= len(new.password) <= MAX_PASSWORD_LENGTH:
        raise DomainError("password-length", least=MIN_PASSWORD_LENGTH, most=MAX_PASSWORD_LENGTH)
    local, at, host = new.email.strip().partition("@")
    if not (local and at and "." in host) or any(character.isspace() for character in new.email.strip()):
        raise DomainError("email-shape", email=new.email)
    organisation = organisation_by_slug(session, new.organisation)
    person = Person(
        name=new.name,
        email=new.email.strip(),
        email_key=email_key(new.email),
        language=new.language,
        organisation_id=organisation.id,
        password_hash=passwords.digest(new.password),
        is_demo=new.is_demo,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError:
        raise ConflictError("email-taken", email=new.email.strip()) from None
    session.add(RoleGrant(person_id=person.id, role=new.role, organisation_id=organisation.id, created_at=now))
    session.flush()
    return person.id


@dataclass(frozen=True)
class SignInAttempt:
    """An attempt that is under way: who it is about, its keys, and the rows that say so.

    `person_id` and `password_hash` are None where nobody with this e-mail can sign in.
    """

    person_id: int | None
    password_hash: str | None
    keys: tuple[str, str]
    rows: tuple[int, int]


def begin_sign_in(session: Session, tried: Credentials, *, limit: int, demo: bool, now: datetime) -> SignInAttempt:
    """Note that an attempt is under way, so that many at once cannot pass the limit together.

    Must be committed before the password is checked: hashing takes long, and no lock may be held meanwhile. Then
    `finish_sign_in` or `fail_sign_in` follows. Demo accounts open only where `demo` is set.

    Raises TooManyAttemptsError.
    """
    keys = _failure_keys(tried)
    one_after_the_other(session, keys)
    session.execute(delete(FailedSignIn).where(FailedSignIn.at <= now - FAILURE_WINDOW))
    _refuse_after_failures(session, keys, limit, now)
    own, shared = (FailedSignIn(key=_under_way(key), at=now) for key in keys)
    session.add_all([own, shared])
    session.flush()
    columns = select(Person.id, Person.password_hash, Person.is_demo)
    found = session.execute(
        columns.where(Person.email_key == email_key(tried.email), Person.disabled_at.is_(None))
    ).one_or_none()
    usable = found if found is not None and (demo or not found.is_demo) else None
    return SignInAttempt(
        person_id=usable.id if usable else None,
        password_hash=usable.password_hash if usable else None,
        keys=keys,
        rows=(own.id, shared.id),
    )


def finish_sign_in(
    session: Session, attempt: SignInAttempt, person_id: int, *, new_hash: str | None, now: datetime
) -> str:
    """Open a session for a password that was right, and return its token. `new_hash` takes the place of an old one."""
    forgiven = or_(FailedSignIn.key == attempt.keys[0], FailedSignIn.id.in_(attempt.rows))
    session.execute(delete(FailedSignIn).where(forgiven))
    session.execute(delete(SignIn).where(SignIn.person_id == person_id, SignIn.ends_at <= now))
    if new_hash is not None:
        session.get_one(Person, person_id).password_hash = new_hash
    token = new_token()
    session.add(
        SignIn(token_digest=token_digest(token), person_id=person_id, created_at=now, ends_at=now + SIGN_IN_LASTS)
    )
    session.flush()
    return token


def fail_sign_in(session: Session, attempt: SignInAttempt) -> None:
    """Record that the password was wrong."""
    for row, key in zip(attempt.rows, attempt.keys, strict=True):
        session.execute(update(FailedSignIn).where(FailedSignIn.id == row).values(key=key))


def _under_way(key: str) -> str:
    """Return the key of attempts that are being checked. One that is never finished, by a crash, runs out by itself."""
    return hashlib.sha256(f"{key} under way".encode()).hexdigest()


def _failure_keys(tried: Credentials) -> tuple[str, str]:
    """Return the keys of a failure: one for this e-mail from this address, one for the address alone.

    Never one for the e-mail alone: a stranger elsewhere could lock its owner out.
    """
    both = hashlib.sha256(f"{email_key(tried.email)}\n{tried.address}".encode()).hexdigest()
    return both, hashlib.sha256(tried.address.encode()).hexdigest()


def _refuse_after_failures(session: Session, keys: tuple[str, str], limit: int, now: datetime) -> None:
    for key, most in zip(keys, (limit, limit * SHARED_ADDRESS_FACTOR), strict=True):
        failures, first = _counted(session, key)
        if failures >= most:
            raise TooManyAttemptsError(max(1, int((first + FAILURE_WINDOW - now).total_seconds())))
        if failures + _counted(session, _under_way(key))[0] >= most + UNDER_WAY:
            raise TooManyAttemptsError(retry_after_seconds=1)


def _counted(session: Session, key: str) -> tuple[int, datetime]:
    """Return how many rows a key has, and the moment of the first; older ones have been deleted."""
    count, first = session.execute(select(func.count(), func.min(FailedSignIn.at)).where(FailedSignIn.key == key)).one()
    return count, first


def sign_out(session: Session, sign_in_id: int) -> None:
    """End a session."""
    session.execute(delete(SignIn).where(SignIn.id == sign_in_id))


PERSON_COLUMNS = (Person.id, Person.name, Person.email, Person.language, SignIn.id.label("sign_in_id"))


def signed_in_statement(*, demo: bool) -> Select[*tuple[Any, ...]]:
    """Return the statement that finds who holds a token; `holder` gives its parameters.

    Rooms above add what else they need to know of the person.
    """
    statement = (
        select(*PERSON_COLUMNS)
        .select_from(SignIn)
        .join(Person, Person.id == SignIn.person_id)
        .where(
            SignIn.token_digest == bindparam("token_digest"),
            SignIn.ends_at > bindparam("now"),
            Person.disabled_at.is_(None),
        )
    )
    return statement if demo else statement.where(Person.is_demo.is_(False))


def holder(token: str, *, now: datetime) -> dict[str, Any]:
    """Return the parameters of `signed_in_statement`."""
    return {"token_digest": token_digest(token), "now": now}


def find_signed_in(session: Session, token: str, *, demo: bool, now: datetime) -> Row[*tuple[Any, ...]] | None:
    """Return the row of who holds a token, or None."""
    return session.execute(signed_in_statement(demo=demo), holder(token, now=now)).one_or_none()


def has_role(session: Session, person_id: int, roles: Iterable[Role]) -> bool:
    """Tell whether somebody has one of these roles, in any organisation."""
    statement = select(RoleGrant.id).where(RoleGrant.person_id == person_id, RoleGrant.role.in_(list(roles))).limit(1)
    return session.scalar(statement) is not None
