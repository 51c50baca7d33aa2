"""Without a browser the journeys are skipped aloud, and in CI nothing passes in silence."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import chromium


@pytest.fixture
def items(monkeypatch):
    """Return a journey and another test, on a machine without a browser."""
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.delenv("CI", raising=False)
    return [item(chromium.JOURNEYS / "test_buy.py"), item(Path(__file__))]


def item(path):
    """Return a collected test that remembers how it was marked."""
    marks: list[pytest.MarkDecorator] = []
    return SimpleNamespace(path=path, marks=marks, add_marker=marks.append)


def test_the_journeys_alone_are_skipped_and_it_is_said(items):
    chromium.mark_journeys(items)
    journey, other = items
    assert [mark.name for mark in journey.marks] == ["skip"]
    assert "NOT walked" in journey.marks[0].kwargs["reason"]
    assert other.marks == []
    assert chromium.state().startswith("SKIPPED: no Chromium here")


def test_ci_does_not_go_on_without_a_browser(items, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.UsageError, match="NOT walked"):
        chromium.mark_journeys(items)


def test_with_a_browser_nothing_is_skipped(items, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/bin/sh")
    chromium.mark_journeys(items)
    assert not any(item.marks for item in items)
