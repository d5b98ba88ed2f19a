"""Starts the real site, as `make serve` does, on a free port with data of its own; can kill and restart it."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

from tests.databases import free_port

PROJECT = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 60
QUICK_PASSWORDS = {"ARGON2_TIME_COST": "1", "ARGON2_MEMORY_KIB": "8", "ARGON2_PARALLELISM": "1"}


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return when an address answers; raise AssertionError when its process ends or nothing answers for a minute."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except (URLError, ConnectionError, TimeoutError):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.02)
    raise AssertionError(f"no answer in {PATIENCE_SECONDS} s")


class Site:
    """A running site."""

    def __init__(self, data_dir: Path, **environment: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **os.environ,
            **QUICK_PASSWORDS,
            "DATA_DIR": str(data_dir),
            "PORT": str(self.port),
        } | environment
        self._log = data_dir.parent / f"{data_dir.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and its workers in a process group of their own; return when it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "elearning.serve"],
                cwd=PROJECT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            wait_for(f"{self.address}/readyz", self._process)
        except AssertionError as error:
            raise AssertionError(f"{error}: {self._log.read_text(encoding='utf-8')}") from error

    @property
    def pid(self) -> int:
        """The first process of the site."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End all processes at once, as kill -9 and power cuts do."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """End the site, if it runs."""
        if self._process is not None and self._process.poll() is None:
            self.kill()


@contextmanager
def running_site(data_dir: Path, **environment: str) -> Iterator[Site]:
    """Run a site for as long as the block lasts."""
    site = Site(data_dir, **environment)
    try:
        site.start()
        yield site
    finally:
        site.stop()
