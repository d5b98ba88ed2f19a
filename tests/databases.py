"""Private databases for tests: a PostgreSQL cluster of our own on a free port, and migrated copies, one a test."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask_migrate import upgrade
from sqlalchemy import create_engine, text

from elearning.app import create_app
from elearning.core.database import db
from elearning.core.settings import Settings

FAST_CLUSTER = (
    "fsync=off\nsynchronous_commit=off\nfull_page_writes=off\nunix_socket_directories=''\nmax_connections=200\n"
)


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _as_postgres(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as the user that its package made."""
    if os.geteuid() != 0:
        return {}
    owner = pwd.getpwnam("postgres")
    shutil.chown(folder, owner.pw_uid, owner.pw_gid)
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


@contextmanager
def postgresql_cluster(programs: Path, folder: Path) -> Iterator[str]:
    """Run a cluster in an empty folder; yield the address of its server, without a database name."""
    identity = _as_postgres(folder)
    data, port = folder / "data", free_port()
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "cwd": folder, **identity}
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "tests", "-A", "trust", "--no-sync", "-E", "UTF8"], check=True, **quiet
    )
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write(FAST_CLUSTER + f"port={port}\nlisten_addresses='127.0.0.1'\n")
    subprocess.run([programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "start"], check=True, **quiet)
    try:
        yield f"postgresql://tests@127.0.0.1:{port}"
    finally:
        subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=True, **quiet)


def server_command(server: str, statement: str) -> None:
    """Run a statement that may not stand in a transaction, such as CREATE DATABASE."""
    address = f"{server}/postgres".replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def new_database(server: str, template: str = "template1") -> str:
    """Make a database and return its address."""
    name = f"t{uuid4().hex}"
    server_command(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{server}/{name}"


def migrate(settings: Settings, revision: str = "head") -> None:
    """Bring the database of these settings up to a revision."""
    app = create_app(settings)
    with app.app_context():
        upgrade(revision=revision)
        db.session.remove()
        db.engine.dispose()


def with_database(settings: Settings, address: str) -> Settings:
    """Return the settings with another database."""
    return replace(settings, database_url=address.replace("postgresql://", "postgresql+psycopg://"))
