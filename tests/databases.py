"""The database under the tests: SQLite as a file that is copied, PostgreSQL as one that is emptied.

Every xdist worker has its own, migrated once by the real migrations.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import flask_migrate
from flask import Flask
from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.engine import URL, Engine, make_url

KEPT = frozenset(
    {
        "alembic_version",
        "provinces",
        "communes",
        "old_places",
        "criteria_versions",
        "criteria_sheets",
    }
)


class Database(Protocol):
    """A database that can be brought back to the state after the migrations."""

    url: str

    def migrate(self, app: Flask) -> None:
        """Run all migrations and remember the result."""

    def reset(self, app: Flask) -> None:
        """Forget what a test has written."""

    def owns(self, path: Path) -> bool:
        """Tell whether a file of the data folder belongs to the database."""


class SqliteDatabase:
    """A file, with a copy of its state after the migrations beside it."""

    def __init__(self, folder: Path) -> None:
        """Put the database where the embedded default has it."""
        self.path = folder / "chophien.db"
        self.pristine = folder / "pristine.db"
        self.url = f"sqlite:///{self.path}"

    def migrate(self, app: Flask) -> None:
        """Run all migrations and keep a copy."""
        with app.app_context():
            engine = _engine(app)
            event.listen(engine, "connect", _trust_the_power)
            _migrate(engine)
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()
        shutil.copyfile(self.path, self.pristine)

    def reset(self, app: Flask) -> None:
        """Lay the copy over the file."""
        with app.app_context():
            _engine(app).dispose()
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.pristine, self.path)

    def owns(self, path: Path) -> bool:
        """Tell whether this is the database, its journal or its copy."""
        return path.name.startswith((self.path.name, self.pristine.name))


class PostgresDatabase:
    """A database on the server of TEST_DATABASE_URL, made for this process and dropped after it."""

    def __init__(self, url: URL) -> None:
        """Keep its address."""
        self.url = url.render_as_string(hide_password=False)
        self.emptying = ""

    def migrate(self, app: Flask) -> None:
        """Run all migrations and remember the tables that tests may write."""
        with app.app_context():
            engine = _engine(app)
            _migrate(engine)
            tables = sorted(set(inspect(engine).get_table_names()) - KEPT)
            quote = engine.dialect.identifier_preparer.quote
            self.emptying = "; ".join(f"DELETE FROM {quote(name)}" for name in tables)  # noqa: S608

    def reset(self, app: Flask) -> None:
        """Empty every table but those the migrations fill, the append-only ones as well.

        For the few rows of a test this takes a tenth of the time of TRUNCATE.
        """
        with app.app_context(), _engine(app).begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(self.emptying))

    def owns(self, path: Path) -> bool:
        """Own no file."""
        return False


@contextmanager
def open_database(folder: Path, worker: str) -> Iterator[Database]:
    """Give this process a database of its own, on the engine that TEST_DATABASE_URL asks for."""
    if not (address := os.environ.get("TEST_DATABASE_URL")):
        yield SqliteDatabase(folder)
        return
    server = make_url(address.replace("postgres://", "postgresql://", 1))
    server = server.set(drivername="postgresql+psycopg")
    name = f"{server.database}_{worker}_{secrets.token_hex(4)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
            connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
        yield PostgresDatabase(server.set(database=name))
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        admin.dispose()


def _engine(app: Flask) -> Engine:
    engine: Engine = app.extensions["sqlalchemy"].engine
    return engine


def _migrate(engine: Engine) -> None:
    """Run all migrations, and lay down the provinces and communes that every floor has."""
    from shop.places.operations import load_places  # reads the settings

    flask_migrate.upgrade()
    with engine.begin() as connection:
        load_places(connection)


def _trust_the_power(connection: Any, _record: Any) -> None:
    """Spare the waits for the disk: a test's rows need not survive a power cut."""
    connection.execute("PRAGMA synchronous=OFF")
