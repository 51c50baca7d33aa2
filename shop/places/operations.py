"""Filling the tables of places."""

from typing import cast

from sqlalchemy import Connection, Table, delete, insert
from sqlalchemy.dialects import postgresql, sqlite

from shop.core.db import db, transaction
from shop.places import datafiles
from shop.places.models import Commune, OldPlace, Province


def load_places(connection: Connection | None = None) -> None:
    """Bring the tables to what the files say; doing it again changes nothing.

    With a connection, such as that of a migration, the caller commits.
    """
    if connection is not None:
        _load(connection)
        return
    with transaction():
        _load(db.session.connection())


def _load(connection: Connection) -> None:
    _upsert(connection, cast(Table, Province.__table__), datafiles.province_rows())
    _upsert(connection, cast(Table, Commune.__table__), datafiles.commune_rows())
    connection.execute(delete(OldPlace))
    connection.execute(insert(OldPlace), datafiles.old_place_rows())


def _upsert(connection: Connection, table: Table, rows: list[datafiles.Row]) -> None:
    """Insert rows by code; a row that is there takes the new values."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name != "code"}
    connection.execute(statement.on_conflict_do_update(index_elements=["code"], set_=changed), rows)
