"""Pages of quizzes: questions, and what the answers were worth."""

from typing import Any

from babel.numbers import get_decimal_symbol
from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearning.content.courses import PLACEMENT
from elearning.content.grading import Grade, grade, shuffled
from elearning.content.models import Quiz
from elearning.content.placement import known_units
from elearning.content.published import Catalogue, PublishedCourse, PublishedQuiz, UnitEntry
from elearning.core import clock
from elearning.core.database import db
from elearning.learning import services
from elearning.learning.forms import ActionForm, QuizForm, mistakes, read_answers
from elearning.learning.reader import Reader, keep_place
from elearning.learning.services import CourseOutline, HandedIn, NoAttemptLeftError
from elearning.web.access import login_manager, person, sign_in_required
from elearning.web.languages import current_language
from elearning.web.transactions import read_on

blueprint = Blueprint("quizzes", __name__, url_prefix="/<lang>", template_folder="templates")


def quiz_page(catalogue: Catalogue, course: PublishedCourse, entry: UnitEntry, reader: Reader) -> ResponseReturnValue:
    """Show a quiz, or take its answers: those that are sent twice count once."""
    if reader.person is None:
        answer: ResponseReturnValue = login_manager.unauthorized()
        return answer
    found = catalogue.quiz(course, entry.id)
    form = QuizForm()
    answers = read_answers(found.quiz, request.form)
    wrong: dict[str, str] = {}
    late = False
    if form.validate_on_submit() and reader.enrolled:
        wrong = mistakes(found.quiz, answers, _decimal_symbol())
        if not wrong:
            try:
                return _hand_in(course, found, reader.person.id, str(form.key.data), answers)
            except NoAttemptLeftError:
                late = True
    if request.method != "GET":
        read_on(db.session())
    elif entry.id != PLACEMENT:  # it is beside the way through the course: nobody goes on from there later
        keep_place(reader, course.id, entry.id, current_language().code)
    page = render_template("learning/quiz.html", **_quiz_values(catalogue, course, entry, found, reader), form=form,
                           answers=answers, wrong=wrong, late=late)  # fmt: skip
    return page, 409 if late else 200


def _quiz_values(
    catalogue: Catalogue, course: PublishedCourse, entry: UnitEntry, found: PublishedQuiz, reader: Reader
) -> dict[str, Any]:
    session, now = db.session(), clock.now()
    before, after = course.neighbours(entry.id)
    opens_at, past = None, []
    if reader.enrolment_id is not None and reader.person is not None:
        opens_at = services.next_attempt_at(session, reader.enrolment_id, entry.id, found.quiz.attempts, now=now)
        past = list(services.attempts(session, reader.person.scope, course.id, entry.id))
    return {
        "course": course,
        "unit": entry,
        "quiz": found,
        "coverage": catalogue.coverage(course),
        "reader": reader,
        "before": before,
        "after": after,
        "opens_at": opens_at,
        "past": past,
        "last": past[-1] if past and catalogue.exactly(course.id, current_language(), past[-1].version) else None,
        "shuffled": shuffled,
        "enrol_form": ActionForm(),
        "is_placement": entry.id == PLACEMENT,
    }


def _hand_in(
    course: PublishedCourse, found: PublishedQuiz, by: int, key: str, answers: dict[str, Any]
) -> ResponseReturnValue:
    quiz = found.quiz
    result = grade(quiz, answers, _decimal_symbol())
    handed = HandedIn(quiz.id, key, answers, result.percent, result.passed, quiz.final, quiz.attempts)
    language = current_language().code
    outline = CourseOutline.of(course)
    session, now = db.session(), clock.now()
    if quiz.id == PLACEMENT:
        known = _known(course, quiz, result)
        attempt = services.hand_in_placement(session, outline, handed, known, by=by, language=language, now=now)
    else:
        attempt = services.hand_in(session, outline, handed, by=by, language=language, now=now)
    address = url_for("quizzes.results", course_id=course.id, unit_id=quiz.id, attempt_id=attempt.id)
    db.session.commit()
    return redirect(address, code=303)


def _known(course: PublishedCourse, placement: Quiz, result: Grade) -> frozenset[str]:
    return known_units([(unit.id, unit.kind, unit.final) for unit in course.units], placement, result)


@blueprint.get("/courses/<course_id>/<unit_id>/results/<row:attempt_id>")
@sign_in_required
def results(course_id: str, unit_id: str, attempt_id: int) -> ResponseReturnValue:
    """Show what an attempt was worth, with feedback on each answer, against the version it was made on."""
    catalogue: Catalogue = current_app.extensions["elearning_catalogue"]
    attempt = services.find_attempt(db.session(), person().scope, attempt_id, course_id, unit_id)
    course = catalogue.exactly(course_id, current_language(), attempt.version) or abort(404)
    entry = course.unit(unit_id) or abort(404)
    found = catalogue.quiz(course, unit_id)
    graded = grade(found.quiz, attempt.answers, get_decimal_symbol(attempt.language))
    known = _known(course, found.quiz, graded) if unit_id == PLACEMENT else frozenset()
    return render_template(
        "learning/results.html",
        known=[unit for unit in course.units if unit.id in known],
        is_placement=unit_id == PLACEMENT,
        course=course,
        unit=entry,
        quiz=found,
        coverage=catalogue.coverage(course),
        attempt=attempt,
        grades={question.id: question for question in graded.questions},
        after=course.neighbours(unit_id)[1],
    )


def _decimal_symbol() -> str:
    return str(get_decimal_symbol(current_language().code))
