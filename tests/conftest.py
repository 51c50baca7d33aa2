"""What every test stands on: one application, a clean database, a visitor, no outside world."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from flask_sqlalchemy import SQLAlchemy
from hypothesis import settings

pytest.register_assert_rewrite("tests.pages", "tests.queries")

from tests import chromium, environment, network  # noqa: E402  asserts are rewritten first
from tests.client import ShopClient  # noqa: E402
from tests.databases import Database, open_database  # noqa: E402
from tests.queries import Counted, counting  # noqa: E402

environment.forget_settings()
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of this process's floor: emptied before each test."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def floor(data_dir: Path, worker_id: str) -> Iterator[tuple[Flask, Database]]:
    """Build the application once per process, on a freshly migrated database of its own."""
    from shop.app import create_app

    with open_database(data_dir, worker_id) as database:
        os.environ.update(
            DATA_DIR=str(data_dir),
            DATABASE_URL=database.url,
            SECRET_KEY=secrets.token_hex(32),
            LOG_LEVEL="CRITICAL",
        )
        cheap = {"PASSWORD_MEMORY_KIB": 64, "PASSWORD_ROUNDS": 1}
        app = create_app({"TESTING": True, "SQLALCHEMY_DATABASE_URI": database.url, **cheap})
        app.test_client_class = ShopClient
        database.migrate(app)
        yield app, database
        with app.app_context():
            app.extensions["sqlalchemy"].engine.dispose()


@pytest.fixture
def app(floor: tuple[Flask, Database], data_dir: Path) -> Iterator[Flask]:
    """Give the application on an empty floor, inside an application context."""
    app, database = floor
    for path in data_dir.iterdir():
        if not database.owns(path):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    database.reset(app)
    with app.app_context():
        yield app
        app.extensions["sqlalchemy"].session.remove()


@pytest.fixture
def db(app: Flask) -> SQLAlchemy:
    """Give the database of the test's own session; requests have sessions of their own."""
    extension: SQLAlchemy = app.extensions["sqlalchemy"]
    return extension


@pytest.fixture
def client(app: Flask) -> ShopClient:
    """Give a visitor's browser, which judges every page it is shown."""
    browser = app.test_client()
    assert isinstance(browser, ShopClient)
    return browser


@pytest.fixture
def new_client(app: Flask) -> Callable[[], ShopClient]:
    """Give as many visitors as a test needs."""
    return app.test_client


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    """Give the `flask` commands."""
    return app.test_cli_runner()


@pytest.fixture
def mailbox(app: Flask) -> list[Any]:
    """Give the letters sent in this test, oldest first."""
    mailman = app.extensions["mailman"]
    mailman.get_connection()  # makes the outbox
    outbox: list[Any] = mailman.outbox
    outbox.clear()
    return outbox


@pytest.fixture
def count_queries(db: SQLAlchemy) -> Callable[[], AbstractContextManager[Counted]]:
    """Give `with count_queries() as counted:`, after which `counted.statements` holds the SQL."""
    return lambda: counting(db.engine)


@pytest.fixture(autouse=True)
def _no_outside_world(monkeypatch: pytest.MonkeyPatch) -> None:
    network.refuse_strangers(monkeypatch)


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """Return the name of this xdist worker, `main` without xdist."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the journeys aloud where there is no browser; order cases alike in every worker.

    Cases that come from a set would else be collected in another order by each xdist worker.
    """
    chromium.mark_journeys(items)
    place: dict[str, int] = {}
    for item in items:
        place.setdefault(item.nodeid.partition("[")[0], len(place))
    items.sort(key=lambda item: (place[item.nodeid.partition("[")[0]], item.nodeid))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say which database the suite stood on, and whether the journeys were walked."""
    terminalreporter.write_line(f"Database: {environment.engine_name()}. {chromium.state()}")
