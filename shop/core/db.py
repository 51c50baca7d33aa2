"""The database: one declarative base, one way to begin a transaction, one place that commits.

SQLite runs in WAL mode and takes the write lock when a transaction begins, never in its middle;
PostgreSQL runs READ COMMITTED with a lock time-out. Both are the same to the rooms above.
"""

import enum
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, cast

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Index,
    Integer,
    MetaData,
    event,
    text,
)
from sqlalchemy.engine import Connection, CursorResult
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.sql import Delete, Update
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_SECONDS = 5


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back, which SQLite does not store."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


BigId = BigInteger().with_variant(Integer(), "sqlite")
Id = Annotated[int, mapped_column(BigId, primary_key=True)]
Vnd = Annotated[int, mapped_column(BigInteger)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]


class Base(DeclarativeBase):
    """The base of every table; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime()}


def enum_column(kind: type[enum.StrEnum], length: int = 32) -> Enum:
    """Return a column type that stores the values of a StrEnum as plain text."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=length,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


def partial_index(name: str, *columns: str, where: str) -> Index:
    """Return an index of only those rows that fulfil a condition, on both engines."""
    there = text(where)
    return Index(name, *columns, sqlite_where=there, postgresql_where=there)


db = SQLAlchemy(metadata=Base.metadata)
migrate = Migrate(db=db, render_as_batch=True, compare_type=False)

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_afterwards: ContextVar[list[Callable[[], None]] | None] = ContextVar("afterwards", default=None)


def init_app(app: Flask) -> None:
    """Bind the database of this application and prepare its connections."""
    db.init_app(app)
    migrate.init_app(app)
    with app.app_context():
        prepare(db.engine)


def prepare(engine: Engine) -> None:
    """Set up an engine so that a writing transaction locks first and waits a bounded time."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-65536",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '3s'")
        cursor.execute("SET timezone = 'UTC'")
    connection.commit()


@contextmanager
def transaction() -> Iterator[None]:
    """Do everything inside or nothing: the outermost block commits, an error undoes it all.

    What was read before the block is forgotten, so that decisions rest on locked, current rows.
    Jobs given to `after_commit` run once the outermost block has committed.
    """
    if _writing.get():
        yield
        return
    if db.session.new or db.session.dirty or db.session.deleted:
        raise RuntimeError("objects were changed outside a transaction")
    db.session.commit()
    jobs: list[Callable[[], None]] = []
    marks = _writing.set(True), _afterwards.set(jobs)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.reset(marks[0])
        _afterwards.reset(marks[1])
    for job in jobs:
        job()


def after_commit(job: Callable[[], None]) -> None:
    """Run a job after the outermost transaction has committed; outside one, run it now."""
    jobs = _afterwards.get()
    if jobs is None:
        job()
    else:
        jobs.append(job)


def change(statement: Update | Delete) -> int:
    """Run a conditional UPDATE or DELETE and return how many rows it really changed."""
    result = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount


def is_sqlite() -> bool:
    """Tell whether this floor runs on the embedded default."""
    return db.engine.dialect.name == "sqlite"
