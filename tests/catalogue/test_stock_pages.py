"""The stall's stock: levels, goods in, counts with a reason, and a journal nobody can edit."""

import pytest
from sqlalchemy.exc import DatabaseError

from shop.catalogue.models import Sku, StockMovement
from shop.catalogue.operations import stock
from shop.core.db import transaction
from tests.catalogue.cockpit import again, as_helper, as_manager, as_stranger
from tests.catalogue.factories import SkuFactory
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import StallFactory


def open_stock(client, sku, who=as_manager):
    stall = sku.product.stall
    at = f"/quan-ly/{stall.slug}/hang/kho"
    who(client, stall)
    return at


@pytest.mark.parametrize("who", [as_manager, as_helper])
def test_goods_that_came_in_are_added_with_a_movement(client, db, who):
    sku = SkuFactory(stock=3)
    at = open_stock(client, sku, who)
    data = {"in-quantity": "10", "in-note": "Lứa tháng 5"}
    assert client.post(f"{at}/{sku.id}/nhap", data=data).status_code == 303
    assert db.session.get(Sku, sku.id).on_hand == 13
    page = client.get(f"{at}/{sku.id}").text
    assert "Lứa tháng 5" in page
    assert "3 → 13" in page
    assert "Nguyễn Thị Hương" in page


def test_a_count_needs_a_reason_and_is_kept(client, db):
    sku = SkuFactory(stock=10)
    at = open_stock(client, sku)
    data = {"count-quantity": "8", "count-note": ""}
    assert client.post(f"{at}/{sku.id}/kiem", data=data).status_code == 422
    data["count-note"] = "Vỡ hai hũ"
    assert client.post(f"{at}/{sku.id}/kiem", data=data).status_code == 303
    assert db.session.get(Sku, sku.id).on_hand == 8
    assert "10 → 8" in client.get(f"{at}/nhat-ky").text


def test_a_count_of_nothing_sells_out(client):
    sku = SkuFactory(stock=10)
    product = sku.product
    at = open_stock(client, sku)
    client.post(f"{at}/{sku.id}/kiem", data={"count-quantity": "0", "count-note": "Hết mùa"})
    assert not again(product).is_in_stock


def test_what_is_promised_to_orders_cannot_be_counted_away(client, db):
    sku = SkuFactory(stock=10)
    at = open_stock(client, sku)
    with transaction():
        stock.hold(sku.id, 4, owner="order-line:1")
    data = {"count-quantity": "3", "count-note": "Mất"}
    response = client.post(f"{at}/{sku.id}/kiem", data=data)
    assert response.status_code == 422
    assert "giữ cho đơn hàng" in response.text
    assert 'value="Mất"' in response.text
    assert db.session.get(Sku, sku.id).on_hand == 10


@pytest.mark.parametrize("typed", ["0", "-1", "x", "", "1000001"])
def test_nonsense_is_refused(client, db, typed):
    sku = SkuFactory(stock=3)
    at = open_stock(client, sku)
    response = client.post(f"{at}/{sku.id}/nhap", data={"in-quantity": typed})
    assert response.status_code == 422
    assert db.session.get(Sku, sku.id).on_hand == 3


def test_a_pack_of_another_stall_is_not_found(client, db):
    sku, own = SkuFactory(stock=3), StallFactory()
    at = f"/quan-ly/{own.slug}/hang/kho/{sku.id}"
    as_manager(client, own)
    assert client.get(at).status_code == 404
    assert client.post(f"{at}/nhap", data={"in-quantity": "5"}).status_code == 404
    data = {"count-quantity": "0", "count-note": "Thử"}
    assert client.post(f"{at}/kiem", data=data).status_code == 404
    assert db.session.get(Sku, sku.id).on_hand == 3


def test_a_stranger_finds_no_stock(client):
    at = open_stock(client, SkuFactory(), as_stranger_of)
    for page in ("", "/nhat-ky", "/1"):
        assert client.get(at + page).status_code == 404


def as_stranger_of(client, _stall):
    return as_stranger(client)


def test_levels_show_what_runs_out(client):
    sku = SkuFactory(stock=0, label="Hũ hết")
    SkuFactory(product=sku.product, stock=5, label="Hũ sắp hết")
    SkuFactory(product=sku.product, stock=50, label="Hũ đầy")
    at = open_stock(client, sku)
    whole = client.get(at).text
    assert whole.index("Hũ hết") < whole.index("Hũ sắp hết") < whole.index("Hũ đầy")
    low, out = client.get(f"{at}?muc=sap-het").text, client.get(f"{at}?muc=het").text
    assert ("Hũ sắp hết" in low, "Hũ đầy" in low, "Hũ hết" in low) == (True, False, False)
    assert ("Hũ hết" in out, "Hũ sắp hết" in out) == (True, False)
    assert "Hũ đầy" in client.get(f"{at}?muc=lạ").text


def test_the_journal_is_paged_and_cannot_be_edited(client, db):
    sku = SkuFactory(stock=1)
    at = f"{open_stock(client, sku)}/{sku.id}"
    for _ in range(35):
        stock.receive(sku.id, 1)
    assert "35 → 36" in client.get(at).text
    assert ">0 → 1<" not in client.get(at).text
    assert ">0 → 1<" in client.get(f"{at}?trang=2").text
    with pytest.raises(DatabaseError):
        db.session.execute(db.update(StockMovement).values(note="sửa sổ"))
    db.session.rollback()


def test_the_pages_ask_no_more_as_stock_grows(client, db):
    sku = SkuFactory()
    product = sku.product
    at = open_stock(client, sku)
    for page in (at, f"{at}/nhat-ky"):
        assert_queries_stay_flat(
            client, page, lambda: SkuFactory.create_batch(3, product=product), db.engine
        )
