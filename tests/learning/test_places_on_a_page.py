"""Readers rely on: a link into a page leads to one place, whatever authors call their headings, terms and decisions."""

from collections import Counter
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from elearning.content.publish import publish_courses
from elearning.content.store import Store
from elearning.core.settings import Settings
from tests.browser_without_scripts import sign_in
from tests.content.projects import LESSON, Echo, write_project

pytestmark = pytest.mark.usefixtures("demo_people")
HEADINGS = ("Content", "Content", "Terms", "Sources", "Decision trucks", "Note form", "My note")
TERMS = ("filter", "found", "none", "q", "filter-button", "phase")


class Ids(HTMLParser):
    """Counts the places of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.feed(text)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.update(str(value) for name, value in attrs if name == "id")


@pytest.fixture
def reader(client: FlaskClient, settings: Settings) -> FlaskClient:
    """Somebody signed in, on a site whose authors chose the names that pages have for themselves."""
    lesson = LESSON + "".join(f"\n## {heading}\n\nText.\n" for heading in HEADINGS)
    terms = "".join(f"  - {{id: {own}, term: {own}, definition: A word.}}\n" for own in TERMS)
    project = write_project(settings.data_dir / "project", glossary=f"terms:\n{terms}", **{"01_first": lesson})
    with Store(settings.store_dir).publication() as publication:
        assert publish_courses(project, publication, lambda _language: Echo()).problems == ()
    sign_in(client, "learner@example.org")
    return client


@pytest.mark.parametrize(
    ("address", "place"),
    [("/en/courses/short/first", "terms"), ("/en/courses/short/first", "content-2"), ("/en/glossary", "found")],
)
def test_each_place_is_there_once(reader: FlaskClient, address: str, place: str) -> None:
    found = Ids(reader.get(address).text).found
    assert found[place] == 1
    assert {name: count for name, count in found.items() if count > 1} == {}
