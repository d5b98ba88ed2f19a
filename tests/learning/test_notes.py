"""Everybody relies on: a note is kept as it was written, is nobody else's, and is never overwritten unseen."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from elearning.core.database import db
from elearning.core.errors import DomainError
from elearning.core.ids import token_digest
from elearning.core.scope import Scope
from elearning.learning import services
from elearning.learning.services import NoteChangedError, Written, basis_of
from elearning.people.models import SignIn
from tests.people_factory import make_person
from tests.two_tabs import in_two_tabs

pytestmark = pytest.mark.usefixtures("any_database")
HOSTILE = (
    "</textarea><script>alert(1)</script>\n\n\u202e\u2066txt.exe\u2069\n"
    "  ``` \u2028 # 1 %s %(x)s {{ 7*7 }} \U0001f4a7\n"
)


@pytest.fixture
def person_id(session: Session) -> int:
    return make_person(session).id


def write(session: Session, person_id: int, text: str, now: datetime, *, over: str = "", unit: str = "why") -> bool:
    written = Written("short-course", unit, text, basis_of(over))
    return services.write_note(session, written, by=person_id, language="en", now=now)


def mark(session: Session, person_id: int, now: datetime, *, bookmarked: bool = True) -> None:
    services.bookmark(session, "short-course", "why", bookmarked=bookmarked, by=person_id, language="ar", now=now)


def kept(session: Session, person_id: int) -> list[tuple[str, str, bool, str, datetime]]:
    session.flush()
    session.expire_all()
    found = services.lesson_notes(session, Scope.of_person(person_id))
    return [(row.unit, row.text, row.bookmarked, row.language, row.changed_at) for row in found]


@pytest.mark.parametrize("text", ["One\n\n  two\n", HOSTILE, "م" * 10_000], ids=["lines", "hostile", "arabic"])
def test_a_text_is_kept_as_it_was_written(session: Session, person_id: int, now: datetime, text: str) -> None:
    assert write(session, person_id, text, now) is True
    assert kept(session, person_id) == [("why", text, False, "en", now)]


def test_each_line_break_is_one_character(session: Session, person_id: int, now: datetime) -> None:
    write(session, person_id, "a\r\nb\rc\nd", now)
    assert kept(session, person_id) == [("why", "a\nb\nc\nd", False, "en", now)]
    write(session, person_id, "x\r\n" * 5000, now, over="a\nb\nc\nd")
    assert kept(session, person_id)[0][1] == "x\n" * 5000


def test_a_text_that_is_too_long_changes_nothing(session: Session, person_id: int, now: datetime) -> None:
    write(session, person_id, "Short.", now)
    with pytest.raises(DomainError) as refused:
        write(session, person_id, "م" * 10_001, now, over="Short.")
    assert (refused.value.code, refused.value.values) == ("note-length", {"most": 10_000})
    assert kept(session, person_id) == [("why", "Short.", False, "en", now)]


@pytest.mark.parametrize("nothing", ["", " \r\n\t "])
def test_an_empty_text_removes_the_note_and_leaves_the_bookmark(
    session: Session, person_id: int, now: datetime, nothing: str
) -> None:
    assert write(session, person_id, nothing, now) is False
    assert kept(session, person_id) == []
    write(session, person_id, "One", now)
    assert write(session, person_id, nothing, now, over="One") is True
    assert kept(session, person_id) == []
    write(session, person_id, "Two", now)
    mark(session, person_id, now)
    later = now + timedelta(days=1)
    assert write(session, person_id, nothing, later, over="Two") is True
    assert kept(session, person_id) == [("why", "", True, "en", later)]


def test_a_bookmark_goes_and_the_note_stays(session: Session, person_id: int, now: datetime) -> None:
    for _ in range(2):
        mark(session, person_id, now)
    assert kept(session, person_id) == [("why", "", True, "ar", now)]
    write(session, person_id, "One", now)
    for _ in range(2):
        mark(session, person_id, now, bookmarked=False)
    assert kept(session, person_id) == [("why", "One", False, "ar", now)]
    write(session, person_id, "", now, over="One")
    mark(session, person_id, now, bookmarked=False)
    assert kept(session, person_id) == []


def test_a_text_that_came_in_between_is_not_overwritten(session: Session, person_id: int, now: datetime) -> None:
    write(session, person_id, "First", now)
    write(session, person_id, "From the other tab", now, over="First")
    for mine in ("Mine", "First", ""):
        with pytest.raises(NoteChangedError) as refused:
            write(session, person_id, mine, now, over="First")
        assert refused.value.stored == "From the other tab"
    assert kept(session, person_id)[0][1] == "From the other tab"
    assert write(session, person_id, "Mine", now, over="From the other tab") is True


def test_the_same_text_twice_is_no_conflict_and_keeps_its_day(session: Session, person_id: int, now: datetime) -> None:
    assert write(session, person_id, "One\r\ntwo", now) is True
    assert write(session, person_id, "One\ntwo", now + timedelta(days=1)) is False
    assert kept(session, person_id) == [("why", "One\ntwo", False, "en", now)]


def test_where_the_other_tab_removed_the_note_nothing_is_lost_by_writing(
    session: Session, person_id: int, now: datetime
) -> None:
    write(session, person_id, "First", now)
    write(session, person_id, "", now, over="First")
    assert write(session, person_id, "First and more", now, over="First") is True
    assert kept(session, person_id)[0][1] == "First and more"


def test_what_others_keep_is_out_of_reach(session: Session, person_id: int, now: datetime) -> None:
    other = make_person(session).id
    write(session, person_id, "Mine", now)
    write(session, other, "Theirs", now)
    services.forget_lesson(session, "short-course", "why", by=other)
    assert [row[1] for row in kept(session, person_id)] == ["Mine"]
    assert kept(session, other) == []
    assert services.lesson_notes(session, Scope()) == []
    own, others = Scope.of_person(person_id), Scope.of_person(other)
    assert [services.has_lesson_notes(session, scope) for scope in (own, others, Scope())] == [True, False, False]


def test_one_statement_says_who_reads_and_what_they_keep(
    committed_person: int, session: Session, now: datetime
) -> None:
    session.add(
        SignIn(
            token_digest=token_digest("token"),
            person_id=committed_person,
            created_at=now,
            ends_at=now + timedelta(days=1),
        )
    )
    write(session, committed_person, HOSTILE, now)
    mark(session, committed_person, now)
    write(session, committed_person, "On another lesson", now, unit="how")
    write(session, make_person(session).id, "Of somebody else", now)
    session.commit()
    shown = {}
    for unit in ("why", "how", "none"):
        found = services.find_reading(db.engine, "token", "short-course", unit, demo=False, now=now)
        assert found is not None
        shown[unit] = (found.id, found.enrolment_id, found.note, found.bookmarked)
    assert shown == {
        "why": (committed_person, None, HOSTILE, True),
        "how": (committed_person, None, "On another lesson", False),
        "none": (committed_person, None, "", False),
    }


def test_two_tabs_that_write_at_once_are_one_note_and_a_refusal(
    app: Flask, committed_person: int, now: datetime
) -> None:
    def first(session: Session) -> str:
        write(session, committed_person, "First", now)
        return "written"

    def second(session: Session) -> str:
        with pytest.raises(NoteChangedError) as refused:
            write(session, committed_person, "Second", now)
        return refused.value.stored

    assert in_two_tabs(app, first, second, second_waits=True) == ("written", "First")
    with app.app_context():
        assert [row[1] for row in kept(db.session(), committed_person)] == ["First"]


def test_two_tabs_that_bookmark_and_write_at_once_keep_both(app: Flask, committed_person: int, now: datetime) -> None:
    in_two_tabs(
        app,
        lambda session: mark(session, committed_person, now),
        lambda session: write(session, committed_person, "One", now) and None,
        second_waits=True,
    )
    with app.app_context():
        assert [row[:3] for row in kept(db.session(), committed_person)] == [("why", "One", True)]
