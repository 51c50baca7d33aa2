"""Gathering goods, signed in or not, and what the cart says when the world has changed."""

import pytest
from sqlalchemy import func, select

from shop.cart import operations
from shop.cart.models import Cart, CartLine
from shop.catalogue.models import Product, ProductStatus, Sku
from shop.core.db import transaction
from tests.accounts.factories import UserFactory, sign_in
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import first_sku


@pytest.fixture
def sku(app):
    with transaction():
        found = first_sku(ProductFactory(name="Mật ong bạc hà"))
    return found


def put(client, sku, quantity=1):
    return client.post("/gio-hang/them", data={"sku_id": sku.id, "quantity": quantity})


def test_a_visitor_gathers_and_sees_it_by_stall(client, sku):
    assert put(client, sku, 2).status_code == 303
    page = client.get("/gio-hang").text
    assert "Mật ong bạc hà" in page
    assert "300.000" in page


def test_what_a_visitor_gathered_is_there_after_signing_in(client, db, sku):
    put(client, sku, 2)
    with transaction():
        user = UserFactory()
    operations.add(sku.id, 1, user_id=user.id, token=None)
    sign_in(client, user)
    assert "Mật ong bạc hà" in client.get("/gio-hang").text
    line = db.session.scalars(select(CartLine).join(Cart).where(Cart.user_id == user.id)).one()
    assert line.quantity == 2
    assert db.session.scalar(select(func.count(Cart.id))) == 1


def test_a_new_price_is_said(client, db, sku):
    put(client, sku)
    with transaction():
        db.session.get_one(Sku, sku.id).price_vnd = 180_000
    page = client.get("/gio-hang").text
    assert "Giá cũ 150.000" in page
    assert "180.000" in page


def test_goods_taken_off_sale_cannot_be_ordered_and_can_be_removed(client, db, sku):
    put(client, sku)
    with transaction():
        db.session.get_one(Product, sku.product_id).status = ProductStatus.HIDDEN
    assert "Không còn bán" in client.get("/gio-hang").text
    client.post("/gio-hang/bo", data={"sku_id": sku.id})
    assert "Giỏ hàng đang trống" in client.get("/gio-hang").text


@pytest.mark.parametrize("quantity", ["-1", "0", "1000", "abc", "", "1e9"])
def test_a_silly_number_is_refused_in_words(client, db, sku, quantity):
    assert put(client, sku, quantity).status_code == 303
    assert db.session.scalar(select(func.count(CartLine.id))) == 0


def test_an_unknown_pack_is_refused(client, db):
    answer = client.post("/gio-hang/them", data={"sku_id": 999_999, "quantity": 1})
    assert answer.status_code == 409


def test_the_cart_asks_the_same_of_the_database_however_full(client, count_queries, db):
    def load(count):
        with transaction():
            skus = [first_sku(ProductFactory()) for _ in range(count)]
        for each in skus:
            put(client, each)
        with count_queries() as counted:
            client.get("/gio-hang")
        return len(counted)

    assert load(1) == load(6)
