"""Where the browser of the journeys is, and what happens when there is none."""

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "no Chromium here (apt install chromium, or set CHROMIUM): the journeys were NOT walked"
JOURNEYS = Path(__file__).resolve().parent / "journeys"


def find() -> str | None:
    """Return the path of the browser: CHROMIUM, or the first that is installed."""
    asked = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ((asked,) if asked else NAMES))
    return next(filter(None, found), None)


def state() -> str:
    """Return what the summary says about the journeys."""
    return f"Browser: {find()}" if find() else f"SKIPPED: {MISSING}"


def mark_journeys(items: list[pytest.Item]) -> None:
    """Skip the journeys where no browser is installed; where CI is set, refuse to go on."""
    walks = [item for item in items if item.path.is_relative_to(JOURNEYS)]
    if not walks or find():
        return
    if os.environ.get("CI"):
        raise pytest.UsageError(MISSING)
    for item in walks:
        item.add_marker(pytest.mark.skip(reason=MISSING))
