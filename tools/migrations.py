"""Walk the migrations up, down and up again with data: `tools/migrations.py [SERVER]`.

Without an address the walk is on a SQLite file, else in a new database on that PostgreSQL server.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, func, inspect, select, table, text
from sqlalchemy.engine import make_url

ROOT = Path(__file__).resolve().parent.parent
FLASK = Path(sys.executable).with_name("flask")
BOOKKEEPING = "alembic_version"


@contextmanager
def fresh_database(server: str | None, folder: str) -> Iterator[str]:
    """Give the address of an empty database, which is gone afterwards."""
    if server is None:
        yield f"sqlite:///{folder}/walk.db"
        return
    address = make_url(server).set(drivername="postgresql+psycopg")
    name = f"migrations_{secrets.token_hex(4)}"
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        yield address.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        admin.dispose()


def count_rows(address: str) -> dict[str, int]:
    """Return how many rows each table holds."""
    engine = create_engine(address)
    try:
        with engine.connect() as connection:
            names = inspect(connection).get_table_names()
            return {
                name: connection.scalar(select(func.count()).select_from(table(name))) or 0
                for name in sorted(names)
                if name != BOOKKEEPING
            }
    finally:
        engine.dispose()


def walk(address: str, folder: str) -> None:
    """Migrate up, fill, down to nothing, up, and fill again; exit when a step does not hold."""
    environ = {**os.environ, "DATABASE_URL": address, "DATA_DIR": folder, "LOG_LEVEL": "ERROR"}

    def flask(*command: str) -> None:
        done = subprocess.run(
            [FLASK, "--app", "wsgi", *command], cwd=ROOT, env=environ, check=False
        )
        if done.returncode:
            sys.exit(f"`flask {' '.join(command)}` failed")

    fill = ("demo", "load", "--products", "40", "--stalls", "34")
    flask("db", "upgrade")
    flask(*fill)
    before = count_rows(address)
    flask("db", "downgrade", "base")
    if left := count_rows(address):
        sys.exit(f"the way down leaves tables behind: {', '.join(left)}")
    flask("db", "upgrade")
    flask(*fill)
    if differ := {name for name, rows in count_rows(address).items() if rows != before.get(name)}:
        sys.exit(f"the second way up gave other tables or rows: {', '.join(sorted(differ))}")
    print(f"{sum(before.values())} rows in {len(before)} tables went down and came up again")


def main(arguments: list[str]) -> None:
    """Walk on the server that is named, or on SQLite."""
    server = arguments[0] if arguments else None
    with tempfile.TemporaryDirectory() as folder, fresh_database(server, folder) as address:
        walk(address, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
