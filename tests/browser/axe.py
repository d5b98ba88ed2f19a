"""What axe-core finds on a page (WCAG 2.2 AA), and whether it fits a narrow screen (WCAG 1.4.10)."""

from typing import Any

from playwright.sync_api import Page

from tests.programs import AXE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """Return each violation with the elements that have it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "tags => axe.run({runOnly: {type: 'tag', values: tags}}).then(result => result.violations)", TAGS
    )
    return [f"{entry['id']}: {node['html'][:160]}" for entry in found for node in entry["nodes"]]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
