"""Signed-in lesson pages a second, against a bare Flask view that returns the same bytes under the same server."""

import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Cookie

from tests.bench.results import Figure, middle
from tests.databases import free_port
from tests.server import PROJECT, Site, wait_for

ROUNDS = 5
SECONDS = 4


def measure(site: Site, cookie: Cookie, lesson: str, folder: Path) -> list[Figure]:
    """Measure both by turns, so that what else the machine does meets both alike."""
    page = f"{site.address}{lesson}"
    header = f"Cookie: {cookie['name']}={cookie['value']}"
    request = urllib.request.Request(page, headers=dict([header.split(": ", 1)]))  # noqa: S310 - our own address
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        (folder / "page.html").write_bytes(answer.read())
    ratios, own = [], []
    with _bare(folder / "page.html") as bare:
        for _ in range(ROUNDS):
            ours, peer = _requests_per_second(page, header), _requests_per_second(bare, header)
            own.append(ours)
            ratios.append(ours / peer)
    return [
        Figure("signed-in lesson page / bare Flask, same bytes", middle(ratios), "ratio", 0.4, "at least"),
        Figure("signed-in lesson page", middle(own), "requests/s"),
    ]


def _requests_per_second(address: str, header: str) -> float:
    wrk = shutil.which("wrk")
    assert wrk, "make bench needs wrk: apt-get install wrk"
    command = [wrk, "-t1", "-c16", f"-d{SECONDS}s", "-H", header, address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return float(found[1])


@contextmanager
def _bare(page: Path) -> Iterator[str]:
    """Serve the bytes of a file from a bare Flask view with the workers and threads of the site."""
    port = free_port()
    command = [
        str(Path(sys.executable).parent / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads",
        "8", "--worker-class", "gthread", "--preload", "--no-control-socket", "--log-level", "error",
        f"tests.bench.bare:serve('{page}')",
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=PROJECT) as server:
        try:
            address = f"http://127.0.0.1:{port}/"
            wait_for(address, server)
            yield address
        finally:
            server.terminate()
