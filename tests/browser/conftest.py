"""A running site and a browser for each way of coming to it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, ViewportSize

from tests.browsers import running_browser
from tests.server import Site, running_site

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with its own courses and cases."""
    with running_site(tmp_path_factory.mktemp("site") / "var", DEMO="1") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with running_browser() as running:
        yield running


def press(control: Locator) -> None:
    """Press a button or follow a link, and wait for the page that answers, also where it has the same address."""
    with control.page.expect_navigation():
        control.click()
