"""Readers rely on: a lesson on paper has all its text, in either direction, and nothing of the screen's tools."""

import re
import unicodedata
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.conftest import press
from tests.server import Site

pytestmark = pytest.mark.browser
LESSON = "courses/mcof-in-one-hour/three-phases"
PRINTED = (
    "article :is(h1, h2, h3, .kicker, .lead, dt, dd, th, td, figcaption, svg text, summary, li, .muted),"
    "article > p:not(.row), .note .own"
)
LEFT_OUT = ".skip, .brand, .account bdi, .bottom p, .bottom a, button:not(.menu button), .terms > p"
NOTE = {"en": "Ask Amina: <b>employers</b>\n\n- camps", "ar": "سؤال إلى أمينة\n\n- <b>أصحاب العمل</b>"}


@pytest.fixture(params=["en", "ar"])
def lesson(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Page:
    """A lesson with a note, in a language of each direction."""
    language: str = request.param
    page = browser.new_context(base_url=site.address).new_page()
    page.goto(f"/{language}/sign-in")
    page.fill("[name=email]", "administrator@example.org")
    page.fill("[name=password]", "demo-password")
    press(page.locator("main form button"))
    page.goto(f"/{language}/{LESSON}")
    page.fill("#note_text", NOTE[language])
    press(page.locator("#note_form .row button"))
    page.goto(f"/{language}/{LESSON}")
    return page


def squeezed(text: str) -> str:
    """Return the letters and signs of a text: no spaces, marks or controls, which a PDF places as it likes."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in plain if unicodedata.category(letter) not in {"Mn", "Cf", "Zs", "Cc"})


def texts(page: Page, selector: str) -> list[str]:
    return [text for text in page.locator(selector).all_text_contents() if text.strip()]


def words(found: list[str]) -> set[str]:
    """Return the words of one script: where scripts meet, their order on paper is not that of the text."""
    return set(re.findall(r"[A-Za-z]{2,}|[0-9]{2,}|[\u0620-\u064a]{2,}", " ".join(map(_without_marks, found))))


def _without_marks(text: str) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter) != "Mn")


def test_a_lesson_is_printed_whole_and_without_the_tools_of_the_screen(lesson: Page, site: Site) -> None:
    assert lesson.locator(".sources[open]").count() == 0  # closed on the screen, open on paper
    pages = PdfReader(BytesIO(lesson.pdf(format="A4"))).pages
    assert [round(float(size)) for size in pages[0].mediabox[2:]] == [596, 843]
    on_paper = squeezed("".join(page.extract_text() for page in pages))

    expected = words(texts(lesson, PRINTED))
    assert len(expected) > 150
    assert {word for word in expected if word not in on_paper} == set()
    left_out = texts(lesson, LEFT_OUT)
    assert len(left_out) > 8
    assert [text for text in left_out if squeezed(text) in on_paper] == []
    language = lesson.locator("html").get_attribute("lang")
    assert f"{site.address}/{language}/{LESSON}" in squeezed(pages[-1].extract_text())


def test_it_is_black_on_white_and_nothing_is_cut(lesson: Page) -> None:
    lesson.emulate_media(media="print")
    style = "(found, name) => getComputedStyle(found)[name]"
    shown = lesson.locator("article p, article h2, article li, article td, .own, .printed").all()
    assert {part.evaluate(style, "color") for part in shown} == {"rgb(0, 0, 0)"}
    assert {part.evaluate(style, "backgroundColor") for part in [*shown, lesson.locator("html")]} <= {
        "rgba(0, 0, 0, 0)",
        "rgb(255, 255, 255)",
    }
    assert not any(part.is_visible() for part in lesson.locator("header, nav, form, footer, button").all())
    for selector in ("figure", "tr", ".admonition", ".terms dl > div"):
        found = lesson.locator(f"article {selector}").all()
        assert found
        assert {part.evaluate(style, "breakInside") for part in found} == {"avoid"}
    assert {part.evaluate(style, "breakAfter") for part in lesson.locator("article h2").all()} == {"avoid"}


def test_the_address_of_a_link_to_elsewhere_stands_behind_it_from_left_to_right(lesson: Page) -> None:
    lesson.emulate_media(media="print")
    lesson.evaluate("document.querySelector('article > p a').setAttribute('href', 'https://www.iom.int/mcof?a=1')")
    behind = "name => getComputedStyle(document.querySelector('article > p a'), '::after')[name]"
    assert lesson.evaluate(behind, "content") == '" (https://www.iom.int/mcof?a=1)"'
    assert lesson.evaluate(behind, "direction") == "ltr"
    assert lesson.evaluate(behind, "unicodeBidi") == "isolate"
