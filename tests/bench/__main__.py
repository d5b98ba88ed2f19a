"""`make bench`: measures, prints a table, writes build/bench.json, exits 1 when a budget is not held."""

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.bench import choice, first_visit, process, publishing, throughput
from tests.bench.results import Figure
from tests.browsers import running_browser
from tests.server import PROJECT, running_site

LESSON = "/en/courses/mcof-in-one-hour/why-the-framework"
LONGEST = "/en/courses/mcof-foundations/learning-from-the-first-year"


def main() -> int:
    """Measure everything."""
    with tempfile.TemporaryDirectory() as name, running_browser() as browser:
        folder = Path(name)
        with running_site(folder / "var", DEMO="1") as site:
            page = browser.new_page(base_url=site.address)
            _enrol(page)
            cookie = next(found for found in page.context.cookies() if found["name"] == "session")
            figures = throughput.measure(site, cookie, LESSON, folder)
            for lesson, what in ((LESSON, "a lesson"), (LONGEST, "a long lesson")):
                for language in ("en", "ar"):
                    address = site.address + lesson.replace("/en/", f"/{language}/")
                    figures += first_visit.measure(browser, address, f"{what} ({language})")
            for language in ("en", "ar"):
                figures += choice.measure(page, language)
            figures += process.measure(site, cookie)
        figures += publishing.measure(folder)
    return _tell(figures)


def _enrol(page: Page) -> None:
    page.goto("/en/sign-in")
    page.fill("[name=email]", "learner@example.org")
    page.fill("[name=password]", "demo-password")
    page.click("main form button")
    page.wait_for_url("**/en/")
    page.goto(LESSON)
    page.click(".after button")
    page.wait_for_url(f"**{LESSON}")


def _tell(figures: list[Figure]) -> int:
    for figure in figures:
        print(figure.line(), flush=True)  # noqa: T201
    build = PROJECT / "build"
    build.mkdir(exist_ok=True)
    entries = [figure.to_json() for figure in figures]
    (build / "bench.json").write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")
    held = all(figure.held for figure in figures)
    print("Every budget is held." if held else "A budget is not held.", flush=True)  # noqa: T201
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
