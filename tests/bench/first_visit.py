"""What a first visit to a lesson costs on a slow connection, in a browser that knows nothing of the site."""

from typing import Any

from playwright.sync_api import Browser, Page

from tests.bench.results import Figure, middle

ROUNDS = 3
KILOBITS_A_SECOND, LATENCY_MS = 400, 400
READABLE = """() => new Promise(done => new PerformanceObserver(list =>
  done(list.getEntries().at(-1).startTime)).observe({type: 'largest-contentful-paint', buffered: true}))"""


def measure(browser: Browser, address: str, name: str) -> list[Figure]:
    """Open a lesson several times, each in a new profile, as the browser emulates the connection."""
    visits = [_visit(browser, address) for _ in range(ROUNDS)]
    return [
        Figure(f"first visit to {name}: compressed", middle([visit[0] / 1024 for visit in visits]), "KB", 14),
        Figure(f"first visit to {name}: requests", middle([visit[1] for visit in visits]), "requests", 4),
        Figure(f"first visit to {name}: readable", middle([visit[2] / 1000 for visit in visits]), "s", 1.5),
    ]


def _visit(browser: Browser, address: str) -> tuple[float, float, float]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    received: list[float] = []
    devtools = _slow(page)
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address, wait_until="load")
    readable = float(page.evaluate(READABLE))
    context.close()
    return sum(received), len(received), readable


def _slow(page: Page) -> Any:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    bytes_a_second = KILOBITS_A_SECOND * 1000 / 8
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": bytes_a_second,
            "uploadThroughput": bytes_a_second,
        },
    )
    return devtools
