"""The environment of the tests: nothing of the caller's settings leaks in."""

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTING = re.compile(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"")


def settings_read() -> set[str]:
    """Return the names that the application reads from the environment."""
    files = [ROOT / "config.py", *(ROOT / "shop").rglob("*.py")]
    return {name for path in files for name in SETTING.findall(path.read_text(encoding="utf-8"))}


def forget_settings() -> None:
    """Drop every setting the caller's shell holds; TEST_DATABASE_URL alone chooses something."""
    for name in settings_read() | {name for name in os.environ if name.startswith("FLASK_")}:
        os.environ.pop(name, None)


def engine_name() -> str:
    """Return which engine this run stands on."""
    return "PostgreSQL" if os.environ.get("TEST_DATABASE_URL") else "SQLite"
