"""The rules of learning by subject, with who and when as arguments. Others import from here, not from the parts."""

from elearning.learning.services.enrolment import (
    CourseOutline,
    enrol,
    enrolments,
    find_enrolment,
    mark_done,
    units_done,
    units_spared,
    visit,
)
from elearning.learning.services.notes import (
    LONGEST_NOTE,
    NoteChangedError,
    Written,
    basis_of,
    bookmark,
    forget_lesson,
    has_lesson_notes,
    lesson_notes,
    plain_note,
    write_note,
)
from elearning.learning.services.paths import follow_path, followed_path, leave_path
from elearning.learning.services.quiz_attempts import (
    ATTEMPTS_WINDOW,
    HandedIn,
    NoAttemptLeftError,
    attempts,
    find_attempt,
    hand_in,
    hand_in_placement,
    next_attempt_at,
)
from elearning.learning.services.reading import Reading, find_reading
from elearning.learning.services.verification import Difference, FindFinals, verify_progress

__all__ = [
    "ATTEMPTS_WINDOW",
    "LONGEST_NOTE",
    "CourseOutline",
    "Difference",
    "FindFinals",
    "HandedIn",
    "NoAttemptLeftError",
    "NoteChangedError",
    "Reading",
    "Written",
    "attempts",
    "basis_of",
    "bookmark",
    "enrol",
    "enrolments",
    "find_attempt",
    "find_enrolment",
    "find_reading",
    "follow_path",
    "followed_path",
    "forget_lesson",
    "hand_in",
    "hand_in_placement",
    "has_lesson_notes",
    "leave_path",
    "lesson_notes",
    "mark_done",
    "next_attempt_at",
    "plain_note",
    "units_done",
    "units_spared",
    "verify_progress",
    "visit",
    "write_note",
]
