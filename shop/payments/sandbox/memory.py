"""What the make-believe gateways remember: objects by kind and id, and answers by request key."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import current_app

Found = dict[str, Any]
_TABLE = (
    "CREATE TABLE IF NOT EXISTS objects"
    " (kind TEXT, id TEXT, data TEXT NOT NULL, PRIMARY KEY (kind, id))"
)


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """Open the memory for one request; what is written is kept at its end, or nothing is."""
    path = Path(current_app.config["DATA_DIR"]) / "sandbox.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        connection.execute(_TABLE)
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
    finally:
        connection.close()


def get(connection: sqlite3.Connection, kind: str, key: str) -> Found | None:
    """Return an object, None when it is not known."""
    row = connection.execute(
        "SELECT data FROM objects WHERE kind = ? AND id = ?", (kind, key)
    ).fetchone()
    return json.loads(row[0]) if row else None


def put(connection: sqlite3.Connection, kind: str, key: str, *, data: Found) -> Found:
    """Keep an object, or what has become of it."""
    connection.execute(
        "INSERT INTO objects VALUES (?, ?, ?)"
        " ON CONFLICT (kind, id) DO UPDATE SET data = excluded.data",
        (kind, key, json.dumps(data)),
    )
    return data
