"""Who reads a unit of a course, and how far they are: one statement for person, session, progress and note."""

import logging
from dataclasses import dataclass

from flask import session as cookie
from sqlalchemy.exc import OperationalError

from elearning.core import clock
from elearning.core.database import beginning, db
from elearning.learning import services
from elearning.web.access import SignedIn, adopt, demo_mode

logger = logging.getLogger("elearning.learning")


@dataclass(frozen=True)
class Reader:
    """The reader of a unit. A guest has no person; somebody who is not enrolled has no version, but may have a note."""

    person: SignedIn | None = None
    enrolment_id: int | None = None
    version: str | None = None
    units_done: int = 0
    units_total: int = 0
    place: str | None = None
    read_in: str | None = None
    done: bool = False
    note: str = ""
    bookmarked: bool = False

    @property
    def progress(self) -> tuple[object, ...]:
        """What a page shows of this reader, beside their name and the text of their note."""
        enrolled = (self.enrolment_id is not None, self.units_done, self.units_total, self.done)
        return (self.person is not None, enrolled, self.note != "", self.bookmarked)

    @property
    def enrolled(self) -> bool:
        """Tell whether progress can be kept."""
        return self.enrolment_id is not None


def find_reader(course: str, unit: str) -> Reader:
    """Return who asks for a unit, and take them as the person of this request."""
    token = cookie.get("_user_id")
    found = services.find_reading(db.engine, token, course, unit, demo=demo_mode(), now=clock.now()) if token else None
    if found is None or token is None:
        adopt(None)
        return Reader()
    person = SignedIn(found.id, found.name, found.email, found.language, token, found.sign_in_id)
    adopt(person)
    if found.enrolment_id is None:
        return Reader(person, note=found.note, bookmarked=found.bookmarked)
    return Reader(
        person,
        found.enrolment_id,
        found.version,
        found.units_done or 0,
        found.units_total or 0,
        found.place,
        found.read_in,
        found.done,
        found.note,
        found.bookmarked,
    )


def keep_place(reader: Reader, course: str, unit: str, language: str) -> None:
    """Keep the place where somebody has come to another unit or language: reading on costs no write."""
    if reader.person is None or not reader.enrolled or (reader.place, reader.read_in) == (unit, language):
        return
    session = db.session()
    with beginning("IMMEDIATE"):
        try:
            services.visit(session, by=reader.person.id, course=course, unit=unit, language=language, now=clock.now())
            session.commit()
        except OperationalError:  # the database is busy: the page is worth more than the place
            session.rollback()
            logger.warning("a place was not kept", extra={"course": course, "unit": unit})
