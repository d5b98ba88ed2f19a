"""Where rooms hang what other rooms' pages show, so that no room imports one above or beside it. `app` fills it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from flask import current_app
from flask_babel.speaklater import LazyString
from sqlalchemy.orm import Session

from elearning.core.scope import Scope
from elearning.sources.text import Shown


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the main navigation."""

    endpoint: str
    label: LazyString
    icon: str
    signed_in_only: bool = False


@dataclass(frozen=True)
class Panel:
    """A part of a page that a room contributes: a template and what it needs."""

    template: str
    values: dict[str, Any]


@dataclass(frozen=True)
class SurveySubject:
    """Something that a survey can ask about: what it is called, which version was seen, and where to go afterwards."""

    title: str
    translated: bool
    version: str
    address: str


@dataclass(frozen=True)
class StepState:
    """A course or a case as a step of a learning path: what it is called, and how far somebody in a scope is.

    `minutes` is the time that it still takes them: none once it is done.
    """

    title: Shown
    minutes: int
    address: str
    state: Literal["open", "begun", "done"]


MakePanel = Callable[[Session, Scope], Panel | None]
MakeAfterPanel = Callable[[Session, Scope, str, str], Panel]
FindSurveySubject = Callable[[Session, Scope, str], SurveySubject | None]
FindStep = Callable[[str], StepState | None]
"""id of a course or case to its state; None where there is none of that id"""
ReadSteps = Callable[[Session, Scope], FindStep]
"""(session, scope) to how steps are found: the records are read once, however many steps are asked for"""
FindVersion = Callable[[Session, Scope, str, Mapping[str, Any]], str | None]
"""(session, scope, endpoint, values of the address) to the version of the content on a page; None where it has none"""


@dataclass
class Registry:
    """What the rooms have hung up."""

    navigation: list[NavigationItem] = field(default_factory=list)
    footer: list[NavigationItem] = field(default_factory=list)
    home_panels: list[MakePanel] = field(default_factory=list)
    my_learning_panels: list[MakePanel] = field(default_factory=list)
    work_panels: list[MakePanel] = field(default_factory=list)  # beside My learning: what somebody does for others
    author_pages: list[NavigationItem] = field(default_factory=list)
    after_panels: list[MakeAfterPanel] = field(default_factory=list)  # at the end of a course or a case
    path_steps: dict[str, ReadSteps] = field(default_factory=dict)  # by kind: course, case
    survey_subjects: dict[str, FindSurveySubject] = field(default_factory=dict)
    content_versions: list[FindVersion] = field(default_factory=list)


def registry() -> Registry:
    """Return the registry of the running application."""
    held: Registry = current_app.extensions["elearning_registry"]
    return held


def panels(makers: Iterable[MakePanel], session: Session, scope: Scope) -> list[Panel]:
    """Ask each room for its part of a page; a room with nothing to show is left out."""
    return [panel for maker in makers if (panel := maker(session, scope)) is not None]
