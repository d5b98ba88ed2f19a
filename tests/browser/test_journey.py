"""The whole way of a newcomer, as promised: read, pass, play, answer, and find it all again after a kill -9."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE, press
from tests.browser.quizzes import answer_right
from tests.server import Site, running_site

pytestmark = pytest.mark.browser
COURSE = "courses/mcof-in-one-hour"


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    """A site that may be killed."""
    with running_site(tmp_path / "var", DEMO="1") as running:
        yield running


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_a_newcomer_learns_practises_and_answers(
    browser: Browser, own_site: Site, language: str, scripts: bool
) -> None:
    context = browser.new_context(
        base_url=own_site.address, viewport=PHONE, java_script_enabled=scripts, locale=language
    )
    page = context.new_page()
    page.goto("/")
    assert page.url.endswith(f"/{language}/")
    _sign_in(page, language)
    _learn(page, language)
    _practise(page, language)
    _answer(page, language)
    own_site.kill()
    own_site.start()
    _find_everything_again(page, language)
    context.close()


def _sign_in(page: Page, language: str) -> None:
    page.locator(".tools a.button").click()
    page.fill("[name=email]", "learner@example.org")
    page.fill("[name=password]", "demo-password")
    page.click("main form button")
    page.wait_for_url(f"**/{language}/")


def _learn(page: Page, language: str) -> None:
    page.locator(f"main a[href='/{language}/{COURSE}/']").first.click()
    page.locator(f"form[action='/{language}/{COURSE}/enrol'] button").click()
    page.wait_for_url("**/why-the-framework")
    assert page.locator("figure svg").count() == 1
    page.locator(f"[formaction='/{language}/{COURSE}/why-the-framework/done']").click()
    page.wait_for_url("**/check-why")
    answer_right(page, "check-why")
    page.click("#quiz > button")
    page.wait_for_url("**/check-why/results/*")
    assert page.locator(".notice.done .score").is_visible()


def _practise(page: Page, language: str) -> None:
    page.locator(f"nav.main a[href='/{language}/simulations/']").click()
    page.locator(f"main a[href='/{language}/simulations/rising-water']").click()
    page.click("#start > button")
    page.wait_for_url("**/attempts/*")
    while page.locator(".choice").count():
        press(page.locator(".choice").first)
    page.click(".ending .button")
    page.wait_for_url("**/debrief")
    assert page.locator("svg.wheel").is_visible()
    assert page.locator(".road > li").count() > 10


def _answer(page: Page, language: str) -> None:
    press(page.locator(f"a[href='/{language}/feedback/case/rising-water']"))
    for scale in page.locator(".scale").all():
        scale.locator("[value='4']").check()
    page.fill("textarea", "…")
    page.click("#survey > button")
    page.wait_for_url("**/simulations/rising-water")
    assert page.locator(".notice.done").is_visible()


def _find_everything_again(page: Page, language: str) -> None:
    page.goto(f"/{language}/my-learning")
    assert page.locator(f"a[href='/{language}/{COURSE}/']").is_visible()
    assert page.locator("progress").get_attribute("value") == str(100 * 2 // 11)
    assert page.locator("a[href$='/debrief']").is_visible()
    page.goto(f"/{language}/feedback/case/rising-water")
    assert page.locator("[value='4']:checked").count() == 4


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_quiz_half_filled_in_goes_along_when_the_language_is_switched(
    browser: Browser, site: Site, scripts: bool
) -> None:
    context = browser.new_context(base_url=site.address, viewport=PHONE, java_script_enabled=scripts, locale="en")
    page = context.new_page()
    page.goto("/en/")
    _sign_in(page, "en")
    page.goto(f"/en/{COURSE}/check-why")
    enrol = page.locator(f"form[action='/en/{COURSE}/enrol'] button")
    if enrol.count():
        enrol.click()
        page.wait_for_url("**/check-why")
    page.locator("#question-meaning [value=dimensions]").check()
    page.locator("#question-year input").fill("2011")
    page.click(".languages summary")
    page.click(".languages button[value=ar]")
    page.wait_for_url("**/ar/**")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("#question-meaning [value=dimensions]").is_checked()
    assert page.locator("#question-year input").input_value() == "2011"
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_note_is_written_found_again_and_taken_along(
    browser: Browser, own_site: Site, language: str, scripts: bool
) -> None:
    context = browser.new_context(
        base_url=own_site.address, viewport=PHONE, java_script_enabled=scripts, locale=language
    )
    page = context.new_page()
    page.goto("/")
    _sign_in(page, language)
    lesson = f"/{language}/{COURSE}/why-the-framework"
    note = "\n  سؤال: من لم يُسجَّل بعد؟\n\n</textarea><b>not bold</b>\n"
    page.goto(lesson)
    page.fill("#note_text", note)
    press(page.locator("[name=bookmark][value='1']"))
    assert page.url == f"{own_site.address}{lesson}#bookmark_state"
    own_site.kill()
    own_site.start()
    page.goto(lesson)
    assert page.input_value("#note_text") == note
    assert page.locator("[name=bookmark][value='0']").is_visible()
    page.goto(f"/{language}/my-learning/notes")
    assert page.locator(".own").text_content() == note
    with page.expect_download() as download:
        page.locator("a[download]").click()
    assert (
        download.value.path()
        .read_text(encoding="utf-8")
        .endswith("\n\n\n      سؤال: من لم يُسجَّل بعد؟\n\n    </textarea><b>not bold</b>\n")
    )
    press(page.locator(f"a[href='{lesson}#my_note']"))
    press(page.locator("#note_form .row button"))  # untouched, it is no other text
    assert page.url == f"{own_site.address}{lesson}#my_note"
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_note_that_was_not_saved_goes_along_with_every_button(
    browser: Browser, own_site: Site, scripts: bool
) -> None:
    context = browser.new_context(base_url=own_site.address, viewport=PHONE, java_script_enabled=scripts, locale="en")
    page, other = context.new_page(), context.new_page()
    page.goto("/en/")
    _sign_in(page, "en")
    lesson = f"{COURSE}/why-the-framework"
    page.goto(f"/en/{lesson}")
    page.fill("#note_text", "One")
    press(page.locator("[formaction$='/enrol']"))
    assert page.input_value("#note_text") == "One"
    other.goto(f"/en/{lesson}")
    page.fill("#note_text", "One\nand two")
    page.click(".languages summary")
    press(page.locator(".languages button[value=ar]"))
    assert page.url.startswith(f"{own_site.address}/ar/{lesson}")
    assert page.input_value("#note_text") == "One\nand two"
    press(page.locator("[formaction$='/done']"))
    page.wait_for_url("**/ar/**/check-why")
    other.fill("#note_text", "From the other tab")
    press(other.locator("[name=bookmark]"))
    assert other.url == f"{own_site.address}/en/{lesson}#my_note"
    assert other.locator("[role=alert] .own").inner_text() == "One\nand two"
    assert other.input_value("#note_text") == "From the other tab"
    context.close()


def test_the_keyboard_alone_takes_a_decision(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.address, locale="en")
    page = context.new_page()
    page.goto("/en/")
    _sign_in(page, "en")
    page.goto("/en/simulations/rising-water")
    page.locator("#start [name=variant]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/attempts/*")
    assert page.locator("h1").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    while not page.evaluate("document.activeElement.classList.contains('choice')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".outcome").wait_for()
    context.close()


def test_back_shows_the_page_before_also_where_it_answered_a_form(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.address, viewport=PHONE, locale="en")
    page = context.new_page()
    page.goto("/en/")
    _sign_in(page, "en")
    page.goto("/en/simulations/rising-water")
    press(page.locator("#start > button"))
    for _ in range(2):
        press(page.locator(".choice").first)
    scene = page.locator("h1").inner_text()
    press(page.locator("footer a").first)
    page.go_back()
    assert page.locator("h1").inner_text() == scene
    page.go_back()
    assert page.locator(".choice").count() > 0
    context.close()
