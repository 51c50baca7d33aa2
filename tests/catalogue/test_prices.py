"""What packs cost: breaks for larger quantities, and every list price that was."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.cart import operations as cart
from shop.catalogue.checks import check_prices, check_prices_are_append_only
from shop.catalogue.models import PriceChange, PriceTier, Unit
from shop.catalogue.operations.skus import Pack, add_pack, edit_pack
from shop.catalogue.queries.prices import former_prices, tiers_of
from shop.catalogue.tiers import Tier
from shop.core import clock
from shop.core.db import transaction
from shop.core.errors import InvalidInput
from tests.accounts.factories import UserFactory, sign_in
from tests.catalogue.cockpit import PACK
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import PlacedOrderFactory, first_sku, line_of
from tests.stalls.factories import StallFactory, manager_of

JAR = Pack("Hũ 500 g", "HU-500", 500, Unit.GRAM, 700, 100_000)
BREAKS = (Tier(3, 90_000), Tier(10, 80_000))


@pytest.fixture
def stall(app):
    with transaction():
        stall = StallFactory()
    return stall


@pytest.fixture
def product(stall):
    with transaction():
        product = ProductFactory(packs=0, stall=stall)
    return product


def prices(db):
    return db.session.scalars(select(PriceChange.price_vnd).order_by(PriceChange.id)).all()


def test_every_list_price_is_kept_and_nothing_else_makes_a_row(product, db):
    sku = add_pack(product.stall_id, product.id, JAR)
    edit_pack(product.stall_id, sku.id, replace(JAR, price_vnd=120_000))
    edit_pack(product.stall_id, sku.id, replace(JAR, price_vnd=120_000, label="Lọ"))
    edit_pack(product.stall_id, sku.id, JAR)
    assert prices(db) == [100_000, 120_000, 100_000]
    assert check_prices() == check_prices_are_append_only() == []
    with transaction():
        sku.price_vnd = 1
    assert check_prices() == [f"sku {sku.id}: its price has no record"]


@pytest.mark.parametrize(
    "breaks",
    [
        [Tier(3, 100_000)],
        [Tier(3, 90_000), Tier(3, 80_000)],
        [Tier(3, 80_000), Tier(10, 90_000)],
        [Tier(1, 90_000)],
        [Tier(3, 49_999)],
    ],
)
def test_breaks_that_make_no_sense_are_refused(product, db, breaks):
    with pytest.raises(InvalidInput):
        add_pack(product.stall_id, product.id, replace(JAR, tiers=tuple(breaks)))
    assert db.session.scalar(select(PriceTier.id)) is None
    assert prices(db) == []


def test_an_order_is_sold_at_the_break_it_reaches(product):
    pack = replace(JAR, tiers=BREAKS)
    sku = add_pack(product.stall_id, product.id, pack, opening_stock=50)
    line = line_of(PlacedOrderFactory(skus=[(sku, 3)]))
    assert (line.list_price_vnd, line.unit_price_vnd, line.total_vnd) == (100_000, 90_000, 270_000)


def test_a_price_cannot_fall_below_its_breaks(product):
    sku = add_pack(product.stall_id, product.id, replace(JAR, tiers=BREAKS))
    with pytest.raises(InvalidInput):
        edit_pack(product.stall_id, sku.id, replace(JAR, price_vnd=85_000, tiers=BREAKS))
    edit_pack(product.stall_id, sku.id, replace(JAR, price_vnd=85_000))
    assert tiers_of([sku.id]) == {}


def test_a_stall_types_breaks_and_buyers_read_them(client, stall, product, db):
    sign_in(client, manager_of(stall))
    form = {**PACK, "price_vnd": "100.000", "from_1": "3", "each_1": "90.000"}
    page = f"/quan-ly/{stall.slug}/hang/{product.id}/quy-cach"
    half = client.post(f"{page}/moi", data={**form, "from_2": "10"})
    assert half.status_code == 422
    assert "Ghi cả số lượng và giá" in half.text
    assert client.post(f"{page}/moi", data=form).status_code == 303
    sku = first_sku(product)
    assert tiers_of([sku.id]) == {sku.id: (Tier(3, 90_000),)}
    assert 'value="90.000"' in client.get(f"{page}/{sku.id}").text
    assert "từ 3 gói, mỗi gói 90.000" in client.get(f"/san-pham/{product.slug}").text


def test_a_cart_tells_the_break_and_the_next_one(client, product):
    user = UserFactory()
    sku = add_pack(product.stall_id, product.id, replace(JAR, tiers=BREAKS), opening_stock=50)
    sign_in(client, user)
    cart.add(sku.id, 3, user_id=user.id, token=None)
    page = client.get("/gio-hang").text
    assert "thay vì 100.000" in page
    assert "Từ 10 trở lên: 80.000" in page
    assert "270.000" in page


def test_only_a_real_former_price_is_struck_through(client, product, db):
    month = timedelta(days=31)
    with clock.at(clock.now() - month):
        sku = add_pack(product.stall_id, product.id, JAR, opening_stock=5)
    young = add_pack(product.stall_id, product.id, replace(JAR, code="", label="Lọ nhỏ"))
    for each, pack in ((sku, JAR), (young, replace(JAR, code=young.code, label="Lọ nhỏ"))):
        edit_pack(product.stall_id, each.id, replace(pack, price_vnd=80_000))
    assert former_prices([sku.id, young.id]) == {sku.id: 100_000}
    for page in ("/san-pham", f"/san-pham/{product.slug}?quy-cach={sku.code}"):
        assert client.get(page).text.count("price__old") == 1
    assert "price__old" not in client.get(f"/san-pham/{product.slug}?quy-cach={young.code}").text
    with clock.at(clock.now() + month):
        assert former_prices([sku.id]) == {}
