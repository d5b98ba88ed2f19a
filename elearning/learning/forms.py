"""The form of a note, and quiz forms: what is read from them, and what is still to be answered."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField
from wtforms.validators import Length

from elearning.content.models import ChoiceQuestion, MatchQuestion, NumericQuestion, OrderQuestion, Question, Quiz
from elearning.content.numbers import read_number
from elearning.learning.services import LONGEST_NOTE
from elearning.web.forms import Form, LongText, OnceForm

LONGEST_ANSWER = 60


class ActionForm(Form):
    """A button: enrol, mark as done."""


class NoteForm(Form):
    """What somebody writes on a lesson, and the basis of the text that stood in the field before."""

    based_on = HiddenField()
    note = LongText(
        _l("My note"),
        id="note_text",
        validators=[Length(max=LONGEST_NOTE, message=_l("Please use at most 10,000 characters."))],
        description=_l("Only you can see it."),
    )


class QuizForm(OnceForm):
    """The frame of a quiz. Its questions are fields named `q-<question>` and `q-<question>-<item>`."""


def read_answers(quiz: Quiz, sent: MultiDict[str, str]) -> dict[str, Any]:
    """Return what was answered, in the shape that grading and records have; only what the quiz asks for."""
    found = {question.id: _read(question, sent) for question in quiz.questions}
    return {own_id: answer for own_id, answer in found.items() if answer}


def _read(question: Question, sent: MultiDict[str, str]) -> Any:
    name = f"q-{question.id}"
    match question:
        case ChoiceQuestion(multiple=True):
            return [option.id for option in question.options if option.id in sent.getlist(name)]
        case ChoiceQuestion() | NumericQuestion():
            return sent.get(name, "").strip()[:LONGEST_ANSWER]
        case OrderQuestion():
            return _places(name, [item.id for item in question.items], sent)
        case MatchQuestion():
            return _places(name, [pair.id for pair in question.pairs], sent)


def _places(name: str, ids: list[str], sent: MultiDict[str, str]) -> dict[str, str]:
    found = {own_id: sent.get(f"{name}-{own_id}", "")[:LONGEST_ANSWER] for own_id in ids}
    return {own_id: value for own_id, value in found.items() if value}


def mistakes(quiz: Quiz, answers: dict[str, Any], decimal_symbol: str) -> dict[str, str]:
    """Return what keeps answers from being handed in, by question: nothing is graded by oversight."""
    found = {question.id: _mistake(question, answers.get(question.id), decimal_symbol) for question in quiz.questions}
    return {own_id: str(sentence) for own_id, sentence in found.items() if sentence}


def _mistake(question: Question, answer: Any, decimal_symbol: str) -> Any:
    if not answer:
        return _("Please answer this question.")
    if isinstance(question, NumericQuestion) and read_number(answer, decimal_symbol) is None:
        return _("Please type a number.")
    if isinstance(question, OrderQuestion) and len(answer) < len(question.items):
        return _("Please give every item a place.")
    if isinstance(question, OrderQuestion) and len(set(answer.values())) < len(question.items):
        return _("Please give each item a place of its own.")
    if isinstance(question, MatchQuestion) and len(answer) < len(question.pairs):
        return _("Please choose something for every line.")
    return None
