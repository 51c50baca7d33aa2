"""Cash on delivery: claimed with the order, captured with the parcel, void when cancelled."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from shop.core import outbox
from shop.core.db import transaction
from shop.orders.models import StallOrderStatus
from shop.payments import operations
from shop.payments.models import PaymentEvent, PaymentEventKind, PaymentShare
from tests.orders.factories import CANCEL, PlacedOrderFactory, bring_to, part_of


def share(db):
    outbox.run_until_empty()
    db.session.expire_all()
    found = db.session.scalars(select(PaymentShare)).one()
    return found.claimed_vnd, found.captured_vnd


def test_money_is_claimed_when_the_order_is_placed(app, db):
    order = PlacedOrderFactory()
    assert share(db) == (order.total_vnd, 0)


@pytest.mark.parametrize("status", [StallOrderStatus.DELIVERED, StallOrderStatus.COMPLETED])
def test_cash_is_captured_once_with_the_parcel(app, db, status):
    order = PlacedOrderFactory(status=status)
    assert share(db) == (order.total_vnd, order.total_vnd)
    captured = select(func.count(PaymentEvent.id)).where(
        PaymentEvent.kind == PaymentEventKind.CAPTURED
    )
    assert db.session.scalar(captured) == 1


def test_a_cancelled_part_owes_nothing(app, db):
    from shop.orders.operations import advance

    order = PlacedOrderFactory()
    advance(part_of(order).id, CANCEL)
    assert share(db) == (0, 0)


def test_the_same_news_twice_is_one_event(app, db):
    order = PlacedOrderFactory()
    bring_to(part_of(order), StallOrderStatus.DELIVERED)
    news = {"stall_order_id": part_of(order).id, "status": "delivered"}
    for _ in range(3):
        operations.follow_stall_order(news)
    assert share(db) == (order.total_vnd, order.total_vnd)


@pytest.mark.parametrize(
    "sql", ["UPDATE payment_events SET amount_vnd = 1", "DELETE FROM payment_events"]
)
def test_the_database_refuses_to_change_an_event(app, db, sql):
    PlacedOrderFactory()
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(db.text(sql))
