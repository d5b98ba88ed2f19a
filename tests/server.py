"""Starts the real site, as `make serve` does, on a free port with data of its own; can kill and restart it."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from tests.databases import free_port

PROJECT = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 60
QUICK_PASSWORDS = {"ARGON2_TIME_COST": "1", "ARGON2_MEMORY_KIB": "8", "ARGON2_PARALLELISM": "1"}


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
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            assert self._process is not None
            assert self._process.poll() is None, self._log.read_text(encoding="utf-8")
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=5):  # noqa: S310 - our own address
                    return
            except (URLError, ConnectionError, TimeoutError):
                self._pause()
        raise AssertionError(f"no answer in {PATIENCE_SECONDS} s: {self._log.read_text(encoding='utf-8')}")

    def _pause(self) -> None:
        """Wait a moment for the server, or for its end."""
        assert self._process is not None
        try:
            self._process.wait(0.05)
        except subprocess.TimeoutExpired:
            return

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
