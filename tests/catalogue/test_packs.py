"""Packs: sizes as people write them, prices that hold at once, codes that nobody has twice."""

import pytest

from shop.catalogue.forms import base_units, in_large_units
from shop.catalogue.models import MovementKind, ProductStatus, Sku, StockMovement, Unit
from shop.core import audit
from tests.catalogue.cockpit import PACK, actions, again, as_helper, as_manager, open_goods
from tests.catalogue.factories import ProductFactory, SkuFactory


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("500", "g", 500),
        ("1.500", "g", 1500),
        ("1,500", "g", 1500),
        ("1.000.000", "ml", 1_000_000),
        ("1,5", "kg", 1500),
        ("1.5", "kg", 1500),
        ("1,500", "kg", 1500),
        ("0,75", "l", 750),
        ("1 000", "g", 1000),
        ("12", "piece", 12),
        ("1,5", "g", 0),
        ("1,5", "piece", 0),
        ("0,0005", "kg", 0),
        ("", "g", 0),
        ("-5", "g", 0),
        ("năm", "g", 0),
        ("1e3", "g", 0),
        ("\u0665\u0660\u0660", "g", 0),
        ("5", "tấn", 0),
    ],
)
def test_a_quantity_is_read_as_people_write_it(text, unit, expected):
    assert base_units(text, unit) == expected


@pytest.mark.parametrize(
    ("net", "unit", "written"),
    [
        (500, Unit.GRAM, ("500", "g")),
        (2000, Unit.GRAM, ("2", "kg")),
        (1500, Unit.GRAM, ("1500", "g")),
        (1000, Unit.MILLILITRE, ("1", "l")),
        (1000, Unit.PIECE, ("1000", "piece")),
    ],
)
def test_a_quantity_is_shown_as_people_write_it(net, unit, written):
    assert in_large_units(net, unit) == written
    assert base_units(*written) == net


@pytest.mark.parametrize("who", [as_manager, as_helper])
def test_a_pack_is_added_with_its_stock(client, db, who):
    product = ProductFactory(status=ProductStatus.DRAFT, packs=0)
    at = open_goods(client, product, who)
    assert client.post(f"{at}/quy-cach/moi", data=PACK).status_code == 303
    sku = db.session.scalar(db.select(Sku))
    assert (sku.net_quantity, sku.unit, sku.price_vnd) == (1500, Unit.GRAM, 450_000)
    assert (sku.code, sku.on_hand, sku.is_active) == ("MO-15", 12, True)
    moved = db.session.scalars(db.select(StockMovement)).one()
    assert (moved.kind, moved.on_hand_delta) == (MovementKind.OPENING, 12)
    kept = again(product)
    assert (kept.price_from_vnd, kept.unit_price_vnd) == (450_000, 300_000)
    assert kept.is_in_stock
    page = client.get(f"{at}/quy-cach").text
    assert "300.000\N{NO-BREAK SPACE}₫/kg" in page


def test_a_code_is_suggested_and_given(client, db):
    product = ProductFactory(packs=0)
    at = open_goods(client, product)
    assert f'value="SP{product.id}-1"' in client.get(f"{at}/quy-cach/moi").text
    for _ in range(2):
        assert client.post(f"{at}/quy-cach/moi", data={**PACK, "code": ""}).status_code == 303
    codes = db.session.scalars(db.select(Sku.code).order_by(Sku.id)).all()
    assert codes == [f"SP{product.id}-1", f"SP{product.id}-2"]


def test_a_refused_pack_keeps_what_was_typed(client, db):
    product = ProductFactory(packs=0)
    at = open_goods(client, product)
    response = client.post(f"{at}/quy-cach/moi", data={**PACK, "quantity": "nhiều"})
    assert response.status_code == 422
    assert 'value="nhiều"' in response.text
    assert 'value="450.000"' in response.text
    assert "ví dụ 500 hoặc 1,5" in response.text
    assert db.session.scalar(db.select(Sku)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"price_vnd": "0"},
        {"price_vnd": "-5"},
        {"price_vnd": "2.000.000.000"},
        {"weight_g": "0"},
        {"quantity": "0"},
        {"unit": "tấn"},
        {"code": "mã có dấu"},
        {"opening_stock": "-1"},
        {"label": " "},
    ],
)
def test_nonsense_is_refused(client, db, wrong):
    product = ProductFactory(packs=0)
    at = open_goods(client, product)
    assert client.post(f"{at}/quy-cach/moi", data={**PACK, **wrong}).status_code == 422
    assert db.session.scalar(db.select(Sku)) is None


def test_a_code_is_unique_in_the_stall(client):
    product = ProductFactory()
    SkuFactory(product=product, code="MO-15")
    at = open_goods(client, product)
    response = client.post(f"{at}/quy-cach/moi", data=PACK)
    assert response.status_code == 422
    assert "đã có quy cách mang mã này" in response.text


def test_another_stall_may_use_the_same_code(client):
    SkuFactory(code="MO-15")
    product = ProductFactory(packs=0)
    at = open_goods(client, product)
    assert client.post(f"{at}/quy-cach/moi", data=PACK).status_code == 303


def test_a_new_price_holds_at_once_and_is_remembered(client, db):
    product = ProductFactory()
    sku_id = db.session.scalar(db.select(Sku.id))
    at = open_goods(client, product)
    response = client.post(f"{at}/quy-cach/{sku_id}", data={**PACK, "price_vnd": "120.000"})
    assert response.status_code == 303
    kept = again(product)
    assert (kept.price_from_vnd, kept.unit_price_vnd) == (120_000, 80_000)
    assert kept.staged is None
    sku = db.session.get(Sku, sku_id)
    assert actions(sku) == ["sku.price_changed", "sku.edited"]
    assert audit.history(sku)[0].data == {"before": 150_000, "after": 120_000}


def test_saving_without_a_change_leaves_no_trace(client, db):
    product = ProductFactory()
    sku = db.session.scalar(db.select(Sku))
    same = {"label": sku.label, "code": sku.code, "quantity": "500", "unit": "g"}
    same |= {"weight_g": "700", "price_vnd": "150000", "is_active": "y"}
    at = open_goods(client, product)
    assert client.post(f"{at}/quy-cach/{sku.id}", data=same).status_code == 303
    assert actions(sku) == []


def test_stock_cannot_be_edited_through_the_pack(client, db):
    product = ProductFactory()
    sku_id = db.session.scalar(db.select(Sku.id))
    at = open_goods(client, product)
    extra = {"on_hand": "999", "held": "0", "stall_id": "7", "product_id": "7"}
    client.post(f"{at}/quy-cach/{sku_id}", data={**PACK, **extra, "opening_stock": "999"})
    sku = db.session.get(Sku, sku_id)
    assert (sku.on_hand, sku.product_id, sku.stall_id) == (20, product.id, product.stall_id)


def test_the_last_pack_of_goods_on_sale_stays(client, db):
    product = ProductFactory()
    sku_id = db.session.scalar(db.select(Sku.id))
    at = open_goods(client, product)
    off = {name: value for name, value in PACK.items() if name != "is_active"}
    response = client.post(f"{at}/quy-cach/{sku_id}", data=off)
    assert response.status_code == 422
    assert "quy cách cuối cùng" in response.text
    client.post(f"{at}/quy-cach/moi", data={**PACK, "code": "KHAC"})
    assert client.post(f"{at}/quy-cach/{sku_id}", data=off).status_code == 303
    assert not db.session.get(Sku, sku_id).is_active


def test_a_change_of_packs_is_read_anew_by_the_moderator(client):
    product = ProductFactory(status=ProductStatus.SUBMITTED)
    version = product.version
    at = open_goods(client, product)
    client.post(f"{at}/quy-cach/moi", data=PACK)
    assert again(product).version == version + 1


def test_there_are_at_most_twenty_packs(client):
    product = ProductFactory(packs=20)
    at = open_goods(client, product)
    response = client.post(f"{at}/quy-cach/moi", data=PACK)
    assert response.status_code == 422
    assert "20 quy cách" in response.text
