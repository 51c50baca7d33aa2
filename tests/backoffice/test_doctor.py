"""`flask doctor`: silent on a sound floor, a line for each wound."""

import sqlite3
from importlib import import_module
from inspect import getmembers, isfunction

import pytest
from sqlalchemy import text

from shop.backoffice import cli
from shop.backoffice.advice import NO_MAIL, TOO_MANY_INDEXED, WAL_BUG, advice, has_wal_reset_bug
from shop.catalogue.models import Sku
from shop.core import files, invariants
from shop.core.db import change, is_sqlite, transaction
from shop.core.files import StoredFile
from tests.backoffice.floor import sound_floor
from tests.catalogue.factories import ProductFactory, SkuFactory
from tests.guards.source import ROOT

STOCK, SUMMARY, ORDERS = "check_stock", "check_summaries", "check_orders"
PAYMENTS, SHARES, STARS = "check_payments", "check_shares", "check_stars"
INDEX, REVIEWS, FILES = "check_index", "check_reviews", "check_files"
OUTBOX, TWICE, RECORD = "check_outbox", "check_outbox_once", "check_{}_records"
APPEND_ONLY = {
    "audit_entries": "check_audit_is_append_only",
    "stock_movements": "check_movements_are_append_only",
    "payment_events": "check_events_are_append_only",
    "price_changes": "check_prices_are_append_only",
}
WOUNDS = [
    ("UPDATE skus SET on_hand = on_hand + 1", STOCK),
    ("UPDATE skus SET held = held + 1 WHERE on_hand > held", STOCK),
    ("UPDATE skus SET committed = committed + 1", STOCK),
    ("UPDATE stock_holds SET quantity = quantity + 1 WHERE status = 'active'", STOCK),
    ("UPDATE stock_holds SET status = 'released' WHERE status = 'committed'", STOCK),
    ("UPDATE products SET price_from_vnd = 1", SUMMARY),
    ("UPDATE products SET unit_price_vnd = 1", SUMMARY),
    ("UPDATE products SET is_in_stock = NOT is_in_stock", SUMMARY),
    ("UPDATE orders SET total_vnd = total_vnd + 1", ORDERS),
    ("UPDATE orders SET total_vnd = total_vnd + 1", PAYMENTS),
    ("UPDATE stall_orders SET status = 'packed' WHERE status = 'placed'", ORDERS),
    ("UPDATE payments SET amount_vnd = amount_vnd + 1", PAYMENTS),
    ("UPDATE payment_shares SET amount_vnd = amount_vnd - 1", PAYMENTS),
    ("UPDATE payment_shares SET claimed_vnd = claimed_vnd + 1", SHARES),
    ("UPDATE payment_shares SET captured_vnd = 1 WHERE captured_vnd = 0", SHARES),
    ("UPDATE skus SET price_vnd = price_vnd + 1000", "check_prices"),
    ("UPDATE certificates SET verified_by_id = NULL", STARS),
    ("UPDATE certificates SET status = 'revoked'", RECORD.format("certificate")),
    ("UPDATE stalls SET status = 'suspended'", RECORD.format("stall")),
    ("UPDATE products SET status = 'hidden'", RECORD.format("product")),
    ("UPDATE products SET status = 'hidden'", INDEX),
    ("UPDATE products SET rating_sum = rating_sum + 5", REVIEWS),
    ("UPDATE reviews SET author_id = (SELECT min(id) FROM users)", REVIEWS),
    ("UPDATE outbox_messages SET delivered_at = NULL, parked_at = created_at", OUTBOX),
    ("UPDATE outbox_messages SET delivered_at = NULL, available_at = '2020-01-01'", OUTBOX),
    ("UPDATE outbox_messages SET parked_at = delivered_at", TWICE),
    ("UPDATE stored_files SET name = 'ffffffffffffffffffffffffffffffff.webp'", FILES),
]


def doctor(runner):
    result = runner.invoke(args=["doctor"])
    return result.exit_code, result.output


def head(check):
    """Return the line that doctor prints above the faults that a check found."""
    [found] = [one for one in invariants.invariants() if one.check.__name__ == check]
    return f"Không đúng ({found.number}): {found.words}\n    "


def test_a_sound_floor_is_said_to_be_sound(app, runner):
    sound_floor()
    code, said = doctor(runner)
    number = len(invariants.invariants())
    assert f"Mọi bất biến đều đúng ({number} phép kiểm).\n" in said
    assert (code, number >= 16) == (0, True)
    assert "Không đúng" not in said


def test_an_empty_floor_is_sound(app, runner):
    assert doctor(runner)[0] == 0


@pytest.mark.parametrize(("wound", "check"), WOUNDS)
def test_each_wound_is_seen(app, db, runner, wound, check):
    sound_floor()
    with db.engine.begin() as connection:
        assert connection.execute(text(wound)).rowcount
    code, said = doctor(runner)
    assert code == 1
    assert head(check) in said
    assert "phép kiểm không đạt." in said


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_table_that_has_lost_its_protection_is_seen(app, db, runner, table):
    sound_floor()
    off, on = _protection(table)
    try:
        with db.engine.begin() as connection:
            connection.execute(text(off))
        code, said = doctor(runner)
    finally:
        with db.engine.begin() as connection:
            connection.execute(text(on))
    assert code == 1
    assert head(APPEND_ONLY[table]) + f"{table}: {table}_" in said
    assert f"    {table}: UPDATE\n" in said


def _protection(table):
    if is_sqlite():  # the file is laid anew before the next test
        return f"DROP TRIGGER {table}_no_update", "SELECT 1"
    change = f"ALTER TABLE {table} {{}} TRIGGER {table}_append_only"
    return change.format("DISABLE"), change.format("ENABLE")


def test_trying_to_change_the_record_leaves_it_as_it_was(app, db, runner):
    sound_floor()
    count = db.select(db.func.count()).select_from(db.text("audit_entries"))
    before = db.session.scalar(count)
    db.session.rollback()
    assert doctor(runner)[0] == 0
    assert db.session.scalar(count) == before


def test_a_checkout_that_made_two_orders_is_seen(app, db):
    from shop.payments.checks import check_once

    sound_floor()
    assert check_once() == []
    for statement in _without_uniqueness("orders", "uq_orders_checkout_key"):
        db.session.execute(text(statement))
    db.session.execute(text("UPDATE orders SET checkout_key = 'twice'"))
    assert check_once() == ["checkout twice"]
    db.session.rollback()


def _without_uniqueness(table, constraint):
    if not is_sqlite():
        return [f"ALTER TABLE {table} DROP CONSTRAINT {constraint}"]
    return [
        "PRAGMA defer_foreign_keys = ON",
        f"CREATE TABLE bare AS SELECT * FROM {table}",  # noqa: S608
        f"DROP TABLE {table}",
        f"ALTER TABLE bare RENAME TO {table}",
    ]


def test_at_most_ten_faults_are_named(app, db, runner):
    product = ProductFactory(packs=0)
    for _ in range(12):
        SkuFactory(product=product)
    with transaction():
        change(db.update(Sku).values(on_hand=Sku.on_hand + 1))
    said = doctor(runner)[1]
    assert said.count("    sku ") == 10
    assert "    … và 2 chỗ nữa\n" in said


def test_a_lost_file_is_named_and_nothing_else_of_it(app, db, runner):
    sound_floor()
    stored = db.session.scalars(db.select(StoredFile)).one()
    files.path_of(stored.name).unlink()
    said = doctor(runner)[1]
    assert "Không đúng (9): Mọi tệp đã lưu đều có trên đĩa\n" in said
    assert head(FILES) + f"{stored.name}\n" in said


def test_a_check_that_breaks_is_a_fault_and_the_others_are_made(app, runner, monkeypatch):
    def breaks():
        raise ZeroDivisionError("division by zero")

    sound = invariants.Invariant(1, "stays true", list)
    broken = invariants.Invariant(2, "breaks", breaks)
    monkeypatch.setattr(cli, "invariants", lambda: [broken, sound])
    code, said = doctor(runner)
    assert code == 1
    assert "Không đúng (2): breaks\n    ZeroDivisionError: division by zero\n" in said
    assert "1 trong 2 phép kiểm không đạt." in said


def test_every_check_of_every_room_is_asked(app):
    asked = {invariant.check for invariant in invariants.invariants()}
    written = set()
    for path in (ROOT / "shop").glob("*/checks.py"):
        module = import_module(f"shop.{path.parent.name}.checks")
        written |= {
            function
            for name, function in getmembers(module, isfunction)
            if name.startswith("check_") and function.__module__ == module.__name__
        }
    assert len(written) >= 16
    assert asked == written


def test_checks_are_asked_in_the_order_of_the_list(app):
    numbers = [invariant.number for invariant in invariants.invariants()]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("version", "has_it"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
    ],
)
def test_the_wal_reset_fault_is_known_by_version(version, has_it):
    assert has_wal_reset_bug(version) is has_it


def test_advice_fits_the_floor():
    assert advice(indexed=3000, sqlite=None, lacks_mail=False) == []
    assert advice(indexed=3001, sqlite=None, lacks_mail=False) == [TOO_MANY_INDEXED]
    assert advice(indexed=0, sqlite=(3, 40, 1), lacks_mail=False) == [WAL_BUG]
    assert advice(indexed=0, sqlite=(3, 51, 3), lacks_mail=True) == [NO_MAIL]


def test_advice_is_said_and_is_no_failure(app, runner, monkeypatch):
    monkeypatch.setitem(app.config, "APP_ENV", "production")
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    code, said = doctor(runner)
    assert code == 0
    assert "Lưu ý: Chưa đặt MAIL_URL" in said
    assert ("Lưu ý: Bản SQLite này có lỗi WAL-reset" in said) is is_sqlite()
