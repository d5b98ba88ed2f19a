"""Readers rely on: checklists print on one page, short cases need no scripts, the glossary filters as they type."""

from io import BytesIO

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from elearning.content.load import load_library
from elearning.content.models import Lesson
from elearning.core.settings import PROJECT
from elearning.translations.languages import LANGUAGES, Language
from tests.browser.conftest import press
from tests.server import Site

pytestmark = pytest.mark.browser
CHECKLISTS = [
    f"courses/{course.id}/{unit.id}"
    for course in load_library(PROJECT).library.courses
    for unit in course.units
    if isinstance(unit, Lesson) and unit.layout == "checklist"
]

FOLDED = [  # letters of another keyboard, or without accents
    ("fa", "پشتيباني", "iom"),
    ("ar", "الاتجار بالاشخاص", "trafficking-in-persons"),
    ("fr", "REFUGIE", "refugee"),
]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_checklist_is_printed_on_one_page(browser: Browser, site: Site, language: Language) -> None:
    page = browser.new_context(base_url=site.address).new_page()
    lengths = {}
    for checklist in CHECKLISTS:
        page.goto(f"/{language.code}/{checklist}")
        assert page.locator("article.checklist > ul > li").count() >= 15
        lengths[checklist] = len(PdfReader(BytesIO(page.pdf(format="A4"))).pages)
    page.context.close()
    assert len(lengths) >= 4
    assert set(lengths.values()) == {1}, lengths


def test_a_decision_opens_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/courses/counter-trafficking/during")
    first = page.locator(".decision details").first
    assert not first.locator("p").is_visible()
    first.locator("summary").click()
    assert first.locator("p .verdict").is_visible()
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize(("language", "typed", "term"), FOLDED)
def test_the_glossary_is_filtered_whichever_keyboard_one_has(
    browser: Browser, site: Site, scripts: bool, language: str, typed: str, term: str
) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"/{language}/glossary")
    everything = page.locator(".glossary > div").count()
    page.fill("#filter_words", typed)
    if not scripts:
        press(page.locator("#filter_button"))
    assert 0 < page.locator(".glossary > div:visible").count() < everything
    assert page.locator(f"#{term}").is_visible()
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_glossary_is_filtered(browser: Browser, site: Site, scripts: bool) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=scripts)
    page = context.new_page()
    page.goto("/en/glossary")
    everything = page.locator(".glossary > div").count()
    assert page.locator("#found_terms").inner_text() == f"{everything} of {everything} terms"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.fill("#filter_words", "TRAFFICKING in")
    if not scripts:
        press(page.locator("#filter_button"))
    shown = page.locator(".glossary > div:visible")
    assert 0 < shown.count() < everything
    assert page.locator("#trafficking-in-persons").is_visible()
    assert page.locator("#found_terms").inner_text() == f"{shown.count()} of {everything} terms"
    assert bool(asked) is not scripts
    page.fill("#filter_words", "")
    if not scripts:
        press(page.locator("#filter_button"))
    assert page.locator(".glossary > div:visible").count() == everything
    context.close()
