"""Surveys and problem reports: the rules, with who and when as arguments."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.core.errors import ConflictError, DomainError, NotFoundError
from elearning.core.locks import one_after_the_other
from elearning.core.repeats import added, keys_of
from elearning.core.scope import Scope
from elearning.feedback.models import ProblemReport, SurveyResponse

REPORTS_AN_HOUR = 20
AGREEMENT = range(1, 6)


@dataclass(frozen=True)
class Subject:
    """What a survey is about: a course or a simulation, and the version that was seen."""

    kind: str
    id: str
    version: str


@dataclass(frozen=True)
class Answers:
    """What somebody answered: how far they agree with each statement, 1 (not at all) to 5 (fully), and free text."""

    agreement: dict[str, int]
    change: str
    key: str


@dataclass(frozen=True)
class Problem:
    """A problem as it was reported."""

    page: str
    version: str
    text: str
    key: str


@dataclass(frozen=True)
class OpenReport:
    """A report that nobody has settled yet, as authors read it: who sent it is not told."""

    id: int
    page: str
    language: str
    version: str
    text: str
    sent_at: datetime


class TooManyReportsError(DomainError):
    """One network address has reported too much in an hour."""

    retry_after_seconds = 3600


def find_response(session: Session, scope: Scope, kind: str, subject: str) -> SurveyResponse | None:
    """Return the response about a subject within a scope of one person, or None."""
    return session.scalar(
        select(SurveyResponse).where(
            SurveyResponse.subject_kind == kind,
            SurveyResponse.subject == subject,
            scope.admits(SurveyResponse.person_id),
        )
    )


def respond(
    session: Session, subject: Subject, answers: Answers, *, by: int, language: str, now: datetime
) -> SurveyResponse:
    """Keep what somebody thinks; a second response about the same subject takes the place of the first.

    Raises DomainError `agreement-range`.
    """
    if any(value not in AGREEMENT for value in answers.agreement.values()):
        raise DomainError("agreement-range", least=AGREEMENT.start, most=AGREEMENT.stop - 1)
    values = {
        "version": subject.version,
        "language": language,
        "agreement": dict(answers.agreement),
        "change": answers.change.strip(),
        "key": answers.key,
        "sent_at": now,
    }
    own = select(SurveyResponse).where(
        SurveyResponse.person_id == by,
        SurveyResponse.subject_kind == subject.kind,
        SurveyResponse.subject == subject.id,
    )
    response = session.scalar(own)
    if response is None:
        made = SurveyResponse(person_id=by, subject_kind=subject.kind, subject=subject.id, **values)
        if added(session, made):
            return made
        response = session.scalars(own).one()
    for name, value in values.items():
        setattr(response, name, value)
    session.flush()
    return response


def report_problem(
    session: Session, problem: Problem, *, by: int | None, address: str, language: str, now: datetime
) -> int:
    """Keep a report and return its number; the same key and content twice are one report.

    Raises TooManyReportsError.
    """
    content = (problem.page, problem.text.strip())
    sender = hashlib.sha256(address.encode()).hexdigest()
    one_after_the_other(session, [f"reports of {sender}"])
    for key in keys_of(problem.key, content):
        known = select(ProblemReport).where(ProblemReport.key == key)
        found = session.scalar(known)
        if found is None:
            _refuse_too_many(session, sender, now)
            made = ProblemReport(
                key=key,
                person_id=by,
                sender=sender,
                page=problem.page,
                language=language,
                version=problem.version,
                text=problem.text.strip(),
                sent_at=now,
            )
            found = made if added(session, made) else session.scalars(known).one()
        if (found.page, found.text) == content:
            return found.id
    raise ConflictError("key-taken")


def _refuse_too_many(session: Session, sender: str, now: datetime) -> None:
    recent = select(func.count()).where(
        ProblemReport.sender == sender, ProblemReport.sent_at > now - timedelta(hours=1)
    )
    if (session.scalar(recent) or 0) >= REPORTS_AN_HOUR:
        raise TooManyReportsError("too-many-reports")


def open_reports(session: Session, limit: int = 100) -> Sequence[OpenReport]:
    """Return the reports that nobody has settled, oldest first. They hold no person, so there is no scope to take."""
    columns = (
        ProblemReport.id,
        ProblemReport.page,
        ProblemReport.language,
        ProblemReport.version,
        ProblemReport.text,
        ProblemReport.sent_at,
    )
    statement = select(*columns).where(ProblemReport.settled_at.is_(None)).order_by(ProblemReport.id).limit(limit)
    return [OpenReport(*row) for row in session.execute(statement)]


def settle_report(session: Session, report_id: int, *, by: int, now: datetime) -> None:
    """Record that a report has been dealt with; twice counts once. Raises NotFoundError `report-unknown`."""
    report = session.get(ProblemReport, report_id)
    if report is None:
        raise NotFoundError("report-unknown")
    if report.settled_at is None:
        report.settled_at, report.settled_by = now, by
        session.flush()
