"""Programs beside Python that tests use where they are installed: PostgreSQL, Chromium, axe-core, vnu.

With CI set nothing may be left out: a missing program is then an error.
"""

import os
import shutil
from pathlib import Path

_NODE_MODULES = Path(__file__).resolve().parents[1] / "node_modules"
AXE = _NODE_MODULES / "axe-core" / "axe.min.js"
VNU = _NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
POSTGRESQL_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def postgresql() -> Path | None:
    """Return the folder of PostgreSQL's programs, or None."""
    for folder in POSTGRESQL_FOLDERS:
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def chromium() -> str | None:
    """Return the path of Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def axe() -> Path | None:
    """Return the path of axe-core, or None."""
    return AXE if AXE.exists() else None


def html_checker() -> Path | None:
    """Return the path of the Nu Html Checker, or None where it or Java is missing."""
    return VNU if VNU.exists() and shutil.which("java") else None


def left_out() -> list[str]:
    """Return a line for each program that is missing and the tests that were left out for it."""
    found = {
        "PostgreSQL": ("postgresql", postgresql()),
        "Chromium": ("browser", chromium()),
        "axe-core": ("axe", axe()),
        "The Nu Html Checker, or Java": ("html", html_checker()),
    }
    return [
        f"{name} is not installed: the tests marked `{mark}` were left out."
        for name, (mark, path) in found.items()
        if path is None
    ]


def all_required() -> bool:
    """Tell whether nothing may be left out."""
    return bool(os.environ.get("CI"))
