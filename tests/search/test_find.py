"""What a buyer types, and what she finds."""

import pytest

from shop.catalogue.models import ProductStatus
from shop.core import outbox
from shop.core.db import transaction
from shop.search import operations, queries
from shop.stalls.models import Stall, StallStatus
from tests.catalogue.factories import ProductFactory

NAMES = (
    "Mật ong bạc hà Mèo Vạc",
    "Mật ong hoa cà phê",
    "Dưa lưới hữu cơ",
    "Dừa sáp Cầu Kè",
    "Mứt dứa sấy dẻo",
    "Bánh đa vừng đen",
    "Nước mắm cốt nhĩ",
)


@pytest.fixture
def goods(app, db):
    with transaction():
        made = {name: ProductFactory(name=name) for name in NAMES}
        ids = {product.id: name for name, product in made.items()}
    operations.reindex()
    return ids


def found(goods, text):
    return [goods[number] for number in operations.find(text).ids]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mat ong bac ha", "Mật ong bạc hà Mèo Vạc"),
        ("MẬT ONG BẠC HÀ", "Mật ong bạc hà Mèo Vạc"),
        ("mật ong bạc hà", "Mật ong bạc hà Mèo Vạc"),
        ("nuoc ma", "Nước mắm cốt nhĩ"),
        ("banh da", "Bánh đa vừng đen"),
    ],
)
def test_goods_are_found_however_they_are_typed(goods, typed, first):
    assert found(goods, typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "first"), [("dừa", "Dừa sáp"), ("dứa", "Mứt dứa"), ("dưa", "Dưa lưới")]
)
def test_exact_accents_rank_first(goods, typed, first):
    names = found(goods, typed)
    assert names[0].startswith(first)
    assert len(names) == 3


def test_what_is_sought_nowhere_is_not_found(goods):
    assert found(goods, "xe máy điện") == []


def test_old_provinces_are_found_beside_the_new(app, db):
    with transaction():
        product = ProductFactory(province_code="08")
    operations.reindex()
    assert operations.find("Hà Giang").ids == (product.id,)
    assert operations.find("tuyen quang").ids == (product.id,)


def test_the_worker_keeps_the_index_true(app, db, goods):
    with transaction():
        product = ProductFactory(name="Chè Shan tuyết cổ thụ")
        outbox.send("search.product_changed", {"product_id": product.id})
    assert operations.find("che shan").ids == ()
    outbox.run_until_empty()
    assert product.id in operations.find("che shan").ids
    with transaction():
        product.status = ProductStatus.HIDDEN
        outbox.send("search.product_changed", {"product_id": product.id})
    outbox.run_until_empty()
    assert operations.find("che shan").ids == ()


def test_what_changes_while_the_index_is_built_is_not_lost(app, db, goods, monkeypatch):
    made, read = [], queries.all_documents

    def read_and_sell_meanwhile():
        yield from read()
        with app.app_context(), transaction():
            made.append(ProductFactory(name="Chè Shan tuyết cổ thụ").id)
            outbox.send("search.product_changed", {"product_id": made[0]})
        outbox.run_until_empty()

    monkeypatch.setattr(queries, "all_documents", read_and_sell_meanwhile)
    operations.reindex()
    assert operations.find("che shan").ids == tuple(made)


def test_without_an_index_names_are_still_found(app, db):
    with transaction():
        product = ProductFactory(name="Cà phê Robusta")
    answer = operations.find("ca phe")
    assert (answer.ids, answer.is_loose) == ([product.id], True)


def test_the_page_never_shows_what_is_not_sold(client, db):
    with transaction():
        product = ProductFactory(name="Dừa sáp Cầu Kè")
    operations.reindex()
    assert "Dừa sáp Cầu Kè" in client.get("/tim-kiem?q=dua+sap").text
    with transaction():
        db.session.get_one(Stall, product.stall_id).status = StallStatus.SUSPENDED
    assert "Dừa sáp Cầu Kè" not in client.get("/tim-kiem?q=dua+sap").text
