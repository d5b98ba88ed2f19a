"""What a placement quiz shows that somebody knows already."""

from collections.abc import Iterable

from elearning.content.grading import Grade
from elearning.content.models import Quiz

UnitKind = tuple[str, str, bool]
"""(id, `lesson` or `quiz`, whether it is a final assessment)"""


def known_units(units: Iterable[UnitKind], placement: Quiz, grade: Grade) -> frozenset[str]:
    """Return the units that may be left out: lessons all of whose questions were answered right, and their checks.

    A check belongs to the lessons since the check before it. A final assessment is never left out.
    """
    right = {question.id for question in grade.questions if question.right}
    asked = {lesson.text for question in placement.questions for lesson in question.aim.covers}
    missed = {
        lesson.text for question in placement.questions if question.id not in right for lesson in question.aim.covers
    }
    known, lessons = set[str](), list[str]()
    for own_id, kind, final in units:
        if kind != "quiz":
            lessons.append(own_id)
            known |= {own_id} & (asked - missed)
            continue
        if lessons and known.issuperset(lessons) and not final:
            known.add(own_id)
        lessons = []
    return frozenset(known)
