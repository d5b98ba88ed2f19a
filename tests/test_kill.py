"""Everybody relies on: what a page confirmed is there after `kill -9`, and what is sent again counts once."""

import http.client
import sqlite3
import threading
from pathlib import Path

from elearning.core.ids import new_key
from elearning.learning.services import basis_of
from tests.content.projects import write_catalogues, write_project
from tests.server import Site, running_site
from tests.visitors import Visitor

LESSON, QUIZ = "/en/courses/short/first", "/en/courses/short/check"
RIGHT = [
    ("q-one", "a"), ("q-many", "a"), ("q-many", "b"), ("q-row-x", "1"), ("q-row-y", "2"), ("q-row-z", "3"),
    ("q-pairs-x", "x"), ("q-pairs-y", "y"), ("q-number", "271"),
]  # fmt: skip
ROUNDS, ANSWERS_BEFORE_KILL = 4, 15


class Learner:
    """Hands in one quiz after another until the site goes away, and remembers what was confirmed."""

    def __init__(self, site: Site) -> None:
        self.visitor = Visitor(site.address)
        self.visitor.sign_in()
        token = self.visitor.field("/en/courses/short/", "csrf_token")
        self.visitor.post("/en/courses/short/enrol", {"csrf_token": token})
        self.token = self.visitor.field(QUIZ, "csrf_token")
        self.sent: list[str] = []
        self.confirmed: list[str] = []

    def hand_in(self, key: str) -> None:
        """Hand in a quiz under a key."""
        self.sent.append(key)
        if self.visitor.post(QUIZ, [("csrf_token", self.token), ("key", key), *RIGHT]) == 303:
            self.confirmed.append(key)

    def go_on(self, enough: threading.Event) -> None:
        """Hand in quizzes until the site is gone; say when there are enough to kill it in the middle."""
        while True:
            try:
                self.hand_in(new_key())
            except (OSError, http.client.HTTPException):
                enough.set()
                return
            if len(self.confirmed) >= ANSWERS_BEFORE_KILL:
                enough.set()


def test_no_confirmed_answer_is_lost_by_kill_9_and_none_counts_twice(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    write_catalogues(project)
    with running_site(tmp_path / "var", DEMO="1", PROJECT_DIR=str(project)) as site:
        for _ in range(ROUNDS):
            learner, enough = Learner(site), threading.Event()
            work = threading.Thread(target=learner.go_on, args=(enough,))
            work.start()
            assert enough.wait(60)
            site.kill()
            work.join()
            site.start()
            kept = _keys(tmp_path)
            assert len(learner.confirmed) >= ANSWERS_BEFORE_KILL
            assert set(learner.confirmed) <= set(kept)
            assert len(kept) == len(set(kept))
            _send_again(learner, learner.sent[-1])
            assert _keys(tmp_path).count(learner.sent[-1]) == 1
        assert _progress(tmp_path) == (1, 1)


class Writer:
    """Writes one note over the other until the site goes away, and remembers the last that was confirmed."""

    def __init__(self, site: Site) -> None:
        self.visitor = Visitor(site.address)
        self.visitor.sign_in()
        self.token = self.visitor.field(LESSON, "csrf_token")
        self.confirmed = 0

    def go_on(self, enough: threading.Event) -> None:
        """Write until the site is gone; say when there is enough to kill it in the middle."""
        based_on = basis_of("")
        while True:
            text = f"Note {self.confirmed + 1}"
            try:
                fields = {"csrf_token": self.token, "based_on": based_on, "note": text, "bookmark": "1"}
                assert self.visitor.post(LESSON, fields) == 303
            except (OSError, http.client.HTTPException):
                enough.set()
                return
            self.confirmed, based_on = self.confirmed + 1, basis_of(text)
            if self.confirmed >= ANSWERS_BEFORE_KILL:
                enough.set()


def test_no_confirmed_note_is_lost_by_kill_9(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    write_catalogues(project)
    with running_site(tmp_path / "var", DEMO="1", PROJECT_DIR=str(project)) as site:
        writer, enough = Writer(site), threading.Event()
        work = threading.Thread(target=writer.go_on, args=(enough,))
        work.start()
        assert enough.wait(60)
        site.kill()
        work.join()
        site.start()
        assert writer.confirmed >= ANSWERS_BEFORE_KILL
        with sqlite3.connect(tmp_path / "var" / "elearning.db") as database:
            kept = database.execute("SELECT text, bookmarked FROM lesson_notes").fetchall()
        # the last that was sent may have been kept, without its answer having arrived
        assert kept in ([(f"Note {number}", 1)] for number in (writer.confirmed, writer.confirmed + 1))


def _send_again(learner: Learner, key: str) -> None:
    """Send the answer of which nobody knows whether it arrived, as a browser does on `try again`."""
    learner.hand_in(key)
    assert learner.confirmed[-1] == key


def _keys(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "var" / "elearning.db") as database:
        return [row[0] for row in database.execute("SELECT key FROM quiz_attempts")]


def _progress(folder: Path) -> tuple[int, int]:
    """Return what the progress row says and what the events say."""
    with sqlite3.connect(folder / "var" / "elearning.db") as database:
        kept = database.execute("SELECT sum(units_done) FROM enrolments").fetchone()[0]
        counted = database.execute("SELECT count(*) FROM unit_completions").fetchone()[0]
    return kept, counted
