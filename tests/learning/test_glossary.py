"""People rely on: terms are found in any spelling, without scripts too, and leave as a table in all languages."""

import csv
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from elearning.content.publish import publish_courses
from elearning.content.store import Store
from elearning.core.settings import Settings
from tests.content.projects import Echo, write_project

GLOSSARY = """\
terms:
  - {id: phase, term: Phase, definition: "A part of a *crisis*."}
  - {id: evacuation, term: Évacuation, definition: Leaving a place of danger.}
  - {id: odd, term: "=1+1", definition: "@odd"}
"""


@pytest.fixture(autouse=True)
def terms(tmp_path: Path, settings: Settings) -> None:
    project = write_project(tmp_path / "project", glossary=GLOSSARY)
    with Store(settings.store_dir).publication() as publication:
        publish_courses(project, publication, lambda language: Echo("Phase") if language.code == "fr" else Echo())


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("", 3), ("phase", 1), ("PHASE", 1), ("evacu", 1), ("évacu", 1), ("danger", 1), ("a  part", 1),
     ("crisis.", 1), ("none", 0)],
)  # fmt: skip
def test_the_server_finds_terms_by_their_words(client: FlaskClient, wanted: str, found: int) -> None:
    page = client.get("/en/glossary", query_string={"q": wanted}).text
    assert page.count("<dt>") == found
    assert f"{found} of 3 terms" in page
    assert ('<p id="none_found" hidden>' in page) == (found > 0)


def test_what_was_asked_for_is_text_and_nothing_else(client: FlaskClient) -> None:
    page = client.get("/ar/glossary", query_string={"q": '"><script>alert(1)</script>' + "x" * 5000}).text
    assert "<script>alert" not in page
    assert 'value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;' in page


def test_the_table_holds_every_language_and_no_formula(client: FlaskClient) -> None:
    answer = client.get("/fr/glossary.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mcof-glossary-fr.csv"'
    assert answer.text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == ["id", "en", "ar", "zh", "fa", "fr", "ru", "es", "tr", "definition"]
    assert [row[0] for row in rows[1:]] == ["evacuation", "odd", "phase"]
    assert rows[2][1:3] == ["'=1+1", "'=1+1"]
    assert rows[2][-1] == "'@odd"
    phase = dict(zip(rows[0], rows[3], strict=True))
    assert (phase["en"], phase["fr"], phase["definition"]) == ("Phase", "", "A part of a crisis.")
