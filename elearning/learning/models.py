"""Enrolments with their progress, the events that progress is made of, and what people keep of lessons."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from elearning.core.database import Base


class Enrolment(Base):
    """Somebody's way through a course: one row in any language, changed together with the event that moves it."""

    __tablename__ = "enrolments"
    __table_args__ = (UniqueConstraint("person_id", "course"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    course: Mapped[str] = mapped_column(String(80), index=True)
    version: Mapped[str] = mapped_column(String(64))  # people finish on the version they began
    enrolled_at: Mapped[datetime]
    # place
    place: Mapped[str | None] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(12))
    active_at: Mapped[datetime]
    # progress
    units_total: Mapped[int]
    units_done: Mapped[int] = mapped_column(default=0)
    final_percent: Mapped[int | None]
    completed_at: Mapped[datetime | None]


class UnitCompletion(Base):
    """A lesson marked as done, or a quiz passed. Counted once for each enrolment and unit.

    `by_placement` says that somebody had shown in the placement quiz that they know it already.
    """

    __tablename__ = "unit_completions"
    __table_args__ = (UniqueConstraint("enrolment_id", "unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    unit: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(12))
    done_at: Mapped[datetime]
    by_placement: Mapped[bool] = mapped_column(default=False, server_default=false())


class QuizAttempt(Base):
    """Answers that were handed in, and what they were worth against the version they were made on."""

    __tablename__ = "quiz_attempts"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "key"),
        Index("ix_quiz_attempts_enrolment_id_unit", "enrolment_id", "unit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    unit: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(12))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    percent: Mapped[int]
    passed: Mapped[bool]
    handed_in_at: Mapped[datetime]


class PathChoice(Base):
    """The learning path that somebody follows: one at a time."""

    __tablename__ = "path_choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    path: Mapped[str] = mapped_column(String(80))
    chosen_at: Mapped[datetime]


class LessonNote(Base):
    """What somebody keeps of a lesson, enrolled or not: a text of their own, a bookmark, or both; never neither."""

    __tablename__ = "lesson_notes"
    __table_args__ = (UniqueConstraint("person_id", "course", "unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    course: Mapped[str] = mapped_column(String(80))
    unit: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    bookmarked: Mapped[bool]
    language: Mapped[str] = mapped_column(String(12))  # of the page on which it was last changed
    changed_at: Mapped[datetime]
