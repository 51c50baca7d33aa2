"""Journeys stand on a served floor, a real browser, and people who use it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests import chromium
from tests.journeys.album import Album
from tests.journeys.live import LiveFloor, served
from tests.journeys.visitor import Visitor

PHONE, DESK = 360, 1280
HEIGHTS = {PHONE: 740, DESK: 900}
MOST_MS = 20_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--no-first-run", "--disable-sync"]
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "journeys"

NewVisitor = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the browser of this machine, which speaks to nobody else."""
    return {"executable_path": chromium.find(), "args": FLAGS, "timeout": 60_000}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Have none: each floor is served at an address of its own."""


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> Album:
    """Keep pictures in the project when they are asked for, else where they are forgotten."""
    is_asked = os.environ.get("KEEP_PICTURES") == "1"
    return Album(PICTURES if is_asked else tmp_path_factory.mktemp("pictures"))


@pytest.fixture
def live(app: Flask) -> Iterator[LiveFloor]:
    """Serve the empty floor."""
    with served(app) as floor:
        yield floor


@pytest.fixture
def new_visitor(live: LiveFloor, album: Album, new_context: Any) -> NewVisitor:
    """Give as many people with browsers of their own as a journey needs."""

    def sit_down(width: int = PHONE, *, scripts: bool = True, **more: Any) -> Visitor:
        context = new_context(
            base_url=live.address,
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=scripts,
            **more,
        )
        context.set_default_timeout(MOST_MS)
        return Visitor(context.new_page(), live, album, scripts=scripts)

    return sit_down
