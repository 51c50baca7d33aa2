"""Run what CI runs, step by step, stopping at the first failure: `tools/check.py [SUITE]`.

The steps see only the few variables of the caller's environment that are named here, so that a
SECRET_KEY or DATABASE_URL of the shell never reaches a test.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import psycopg

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LOCAL_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
KEPT = frozenset(
    {"PATH", "HOME", "USER", "LOGNAME", "LANG", "TERM", "TMPDIR", "TZ", "COLUMNS", "NO_COLOR"}
    | {"CI", "CHROMIUM", "KEEP_PICTURES"}
)
PYTEST = (str(BIN / "pytest"), "-q", "-n", "auto", "--dist=loadfile", "--maxfail=20")


class Step(NamedTuple):
    """One thing to run: what it is called, the command, and what it adds to the environment."""

    title: str
    command: tuple[str, ...]
    extra: Mapping[str, str] = {}


def linters() -> Iterator[Step]:
    """Yield the checks that read the code without running it."""
    yield Step("Lint: ruff", (str(BIN / "ruff"), "check", "."))
    yield Step("Format: ruff", (str(BIN / "ruff"), "format", "--check", "."))
    yield Step("Types: mypy", (str(BIN / "mypy"),))
    yield Step("Floors: import-linter", (str(BIN / "lint-imports"), "--no-logo"))
    yield Step("Templates: djlint", (str(BIN / "djlint"), "templates", "--lint", "--quiet"))
    yield Step("Spelling: codespell", (str(BIN / "codespell"),))
    quiet = {"PYTHONWARNINGS": "ignore::UserWarning"}  # deptry warns of the `-c` in the dev list
    yield Step("Dependencies: deptry", (str(BIN / "deptry"), ".", "--no-ansi"), quiet)
    yield _tool("Words: every one in Vietnamese", "translations.py", "all", "--check")


def suites(server: str | None) -> Iterator[Step]:
    """Yield migrations and suite, on SQLite and on the server if there is one.

    The browser walks its journeys once, on SQLite: nothing in them knows the engine.
    """
    on_server = {"TEST_DATABASE_URL": server} if server else {}
    yield _tool("Migrations up, down, up on SQLite", "migrations.py")
    if server:
        yield _tool("Migrations up, down, up on PostgreSQL", "migrations.py", server)
    yield suite()
    if server:
        yield Step("Suite on PostgreSQL", (*PYTEST, "--ignore=tests/journeys"), on_server)


def suite() -> Step:
    """Return the whole suite on the embedded default."""
    return Step("Suite on SQLite", PYTEST)


def journeys() -> Step:
    """Return the browser journeys alone."""
    return Step("Journeys", (str(BIN / "pytest"), "-q", "tests/journeys"))


def find_server() -> str | None:
    """Return the PostgreSQL to test on, or say aloud that there is none.

    TEST_DATABASE_URL has to answer when it is set; else the server of this machine may.
    """
    asked = os.environ.get("TEST_DATABASE_URL")
    address = asked or LOCAL_SERVER
    try:
        psycopg.connect(address.replace("+psycopg", ""), connect_timeout=3).close()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        if asked:
            sys.exit(f"TEST_DATABASE_URL does not answer: {reason}")
        print(f"!! PostgreSQL SKIPPED: no server answers on 127.0.0.1:5432 ({reason})", flush=True)
        print("!! Set TEST_DATABASE_URL to test on PostgreSQL as well.", flush=True)
        return None
    return address


def run(step: Step) -> None:
    """Run a step in a clean environment, or leave with its exit code."""
    print(f"\n▶ {step.title}", flush=True)
    started = time.monotonic()
    kept = {k: v for k, v in os.environ.items() if k in KEPT or k.startswith("LC_")}
    environ = {**kept, "PYTHONUTF8": "1", **step.extra}
    done = subprocess.run(step.command, cwd=ROOT, env=environ, check=False)
    seconds = time.monotonic() - started
    if done.returncode:
        print(f"✗ {step.title}: failed after {seconds:.0f} s", flush=True)
        sys.exit(done.returncode)
    print(f"✓ {step.title}: {seconds:.0f} s", flush=True)


def main(arguments: list[str]) -> None:
    """Run one suite by name, or everything."""
    if arguments:
        run({"suite": suite, "journeys": journeys}[arguments[0]]())
        return
    server = find_server()
    for step in (*linters(), *suites(server)):
        run(step)
    if server is None:
        print("!! PostgreSQL was SKIPPED: nothing above was tested on it.", flush=True)


def _tool(title: str, name: str, *arguments: str) -> Step:
    return Step(title, (sys.executable, str(ROOT / "tools" / name), *arguments))


if __name__ == "__main__":
    main(sys.argv[1:])
