"""How long the site takes to start again, and how much memory a web process takes."""

import time
from pathlib import Path

from tests.bench.results import Figure, middle
from tests.server import Site

ROUNDS = 3


def measure(site: Site) -> list[Figure]:
    """Measure a running site, then start it again a few times."""
    memory = max(_megabytes(pid) for pid in _workers(site))
    starts = []
    for _ in range(ROUNDS):
        site.kill()
        started = time.perf_counter()
        site.start()
        starts.append(time.perf_counter() - started)
    return [
        Figure("memory of a web process", memory, "MB", 150),
        Figure("start with all content, until it answers", middle(starts), "s", 2),
    ]


def _workers(site: Site) -> list[int]:
    children = Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text(encoding="ascii").split()
    return [int(pid) for pid in children]


def _megabytes(pid: int) -> float:
    """Return resident memory, shared pages counted whole: the strictest reading."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    found = next(line for line in lines if line.startswith("VmRSS"))
    return int(found.split()[1]) / 1024
