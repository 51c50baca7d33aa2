"""The doctor's look at orders: silent when all is well, a line for each kind of fault."""

import pytest

from shop.catalogue.models import StockHold
from shop.core.db import change
from shop.orders.checks import check_orders
from shop.orders.models import Order, OrderLine, StallOrder
from shop.orders.models import StallOrderStatus as S
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import PlacedOrderFactory, first_sku, part_of


def test_is_silent_about_orders_in_every_state(app):
    sku = first_sku(ProductFactory(packs__stock=50))
    for status in S:
        PlacedOrderFactory(skus=[(sku, 1)], status=status)
    assert check_orders() == []


FAULTS = [
    (StallOrder, {"goods_vnd": 1, "total_vnd": 35_001}, "lines come to 300000, goods say 1"),
    (Order, {"goods_vnd": 1}, "its parts do not come to its sums"),
    (StallOrder, {"status": S.PACKED}, "is packed without a record of it"),
    (StallOrder, {"status": S.CONFIRMED}, "a line does not hold the stock"),
    (StockHold, {"quantity": 1}, "a line does not hold the stock"),
    (StockHold, {"owner": "order-line:999"}, "a line does not hold the stock"),
    (StallOrder, {"cancelled_by": "floor"}, "cancelled and by whom do not agree"),
    (OrderLine, {"quantity": 1, "total_vnd": 150_000}, "lines come to 150000"),
]


@pytest.mark.parametrize(("table", "values", "words"), FAULTS)
def test_sees_a_fault(app, db, table, values, words):
    part = part_of(PlacedOrderFactory())
    change(db.update(table).values(values))
    told = check_orders()
    assert any(words in line for line in told), told
    assert any(line.startswith(str(part.code).rpartition("-")[0]) for line in told)
