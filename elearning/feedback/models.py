"""What people say: answers to surveys, and problems they found."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearning.core.database import Base


class SurveyResponse(Base):
    """What somebody thinks of a course or a case: one response each; sent again, it takes the place of the first."""

    __tablename__ = "survey_responses"
    __table_args__ = (
        UniqueConstraint("person_id", "subject_kind", "subject"),
        Index("ix_survey_responses_subject_kind_subject", "subject_kind", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    # about what
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(64))
    # what they said
    language: Mapped[str] = mapped_column(String(12))
    agreement: Mapped[dict[str, int]] = mapped_column(JSON)
    change: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime]


class ProblemReport(Base):
    """A problem on a page, with what authors need to find it. Guests may report too."""

    __tablename__ = "problem_reports"
    __table_args__ = (Index("ix_problem_reports_sender_sent_at", "sender", "sent_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sender: Mapped[str] = mapped_column(String(64))  # digest of the network address, to stop floods
    page: Mapped[str] = mapped_column(String(2000))
    language: Mapped[str] = mapped_column(String(12))
    version: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]
    # what became of it
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
