"""Transactions: all or nothing, the outermost commits, and SQLite locks at the beginning."""

import contextvars
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select

from shop.core.db import UtcDateTime, after_commit, change, is_sqlite, transaction
from shop.core.outbox import OutboxMessage
from shop.core.throttle import ThrottleWindow

MOMENT = datetime(2026, 11, 20, 5, tzinfo=UTC)


def add(db, key):
    db.session.add(ThrottleWindow(key=key, started_at=MOMENT, ends_at=MOMENT, count=1))
    db.session.flush()


def keys(db):
    """Return what another request sees: what has been committed."""

    def read(engine):
        with engine.connect() as connection:
            return sorted(connection.scalars(select(ThrottleWindow.key)))

    return contextvars.Context().run(read, db.engine)


class Broken(Exception):
    """Something that goes wrong in the middle."""


def fail_after(*steps):
    """Do these steps in one transaction, then fail."""
    with transaction():
        for step in steps:
            step()
        raise Broken


def test_the_outermost_block_commits(app, db):
    with transaction():
        with transaction():
            add(db, "inner")
        assert keys(db) == []
        add(db, "outer")
    assert keys(db) == ["inner", "outer"]


def test_an_error_undoes_all_of_it(app, db):
    def inner():
        with transaction():
            add(db, "inner")

    with pytest.raises(Broken):
        fail_after(lambda: add(db, "outer"), inner)
    assert keys(db) == []
    with transaction():
        add(db, "after")
    assert keys(db) == ["after"]


def test_an_error_inside_that_is_caught_outside_undoes_nothing_by_itself(app, db):
    with transaction():
        add(db, "outer")
        with pytest.raises(Broken):
            fail_after()
    assert keys(db) == ["outer"]


def test_a_job_runs_only_after_the_outermost_commit(app, db):
    seen = []
    with transaction():
        with transaction():
            add(db, "one")
            after_commit(lambda: seen.append(keys(db)))
        assert seen == []
    assert seen == [["one"]]


def test_a_job_of_a_failed_transaction_never_runs(app, db):
    seen = []
    with pytest.raises(Broken):
        fail_after(lambda: after_commit(lambda: seen.append("ran")))
    with transaction():
        pass
    assert seen == []


def test_a_job_outside_a_transaction_runs_at_once(app):
    seen = []
    after_commit(lambda: seen.append("ran"))
    assert seen == ["ran"]


def test_a_change_made_outside_is_refused(app, db):
    db.session.add(ThrottleWindow(key="loose", started_at=MOMENT, ends_at=MOMENT, count=1))
    with pytest.raises(RuntimeError, match="outside a transaction"), transaction():
        pass
    db.session.rollback()


def test_what_was_read_before_is_read_anew(app, db):
    with transaction():
        add(db, "one")
    row = db.session.get(ThrottleWindow, "one")
    assert row.count == 1
    with db.engine.begin() as connection:
        connection.execute(db.update(ThrottleWindow).values(count=7))
    with transaction():
        assert row.count == 7


def test_a_writing_transaction_locks_sqlite_when_it_begins(app, db):
    if not is_sqlite():
        pytest.skip("PostgreSQL locks rows")
    begun = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.startswith("BEGIN"):
            begun.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        db.session.scalar(select(OutboxMessage.id))
        with transaction():
            add(db, "one")
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert begun == ["BEGIN", "BEGIN IMMEDIATE"]


def test_sqlite_runs_as_promised(app, db):
    if not is_sqlite():
        pytest.skip("these are settings of SQLite")
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000}
    with db.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert found == wanted


def test_postgresql_waits_a_bounded_time_for_a_lock(app, db):
    if is_sqlite():
        pytest.skip("this is a setting of PostgreSQL")
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar() == "3s"
        level = connection.exec_driver_sql("SHOW transaction_isolation").scalar()
    assert level == "read committed"


def test_a_change_says_how_many_rows_it_changed(app, db):
    with transaction():
        add(db, "one")
        add(db, "two")
        assert change(db.update(ThrottleWindow).values(count=2)) == 2
        gone = ThrottleWindow.key == "nobody"
        assert change(db.delete(ThrottleWindow).where(gone)) == 0


def test_a_moment_comes_back_aware_and_a_naive_one_is_refused(app, db):
    with transaction():
        add(db, "one")
    db.session.expire_all()
    assert db.session.get(ThrottleWindow, "one").started_at == MOMENT
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 11, 20), db.engine.dialect)  # noqa: DTZ001
