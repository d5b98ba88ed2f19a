"""Surveys and problem reports: the rules, with who and when as arguments."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from elearning.core.errors import DomainError
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
    found = find_response(session, Scope.of_person(by), subject.kind, subject.id)
    response = found or SurveyResponse(person_id=by, subject_kind=subject.kind, subject=subject.id)
    response.version, response.language = subject.version, language
    response.agreement, response.change = dict(answers.agreement), answers.change.strip()
    response.key, response.sent_at = answers.key, now
    try:
        with session.begin_nested():
            session.add(response)
    except IntegrityError:  # another tab was quicker: its row is there now
        return respond(session, subject, answers, by=by, language=language, now=now)
    return response


def report_problem(
    session: Session, problem: Problem, *, by: int | None, address: str, language: str, now: datetime
) -> int:
    """Keep a report and return its number; the same key twice is one report. Raises TooManyReportsError."""
    known = session.scalar(select(ProblemReport.id).where(ProblemReport.key == problem.key))
    if known is not None:
        return known
    sender = hashlib.sha256(address.encode()).hexdigest()
    recent = select(func.count()).where(
        ProblemReport.sender == sender, ProblemReport.sent_at > now - timedelta(hours=1)
    )
    if (session.scalar(recent) or 0) >= REPORTS_AN_HOUR:
        raise TooManyReportsError("too-many-reports")
    report = ProblemReport(
        key=problem.key,
        person_id=by,
        sender=sender,
        page=problem.page,
        language=language,
        version=problem.version,
        text=problem.text.strip(),
        sent_at=now,
    )
    session.add(report)
    session.flush()
    return report.id
