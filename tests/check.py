"""`make check`: every rule of the house that needs no running site. Prints each step, ends with the result."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Step:
    """One check and the command that runs it."""

    name: str
    command: tuple[str, ...]


def _flask(*arguments: str) -> tuple[str, ...]:
    return (str(BIN / "flask"), "--app", "app", *arguments)


STEPS = (
    Step("lint", (str(BIN / "ruff"), "check", "--quiet", ".")),
    Step("format", (str(BIN / "ruff"), "format", "--check", "--quiet", ".")),
    Step("types", (str(BIN / "mypy"), "--no-error-summary")),
    Step("import rules", (str(BIN / "lint-imports"), "--no-logo")),
    Step("sizes", (sys.executable, "-m", "tests.sizes")),
    Step("schema", (sys.executable, "-m", "tests.schema")),
    Step("content", _flask("content", "check")),
    Step("map of courses", (sys.executable, "-m", "tests.course_map")),
    Step("scenarios", _flask("simulations", "check")),
    Step("translations", _flask("translations", "check")),
    Step("terms", _flask("translations", "terms")),
    Step("lengths", _flask("translations", "lengths")),
)


def run(step: Step) -> bool:
    """Run one check; print what it said only where it does not hold."""
    started = time.perf_counter()
    done = subprocess.run(step.command, cwd=PROJECT, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    print(f"  {step.name:<16} {'holds' if done.returncode == 0 else 'DOES NOT HOLD'}  {seconds:.1f} s", flush=True)  # noqa: T201
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)  # noqa: T201
    return done.returncode == 0


def main() -> int:
    """Run all checks, also after one that does not hold; return 0 when all hold, 1 otherwise."""
    print("Checking the house ...", flush=True)  # noqa: T201
    broken = [step.name for step in STEPS if not run(step)]
    print(f"Does not hold: {', '.join(broken)}." if broken else "All checks hold.", flush=True)  # noqa: T201
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
