"""Many buyers at once, from several server processes, on the real database."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from shop.cart import operations as cart
from shop.catalogue.models import Sku, StockHold
from shop.core.db import transaction
from shop.orders.models import Order, OrderLine
from tests.accounts.factories import AddressFactory, UserFactory
from tests.catalogue.factories import ProductFactory
from tests.checkout.racing import prepare, press_all, servers

BUYERS, PIECES, PROCESSES = 50, 10, 3


@pytest.fixture
def sku(app, db):
    with transaction():
        product = ProductFactory(packs__stock=PIECES)
        sku_id = db.session.scalar(select(Sku.id).where(Sku.product_id == product.id))
    return sku_id


def buyers(count):
    with transaction():
        users = [UserFactory() for _ in range(count)]
        for user in users:
            AddressFactory(user=user, is_default=True)
    return users


def presses(new_client, users, sku_id):
    for user in users:
        cart.add(sku_id, 1, user_id=user.id, token=None)
    return [prepare(new_client(), user, number) for number, user in enumerate(users)]


def test_fifty_buyers_for_ten_pieces_make_ten_orders(app, db, new_client, sku):
    waiting = presses(new_client, buyers(BUYERS), sku)
    with servers(PROCESSES) as ports:
        answers = press_all(ports, waiting)
    statuses = Counter(status for status, _ in answers)
    assert statuses == {303: PIECES, 409: BUYERS - PIECES}
    assert len({to for _, to in answers if "/don-hang/" in to}) == PIECES
    db.session.rollback()
    left = db.session.get_one(Sku, sku, populate_existing=True)
    assert (left.on_hand, left.held, left.available) == (PIECES, PIECES, 0)
    assert db.session.scalar(select(func.count(Order.id))) == PIECES
    assert db.session.scalar(select(func.sum(OrderLine.quantity))) == PIECES
    assert db.session.scalar(select(func.sum(StockHold.quantity))) == PIECES


def test_one_button_pressed_twenty_times_makes_one_order(app, db, new_client, sku):
    [press] = presses(new_client, buyers(1), sku)
    with servers(PROCESSES) as ports:
        answers = press_all(ports, [press] * 20)
    assert Counter(status for status, _ in answers) == {303: 20}
    assert len({to for _, to in answers}) == 1
    assert db.session.scalar(select(func.count(Order.id))) == 1


def test_two_tabs_of_one_cart_make_one_order(app, db, new_client, sku):
    [user] = buyers(1)
    cart.add(sku, 1, user_id=user.id, token=None)
    tabs = [prepare(new_client(), user, number) for number in range(2)]
    with servers(2) as ports:
        answers = press_all(ports, tabs)
    assert len({to for _, to in answers}) == 1
    assert db.session.scalar(select(func.count(Order.id))) == 1
