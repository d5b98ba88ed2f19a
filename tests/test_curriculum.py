"""Readers rely on: every page of every course, in every language, is whole: its links lead somewhere, its HTML is
right, and nothing on it stands in English that should not.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from flask.testing import FlaskClient

from elearning.content.load import load_library
from elearning.core.settings import PROJECT
from elearning.translations.catalogue import DOMAINS
from elearning.translations.languages import LANGUAGES, SOURCE_LANGUAGE, Language
from elearning.translations.status import figures_for
from tests import programs
from tests.browser_without_scripts import send, sign_in

pytestmark = pytest.mark.usefixtures("demo_people", "site_content")
COURSES = load_library(PROJECT).library.courses
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """A page as a reader meets it: its addresses, its ids, and the texts that are marked as English."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address, self.text = address, text
        self.links: set[str] = set()
        self.ids: list[str] = []
        self.english: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a" and found.get("href"):
            self.links.add(urljoin(self.address, str(found["href"])))
        if tag not in VOID:
            within = self._open[-1][1] if self._open else False
            of_menu = "hreflang" in found or found.get("name") == "switch-language"  # English by its own name
            begins = found.get("lang") == "en" and not of_menu
            self._open.append((tag, begins or (within and "lang" not in found)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open and self._open[-1][1]:
            self.english.append(data.strip())


@pytest.fixture
def reader(client: FlaskClient) -> FlaskClient:
    """Somebody who is enrolled in every course."""
    sign_in(client, "learner@example.org")
    for course in COURSES:
        send(client, f"/en/courses/{course.id}/", f"/en/courses/{course.id}/enrol")
    return client


def pages(reader: FlaskClient, language: Language) -> Iterator[Page]:
    """Yield all pages on which the curriculum is read."""
    addresses = ["courses/", "paths/", "glossary", "my-learning", "simulations/"]
    addresses += [f"paths/{path.id}" for path in load_library(PROJECT).library.paths]
    for course in COURSES:
        addresses += [f"courses/{course.id}/", *(f"courses/{course.id}/{unit.id}" for unit in course.units)]
        addresses += [f"courses/{course.id}/placement"] if course.placement else []
    for address in addresses:
        answer = reader.get(f"/{language.code}/{address}")
        assert answer.status_code == 200, address
        yield Page(f"/{language.code}/{address}", answer.text)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_page_of_the_curriculum_is_whole(reader: FlaskClient, language: Language) -> None:
    found = {page.address: page for page in pages(reader, language)}
    assert len(found) > 80
    twice = {address: [own for own in page.ids if page.ids.count(own) > 1] for address, page in found.items()}
    assert not any(twice.values()), twice
    english = {address: page.english for address, page in found.items() if page.english}
    if language != SOURCE_LANGUAGE and is_whole(language):  # a page in English is all English
        assert english == {}
    assert broken_links(reader, found) == []


def test_english_is_seen_where_it_stands_in_another_language_and_not_where_it_belongs() -> None:
    menu = '<a lang="en" hreflang="en" href="/en/">English</a>'
    page = Page("/ar/", f'<p>نص <br><span lang="en" dir="ltr">left <b lang="ar">لا</b> over</span> نص</p>{menu}')
    assert page.english == ["left", "over"]


def is_whole(language: Language) -> bool:
    """Tell whether the curriculum and the cases are translated whole: then nothing on a page may stand in English."""
    counted = [figures_for(PROJECT, language, domain) for domain in DOMAINS]
    return all(found.translated == found.messages for found in counted)


def broken_links(reader: FlaskClient, found: dict[str, Page]) -> list[str]:
    """Return the links within the site that lead to no page, or to no place on it."""
    broken, known = [], dict(found)
    for page in found.values():
        for link in sorted(page.links):
            address, fragment = urldefrag(link)
            if not address.startswith("/"):
                continue
            if address not in known:
                answer = reader.get(address)
                known[address] = Page(address, answer.text if answer.status_code in {200, 302} else "")
            target = known[address]
            if not target.text or (fragment and fragment not in target.ids):
                broken.append(f"{page.address} -> {link}")
    return broken


@pytest.mark.html
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_page_of_the_curriculum_is_right_html(reader: FlaskClient, language: Language, tmp_path: Path) -> None:
    names = {}
    for at, page in enumerate(pages(reader, language)):
        file = tmp_path / f"{at}.html"
        file.write_text(page.text, encoding="utf-8")
        names[file.name] = page.address
    checker = ["java", "-jar", str(programs.html_checker()), "--format", "json", "--exit-zero-always"]
    done = subprocess.run(
        [*checker, *map(str, tmp_path.glob("*.html"))], capture_output=True, text=True, check=True, timeout=300
    )
    said = [
        f"{names[one['url'].rpartition('/')[2]]}:{one.get('lastLine')}: {one['message']}"
        for one in json.loads(done.stderr)["messages"]
        if one["type"] == "error"
    ]
    assert said == []


def test_the_pages_are_those_of_the_shipped_courses() -> None:
    assert len(COURSES) >= 6
    assert all(re.fullmatch(r"[a-z0-9-]+", course.id) for course in COURSES)
