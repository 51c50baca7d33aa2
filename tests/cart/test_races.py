"""One visitor's clicks at the same moment: each counts, and none ends in a fault."""

import pytest
from sqlalchemy import func, select

from shop.cart import operations
from shop.cart.models import Cart, CartLine
from shop.core.db import transaction
from tests.accounts.factories import UserFactory
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import first_sku
from tests.stalls.papers import at_once

TOKEN = "a token that only her browser knows"


@pytest.fixture
def sku_id(app):
    with transaction():
        found = first_sku(ProductFactory()).id
    return found


@pytest.fixture
def user_id(app):
    with transaction():
        found = UserFactory().id
    return found


def counted(db):
    db.session.rollback()
    pieces = db.session.scalar(select(func.sum(CartLine.quantity)))
    return pieces, db.session.scalar(select(func.count(Cart.id)))


def test_six_first_clicks_of_one_person_are_six_pieces_in_one_cart(app, db, sku_id, user_id):
    def click():
        operations.add(sku_id, 1, user_id=user_id, token=None)

    assert at_once(app, *[click] * 6) == [None] * 6
    assert counted(db) == (6, 1)


def test_six_first_clicks_of_one_visitor_are_six_pieces_in_one_cart(app, db, sku_id):
    def click():
        operations.add(sku_id, 1, user_id=None, token=TOKEN)

    assert at_once(app, *[click] * 6) == [None] * 6
    assert counted(db) == (6, 1)


def test_a_visitors_cart_is_taken_over_once_by_several_tabs(app, db, sku_id, user_id):
    operations.add(sku_id, 3, user_id=None, token=TOKEN)
    assert at_once(app, *[lambda: operations.adopt(user_id, TOKEN)] * 4) == [None] * 4
    assert counted(db) == (3, 1)
