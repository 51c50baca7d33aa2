"""The linter, as it is set up here, refuses what the house refuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.source import ROOT

RUFF = Path(sys.executable).with_name("ruff")
DOC = '"""A file."""\n'
FUNCTION = 'def f({}) -> object:\n    """Do it."""\n{}    return a\n'
MANY_BRANCHES = "".join(f"    if a == {n}:\n        return {n}\n" for n in range(9))

REFUSED = [
    ("TID251", "import datetime\nx = datetime.datetime.now(datetime.UTC)\n"),
    ("TID251", "from datetime import date\nx = date.today()\n"),
    ("DTZ003", "from datetime import datetime\nx = datetime.utcnow()\n"),
    ("D103", "def f() -> None:\n    return None\n"),
    ("C901", FUNCTION.format("a", MANY_BRANCHES)),
    ("PLR0913", FUNCTION.format("a, *, b, c, d, e, g", "")),
    ("PLR0917", FUNCTION.format("a, b, c, d", "")),
    ("FBT001", FUNCTION.format("a: bool", "")),
    ("BLE001", "try:\n    x = 1\nexcept Exception:\n    x = 2\n"),
    ("S608", "def f(x: str) -> str:\n    return f'SELECT * FROM a WHERE b = {x}'\n"),
    ("INT001", "from flask_babel import gettext\nx = gettext(f'{1}')\n"),
    ("T201", "print(1)\n"),
    ("TID252", "from .models import Order\n"),
    ("FIX002", "x = 1  # TODO: later\n"),
    ("E501", f"x = '{'x' * 100}'\n"),
]


@pytest.mark.parametrize(("rule", "code"), REFUSED)
def test_the_linter_refuses(rule, code):
    assert rule in {found["code"] for found in lint("shop/orders/operations.py", DOC + code)}


def test_the_clock_may_ask_for_the_time():
    code = "import datetime\nx = datetime.datetime.now(datetime.UTC)\n"
    assert "TID251" not in {found["code"] for found in lint("shop/core/clock.py", DOC + code)}


def lint(name: str, code: str) -> list[dict[str, str]]:
    """Return what ruff finds in a file of this name, by the settings of the project."""
    command = (str(RUFF), "check", "--no-cache", "--output-format=json", "--stdin-filename", name)
    done = subprocess.run(
        (*command, "-"), cwd=ROOT, input=code, capture_output=True, text=True, check=False
    )
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found
