"""A listing tells the lowest price and unit price of its packs, and whether any is left."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.catalogue.models import Product, Sku, Unit
from shop.catalogue.operations import stock
from shop.catalogue.operations.summary import refresh_summary, summarise
from shop.core.db import db as database
from shop.core.db import transaction
from tests.catalogue.factories import ProductFactory, SkuFactory


def pack(price_vnd, net_quantity=500, unit=Unit.GRAM, on_hand=1, held=0):
    return SimpleNamespace(
        price_vnd=price_vnd, net_quantity=net_quantity, unit=unit, on_hand=on_hand, held=held
    )


@pytest.mark.parametrize(
    ("packs", "expected"),
    [
        ([], (None, None, False)),
        ([pack(150_000)], (150_000, 300_000, True)),
        ([pack(150_000), pack(250_000, 1000)], (150_000, 250_000, True)),
        ([pack(10_000, 1, Unit.PIECE)], (10_000, 10_000, True)),
        ([pack(1, 3)], (1, 333, True)),
        ([pack(5, on_hand=3, held=3)], (5, 10, False)),
    ],
)
def test_the_lowest_counts(packs, expected):
    assert summarise(packs) == expected


def in_stock(product_id):
    database.session.expire_all()
    return database.session.scalar(select(Product.is_in_stock).where(Product.id == product_id))


def test_the_last_piece_held_is_sold_out(app):
    product = ProductFactory(packs__stock=2)
    sku_id = database.session.scalar(select(Sku.id))
    with transaction():
        stock.hold(sku_id, 2, owner="order-line:1")
    assert in_stock(product.id) is False
    with transaction():
        stock.release("order-line:1")
    assert in_stock(product.id) is True


def test_a_savepoint_that_is_undone_keeps_what_was_sold_out_before_it(app):
    product = ProductFactory(packs__stock=2)
    sku_id = database.session.scalar(select(Sku.id))
    with transaction():
        stock.hold(sku_id, 2, owner="order-line:1")
        with pytest.raises(IntegrityError), database.session.begin_nested():
            database.session.add(Product(slug=None))
    assert in_stock(product.id) is False


def hold_too_much(sku_id):
    with transaction():
        stock.hold(sku_id, 2, owner="order-line:1")
        stock.hold(sku_id, 1, owner="order-line:2")


def test_an_undone_transaction_changes_nothing(app):
    product = ProductFactory(packs__stock=2)
    sku_id = database.session.scalar(select(Sku.id))
    with pytest.raises(stock.OutOfStock):
        hold_too_much(sku_id)
    assert in_stock(product.id) is True
    assert not database.session().info.get("stale_summaries")


def test_packs_not_on_sale_do_not_count(app):
    product = ProductFactory()
    SkuFactory(product=product, price_vnd=1000, is_active=False)
    with transaction():
        refresh_summary(product.id)
    database.session.expire_all()
    assert product.price_from_vnd == 150_000
