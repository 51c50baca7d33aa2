"""The import contracts, as they are written, refuse what the floor plan refuses."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.guards.source import ROOT, rooms, write

LINTER = Path(sys.executable).with_name("lint-imports")
SETTINGS = ROOT / "pyproject.toml"
AUDIENCES = ("views", "stall_views", "moderator_views", "operator_views")
FILES = ("models", "queries", "operations", "forms", "cli", "gateway", *AUDIENCES)


@pytest.fixture
def plan(tmp_path):
    """Return a floor whose rooms are all there and import nothing."""
    layers = tomllib.loads(SETTINGS.read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
    names = [name.strip() for layer in layers for name in layer.split("|")]
    files = {f"shop/{name}/__init__.py": "" for name in names if name not in {"app", "__main__"}}
    files |= {f"shop/payments/{name}.py": "" for name in FILES}
    files |= {"shop/__init__.py": "", "shop/app.py": "", "shop/__main__.py": ""}
    return write(tmp_path, files)


def broken(plan):
    """Return the first words of the contracts that are broken in a tree."""
    done = subprocess.run(
        (str(LINTER), "--config", str(SETTINGS), "--no-cache", "--no-logo"),
        cwd=plan, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return re.findall(r"^(\w+).* BROKEN$", done.stdout, re.MULTILINE)


def test_a_floor_plan_without_imports_holds(plan):
    assert broken(plan) == []


def test_every_room_is_on_the_map(plan):
    drawn = {path.parent.name for path in plan.glob("shop/*/__init__.py")}
    assert drawn == rooms()


@pytest.mark.parametrize(
    ("name", "code", "contract"),
    [
        ("core/money", "import shop.orders", "Floors"),
        ("cart/pricing", "from shop import search", "Floors"),
        ("orders/queries", "from shop.checkout import x", "Floors"),
        ("loans/__init__", "", "Floors"),
        ("payments/views", "import stripe", "A"),
        ("payments/gateway/card", "import stripe", None),
        ("payments/operations", "from flask import request", "Use"),
        ("payments/queries", "from wtforms import Form", "Use"),
        ("payments/operations", "from shop.payments.forms import PayForm", "Nothing"),
        ("payments/models", "import shop.payments.views", "Nothing"),
    ],
)
def test_the_contracts_refuse(plan, name, code, contract):
    if name.startswith("payments/gateway/"):
        (plan / "shop/payments/gateway.py").unlink()
        write(plan, {"shop/payments/gateway/__init__.py": ""})
    write(plan, {f"shop/{name}.py": code})
    assert broken(plan) == ([contract] if contract else [])
