"""`make serve`: bring database and content up to date, say where the site is, and serve it with gunicorn.

Run as `python -m elearning.serve`. HOST and PORT choose the address; DEMO=0 leaves out the demo accounts.
"""

import os
import socket
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from gunicorn.app.base import BaseApplication
from sqlalchemy.exc import OperationalError

from elearning.app import create_app
from elearning.core import clock
from elearning.core.database import db
from elearning.core.settings import Settings, SettingsError
from elearning.people.demo import ACCOUNTS, DEMO_PASSWORD, load_demo
from elearning.publication import Publication, publish
from elearning.translations.languages import LANGUAGES

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MOST_PORTS = 65_535
WORKERS = 2
THREADS = 8


class Server(BaseApplication):
    """gunicorn, given the application that this process has prepared already."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application; the workers are forked from here, so they share its memory."""
        return self._app


def prepare(app: Flask, settings: Settings) -> None:
    """Bring database and content up to date, and load demo accounts where the site runs in demo mode."""
    say("Publishing courses ...")
    for problem in publish_apart(settings).problems:
        say(f"  {problem}")
    with app.app_context():
        say("Bringing the database up to date ...")
        upgrade()
        if app.config["DEMO"]:
            load_demo(db.session(), app.extensions["elearning_passwords"], now=clock.now())
            db.session.commit()
        db.session.remove()
        db.engine.dispose()


def publish_apart(settings: Settings) -> Publication:
    """Publish in a process of its own: what it took in memory is not handed down to the workers."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("fork")) as apart:
        return apart.submit(publish, settings).result()


def settings_of(environment: Mapping[str, str], host: str) -> Settings:
    """Return the settings of a site that is started by hand: a demo that writes plain logs, unless told otherwise.

    On this machine alone, and for a demo, cookies may travel over plain http. Raises SettingsError.
    """
    given = {"DEMO": "1", "LOG_FORMAT": "text", "LOG_LEVEL": "WARNING"} | dict(environment)
    settings = Settings.from_environment(given)
    if "SECURE_COOKIES" not in environment and (host in LOOPBACK or settings.demo):
        settings = replace(settings, secure_cookies=False)
    return settings


def announcement(host: str, port: int, settings: Settings) -> str:
    """Return what the last lines on the screen say: the addresses, and who can sign in."""
    shown = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host  # noqa: S104 - compared, not bound
    address = f"http://{shown}:{port}"
    lines = ["", f"The site: {address}/"]
    lines += [f"  {address}/{language.code}/  {language.native_name}" for language in LANGUAGES]
    if settings.demo:
        lines += ["", f"Demo accounts, all with the password {DEMO_PASSWORD}:"]
        lines += [f"  {account.email}" for account in ACCOUNTS]
        if host not in LOOPBACK:
            lines += ["", "Others can reach this address and sign in with the demo accounts. DEMO=0 leaves them out."]
    if settings.secure_cookies:
        lines += ["", "Cookies travel over https only: put a proxy with TLS before the site, or set SECURE_COOKIES=0."]
    return "\n".join([*lines, "", "Stop it with Ctrl-C."])


def _port(value: str) -> int:
    if value.isascii() and value.isdigit() and 0 < int(value) <= MOST_PORTS:
        return int(value)
    sys.exit(f"PORT: found {value!r}, expected a number from 1 to {MOST_PORTS}")


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"Cannot listen on {host}:{port} ({error.strerror}). Choose another: make serve PORT=8001")


def say(line: str) -> None:
    """Tell the person who started the site."""
    print(line, flush=True)  # noqa: T201


def main() -> None:
    """Start the site."""
    host = os.environ.get("HOST", "127.0.0.1")
    port = _port(os.environ.get("PORT", "8000"))
    try:
        settings = settings_of(os.environ, host)
    except SettingsError as error:
        sys.exit(str(error))
    _refuse_taken_port(host, port)
    say("Starting ...")
    try:
        app = create_app(settings)
        prepare(app, settings)
    except SettingsError as error:
        sys.exit(str(error))
    except OperationalError as error:
        variable = "DATABASE_URL" if settings.database_url else "DATA_DIR"
        sys.exit(f"{variable}: the database cannot be used: {error.orig}")
    say(announcement(host, port, settings))
    options = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": WORKERS,
        "threads": THREADS,
        "worker_class": "gthread",
        "preload_app": True,
        "control_socket_disable": True,
        "loglevel": "warning",
    }
    Server(app, options).run()


if __name__ == "__main__":
    main()
