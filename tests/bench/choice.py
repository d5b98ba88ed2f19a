"""What taking a decision in a case costs in a browser that has been on the site before."""

from playwright.sync_api import Page

from tests.bench.results import Figure

CASE = "simulations/rising-water"


def measure(page: Page, language: str) -> list[Figure]:
    """Play a case to its end; return the largest answer to a decision, and how many requests it took."""
    page.goto(f"/{language}/{CASE}")
    page.click("#start > button")
    page.wait_for_url("**/attempts/*")
    received: list[float] = []
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    costs: list[tuple[float, int]] = []
    while page.locator(".choice").count():
        received.clear()
        with page.expect_navigation():
            page.locator(".choice").first.click()
        asked = [size for size in received if size]  # what the browser kept costs nothing
        costs.append((sum(asked) / 1024, len(asked)))
    largest, requests = max(cost[0] for cost in costs), max(cost[1] for cost in costs)
    return [
        Figure(f"a choice in a simulation ({language}): compressed", largest, "KB", 5),
        Figure(f"a choice in a simulation ({language}): requests", requests, "requests", 1),
    ]
