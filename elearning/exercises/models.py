"""Attempts at a case, and the events that an attempt is."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearning.core.database import Base


class Attempt(Base):
    """Somebody's play of a case, against one version of it. What it came to is a fold over its events."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_attempts_person_id_case", "person_id", "case"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    key: Mapped[str] = mapped_column(String(64))
    case: Mapped[str] = mapped_column(String(80))
    variant: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(12))
    started_at: Mapped[datetime]
    active_at: Mapped[datetime]
    # kept in the same transaction as the event that changes them, for lists and reports
    decisions: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(80))
    rank: Mapped[int | None]
    score: Mapped[int | None]


class AttemptEvent(Base):
    """One event of an attempt: a decision, the release of an inject, an override. `number` counts from 1."""

    __tablename__ = "attempt_events"
    __table_args__ = (UniqueConstraint("attempt_id", "number"), UniqueConstraint("attempt_id", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(64))
    event: Mapped[dict[str, Any]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
