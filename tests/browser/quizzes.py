"""Answers quizzes of *MCOF in one hour*. What is right is known from the files, so it works in any language."""

from decimal import Decimal

from playwright.sync_api import Locator, Page

from elearning.content.load import load_library
from elearning.content.models import ChoiceQuestion, MatchQuestion, NumericQuestion, OrderQuestion, Question, Quiz
from tests.server import PROJECT

COURSES = {course.id: course for course in load_library(PROJECT).library.courses}
UNITS = COURSES["mcof-in-one-hour"].units
QUIZZES = {unit.id: unit for unit in UNITS if isinstance(unit, Quiz)}


def answer_right(page: Page, quiz: str) -> None:
    """Fill in a quiz without a mistake."""
    for question in QUIZZES[quiz].questions:
        _answer(page.locator(f"#question-{question.id}"), question)


def answer_in_wrong_order(page: Page, quiz: str) -> None:
    """Fill in a quiz without a mistake, save that what is to be ordered and matched is turned round."""
    answer_right(page, quiz)
    for question in QUIZZES[quiz].questions:
        field = page.locator(f"#question-{question.id}")
        match question:
            case OrderQuestion():
                for place, item in enumerate(reversed(question.items), 1):
                    field.locator(f"[name$='-{item.id}']").select_option(str(place))
            case MatchQuestion():
                for pair, other in zip(question.pairs, reversed(question.pairs), strict=True):
                    field.locator(f"[name$='-{pair.id}']").select_option(other.id)


def _answer(field: Locator, question: Question) -> None:
    match question:
        case ChoiceQuestion():
            for option in question.options:
                if option.correct:
                    field.locator(f"[value='{option.id}']").check()
        case NumericQuestion(answer=Decimal() as answer):
            field.locator("[inputmode=decimal]").fill(str(answer))
        case OrderQuestion():
            for place, item in enumerate(question.items, 1):
                field.locator(f"[name$='-{item.id}']").select_option(str(place))
        case MatchQuestion():
            for pair in question.pairs:
                field.locator(f"[name$='-{pair.id}']").select_option(pair.id)
