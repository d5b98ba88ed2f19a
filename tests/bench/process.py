"""How long the site takes to start again, and how much memory a web process takes."""

import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Cookie

from elearning.content.load import load_library
from elearning.simulation.load import case_folders
from elearning.translations.languages import LANGUAGES
from tests.bench.results import Figure, middle
from tests.server import PROJECT, Site

ROUNDS = 3


def measure(site: Site, cookie: Cookie) -> list[Figure]:
    """Measure a running site of which everything has been read, then start it again a few times."""
    _read_everything(site, cookie)
    memory = max(_megabytes(pid) for pid in _workers(site))
    starts = []
    for _ in range(ROUNDS):
        site.kill()
        started = time.perf_counter()
        site.start()
        starts.append(time.perf_counter() - started)
    return [
        Figure("memory of a web process that has shown everything", memory, "MB", 150),
        Figure("start with all content, until it answers", middle(starts), "s", 2),
    ]


def _read_everything(site: Site, cookie: Cookie) -> None:
    """Ask for each page of the curriculum in each language, as a guest and signed in: what is remembered is there."""
    for language in LANGUAGES:
        for page in _pages():
            for headers in ({}, {"Cookie": f"{cookie['name']}={cookie['value']}"}):
                request = urllib.request.Request(f"{site.address}/{language.code}/{page}", headers=headers)  # noqa: S310 - our own address
                with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                    answer.read()


def _pages() -> list[str]:
    library = load_library(PROJECT).library
    return [
        *("courses/", "paths/", "glossary", "simulations/"),
        *(f"paths/{path.id}" for path in library.paths),
        *(f"courses/{course.id}/" for course in library.courses),
        *(f"courses/{course.id}/{unit.id}" for course in library.courses for unit in course.units),
        *(f"simulations/{case}" for case in case_folders(PROJECT)),
    ]


def _workers(site: Site) -> list[int]:
    children = Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text(encoding="ascii").split()
    return [int(pid) for pid in children]


def _megabytes(pid: int) -> float:
    """Return resident memory, shared pages counted whole: the strictest reading."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    found = next(line for line in lines if line.startswith("VmRSS"))
    return int(found.split()[1]) / 1024
