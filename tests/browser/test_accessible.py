"""Everybody relies on: each page and state holds WCAG 2.2 AA, and fits a phone, in scripts of both directions."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import overflow, violations
from tests.browser.conftest import DESKTOP, PHONE, press
from tests.browser.quizzes import QUIZZES, UNITS, answer_in_wrong_order, answer_right
from tests.server import Site

pytestmark = [pytest.mark.browser, pytest.mark.axe]
COURSE = "courses/mcof-in-one-hour"
LESSON, QUIZ = f"{COURSE}/why-the-framework", f"{COURSE}/check-why"
MODULE = "courses/counter-trafficking"
CASE = "simulations/rising-water"
GUEST_PAGES = [
    "", "sign-in", "courses/", f"{COURSE}/", LESSON, "glossary", "simulations/", CASE,
    "report-a-problem?page=/en/", "nowhere", "paths/", "paths/new-staff", f"{MODULE}/", f"{MODULE}/during",
    f"{MODULE}/checklist", "glossary?q=no-such-word",
]  # fmt: skip
LEARNER_PAGES = [
    "",
    f"{COURSE}/",
    LESSON,
    QUIZ,
    "my-learning",
    "my-learning/notes",
    "paths/new-staff",
    "courses/mcof-foundations/placement",
    "feedback/course/mcof-in-one-hour",
    CASE,
]


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def guest(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """Somebody without an account. The policy of the pages is lifted, so that axe-core can be put into them."""
    context = browser.new_context(base_url=site.address, viewport=request.param, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def learner(guest: Page) -> Page:
    """Somebody who is signed in and enrolled."""
    _sign_in(guest, "en", "learner")
    guest.goto(f"/en/{COURSE}/")
    button = guest.locator(f"form[action='/en/{COURSE}/enrol'] button")
    if button.count():
        button.click()
        guest.wait_for_url(f"**/{LESSON}")
    return guest


def _sign_in(page: Page, language: str, role: str) -> None:
    page.goto(f"/{language}/sign-in")
    page.fill("[name=email]", f"{role}@example.org")
    page.fill("[name=password]", "demo-password")
    page.click("main form button")
    page.wait_for_url(f"**/{language}/")


def assert_accessible(page: Page) -> None:
    assert violations(page) == []
    assert overflow(page) <= 0, page.url


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
@pytest.mark.parametrize("path", GUEST_PAGES)
def test_pages_of_a_guest(guest: Page, language: str, path: str) -> None:
    guest.goto(f"/{language}/{path}")
    assert_accessible(guest)


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
@pytest.mark.parametrize("path", LEARNER_PAGES)
def test_pages_of_a_learner(learner: Page, language: str, path: str) -> None:
    learner.goto(f"/{language}/{path}")
    assert_accessible(learner)


def _hand_in_nothing(page: Page) -> None:
    page.goto(f"/ar/{QUIZ}")
    press(page.locator("#quiz > button"))


def _send_an_empty_survey(page: Page) -> None:
    page.goto("/ar/feedback/course/mcof-in-one-hour")
    press(page.locator("#survey > button"))


def _open_the_menus(page: Page) -> None:
    page.goto("/ar/")
    page.click(".languages summary")


def _follow_a_term(page: Page) -> None:
    page.goto(f"/ar/{LESSON}")
    page.locator("a.term").first.click()


def _look_at_results(page: Page) -> None:
    page.goto(f"/ar/{QUIZ}")
    for group in page.locator("fieldset.question").all():
        marks = group.locator("[type=radio], [type=checkbox]")
        if marks.count():
            marks.first.check()
    page.locator("[inputmode=decimal]").fill("2012")
    page.click("#quiz > button")
    page.wait_for_url("**/results/*")


def _take_a_decision(page: Page) -> None:
    page.goto(f"/ar/{CASE}")
    page.click("#start > button")
    page.wait_for_url("**/attempts/*")
    press(page.locator(".choice").first)


def _play_to_the_debrief(page: Page) -> None:
    _take_a_decision(page)
    while page.locator(".choice").count():
        press(page.locator(".choice").first)
    page.click(".ending .button")
    page.wait_for_url("**/debrief")


def _preview_a_lesson(page: Page) -> None:
    page.context.clear_cookies()
    _sign_in(page, "ar", "author")
    page.goto("/ar/preview/mcof-in-one-hour/why-the-framework")


def _read_reports(page: Page) -> None:
    page.goto("/ar/report-a-problem?page=/ar/glossary")
    page.fill("textarea", "كلمة ناقصة")
    press(page.locator("#report > button"))
    page.context.clear_cookies()
    _sign_in(page, "ar", "author")
    page.goto("/ar/problems/")


def _be_an_author(page: Page) -> None:
    page.context.clear_cookies()
    _sign_in(page, "ar", "author")
    page.goto("/ar/my-learning")


def _decide_too_late(page: Page) -> None:
    page.goto(f"/ar/{CASE}")
    page.click("#start > button")
    page.wait_for_url("**/attempts/*")
    other = page.context.new_page()
    other.goto(page.url)
    press(other.locator(".choice").first)
    press(page.locator(".choice").last)
    assert page.locator(".notice.wrong[role=alert]").is_visible()


def _use_up_a_quiz(page: Page) -> None:
    final = f"/ar/{COURSE}/final-assessment"
    _become(page, "partner" if page.viewport_size == PHONE else "trainer")  # attempts are used up once
    page.goto(final)
    answer_right(page, "final-assessment")
    other = page.context.new_page()
    for _ in range(QUIZZES["final-assessment"].attempts):
        other.goto(final)
        answer_right(other, "final-assessment")
        press(other.locator("#quiz > button"))
    press(page.locator("#quiz > button"))
    assert page.locator(".notice.wrong[role=alert]").is_visible()
    assert page.locator("#quiz").is_visible()


def _look_at_what_was_put_in_the_wrong_order(page: Page) -> None:
    page.goto(f"/ar/{COURSE}/check-phases")
    answer_in_wrong_order(page, "check-phases")
    press(page.locator("#quiz > button"))
    assert page.locator(".given .verdict.not-right").count() > 1
    assert page.locator(".feedback .verdict.not-right").count() > 1


def _complete_the_course(page: Page) -> None:
    _become(page, "manager")
    for unit in UNITS:
        page.goto(f"/ar/{COURSE}/{unit.id}")
        if unit.id in QUIZZES and page.locator("#quiz").count():
            answer_right(page, unit.id)
            press(page.locator("#quiz > button"))
        elif page.locator("[formaction$='/done']").count():
            press(page.locator("[formaction$='/done']"))
    page.goto(f"/ar/{COURSE}/")
    assert page.locator(".notice.done").is_visible()
    assert page.locator(".invitation").is_visible()


def _become(page: Page, role: str) -> None:
    page.context.clear_cookies()
    _sign_in(page, "ar", role)
    page.goto(f"/ar/{COURSE}/")
    button = page.locator(f"form[action='/ar/{COURSE}/enrol'] button")
    if button.count():
        press(button)


def _open_all_decisions(page: Page) -> None:
    page.goto(f"/ar/{MODULE}/during")
    for answer in page.locator(".decision summary").all():
        answer.click()
    assert page.locator(".decision [open]").count() > 6


def _filter_the_glossary(page: Page) -> None:
    page.goto("/ar/glossary")
    page.fill("#filter_words", "xxxx")
    assert page.locator("#none_found").is_visible()


def _take_a_placement_quiz(page: Page) -> None:
    page.goto("/ar/courses/mcof-foundations/")
    button = page.locator("form[action$='/enrol'] button")
    if button.count():
        press(button)
    page.goto("/ar/courses/mcof-foundations/placement")
    if page.locator("#quiz").count():
        for group in page.locator("fieldset.question").all():
            marks = group.locator("[type=radio], [type=checkbox]")
            if marks.count():
                marks.first.check()
            for at, place in enumerate(group.locator("select").all(), 1):
                place.select_option(index=at)
        press(page.locator("#quiz > button"))
        assert page.locator(".notice.done").is_visible()


STATES = [
    _open_all_decisions, _filter_the_glossary, _take_a_placement_quiz,
    _decide_too_late, _use_up_a_quiz, _look_at_what_was_put_in_the_wrong_order, _complete_the_course,
    _read_reports, _be_an_author, _hand_in_nothing, _send_an_empty_survey, _open_the_menus, _follow_a_term,
    _look_at_results, _take_a_decision, _play_to_the_debrief, _preview_a_lesson,
]  # fmt: skip


@pytest.mark.parametrize("reach", STATES)
def test_states_of_pages(learner: Page, reach: Callable[[Page], None]) -> None:
    reach(learner)
    assert_accessible(learner)


def _write_a_note(page: Page, language: str) -> None:
    page.goto(f"/{language}/{LESSON}")
    page.fill("#note_text", f"سؤال: من لم يُسجَّل بعد؟\n\n- 200 workers at {language}, {page.viewport_size}")
    press(page.locator("#note_form .row button"))
    assert page.locator("#my_note [role=status]").is_visible()


def _bookmark_a_lesson(page: Page, language: str) -> None:
    page.goto(f"/{language}/{LESSON}")
    if page.locator("[name=bookmark][value='0']").count():
        press(page.locator("[name=bookmark]"))
    press(page.locator("[name=bookmark][value='1']"))
    assert page.locator("#bookmark_state .state").is_visible()


def _write_in_two_tabs(page: Page, language: str) -> None:
    page.goto(f"/{language}/{LESSON}")
    other = page.context.new_page()
    _write_a_note(other, language)
    page.fill("#note_text", "Mine")
    press(page.locator("#note_form .row button"))
    assert page.locator("#my_note [role=alert] .own").is_visible()
    other.goto(f"/{language}/{LESSON}")
    other.fill("#note_text", "")
    press(other.locator("#note_form .row button"))


def _write_too_much(page: Page, language: str) -> None:
    page.goto(f"/{language}/{LESSON}")
    page.fill("#note_text", "م" * 10_001)
    press(page.locator("#note_form .row button"))
    assert len(page.input_value("#note_text")) == 10_001
    assert page.locator("#note_text[aria-invalid=true]").is_visible()


def _look_at_all_notes(page: Page, language: str) -> None:
    _bookmark_a_lesson(page, language)
    _write_a_note(page, language)
    press(page.locator("#note_form .row a"))
    assert page.locator(".kept .own").is_visible()


def _find_the_way_to_all_notes(page: Page, language: str) -> None:
    _bookmark_a_lesson(page, language)
    page.goto(f"/{language}/my-learning")
    assert page.locator(f"a[href='/{language}/my-learning/notes']").is_visible()


STATES_OF_A_NOTE = [
    _write_a_note, _bookmark_a_lesson, _write_in_two_tabs, _write_too_much, _look_at_all_notes,
    _find_the_way_to_all_notes,
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("reach", STATES_OF_A_NOTE)
def test_states_of_a_note(learner: Page, language: str, reach: Callable[[Page, str], None]) -> None:
    reach(learner, language)
    assert_accessible(learner)


def test_the_judge_finds_what_is_wrong(guest: Page) -> None:
    guest.set_content("<html><body><img src='x.png'><p style='color:#ccc;background:#fff'>Faint</p></body></html>")
    assert {line.partition(":")[0] for line in violations(guest)} >= {"image-alt", "color-contrast"}
