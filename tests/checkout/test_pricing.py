"""Prices, as docs/pricing.md tells them: the examples are read from the document itself."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.catalogue.models import Unit
from shop.catalogue.queries.sellable import SellableSku
from shop.checkout.pricing import quote
from shop.core.money import split_pro_rata
from shop.shipping.fees import FeeTable, delivery_fee

DOCUMENT = Path(__file__).parents[2] / "docs" / "pricing.md"


def table(title):
    """Return the rows of the table under a heading of the document."""
    section = DOCUMENT.read_text("utf-8").split(f"### {title}\n")[1].split("\n#")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def sku(number, stall, price, province="08"):
    return SellableSku(
        sku_id=number,
        stall_id=stall,
        stall_name=f"Gian hàng {stall}",
        stall_slug=f"gian-hang-{stall}",
        stall_province_code=province,
        product_id=number,
        product_name="Mật ong",
        product_slug="mat-ong",
        label="Hũ",
        code=f"SP-{number}",
        unit=Unit.GRAM,
        net_quantity=500,
        weight_g=600,
        price_vnd=price,
        available=1000,
        is_sellable=True,
        stars=None,
        certificate_code=None,
        picture_name=None,
    )


@pytest.mark.parametrize("row", table("Delivery fee"))
def test_delivery_fees_of_the_document(row):
    own, elsewhere, free, goods, stall_in, buyer_in, fee = row
    fees = FeeTable(int(own), int(elsewhere), None if free == "–" else int(free))
    found = delivery_fee(
        fees, goods_vnd=int(goods), stall_province=stall_in, buyer_province=buyer_in
    )
    assert found == int(fee)


@pytest.mark.parametrize("row", table("Splitting by largest remainder"))
def test_splits_of_the_document(row):
    amount, weights, parts = row
    found = split_pro_rata(int(amount), [int(weight) for weight in weights.split(",")])
    assert found == [int(part) for part in parts.split(",")]


def test_the_whole_order_of_the_document():
    wanted = []
    for stall, (_, province, lines, *_) in enumerate(table("A whole order"), start=1):
        for line in lines.split(","):
            count, price = line.split("×")
            wanted.append((sku(len(wanted), stall, int(price), province), int(count)))
    offer = quote(wanted, dict.fromkeys((1, 2), FeeTable(20_000, 35_000, None)), "96")
    expected = [[int(cell) for cell in row[3:]] for row in table("A whole order")]
    assert [[p.goods_vnd, p.delivery_vnd, p.total_vnd] for p in offer.stall_orders] == expected
    assert (offer.goods_vnd, offer.delivery_vnd, offer.total_vnd) == (1_050_000, 55_000, 1_105_000)


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.integers(1, 50_000_000), st.integers(1, 999)),
        min_size=1,
        max_size=20,
    ),
    st.integers(0, 2_000_000),
    st.none() | st.integers(1, 10_000_000),
)
def test_any_cart_adds_up(lines, fee, free_from):
    wanted = [(sku(n, stall, price), count) for n, (stall, price, count) in enumerate(lines)]
    tables = dict.fromkeys(range(1, 6), FeeTable(fee, fee, free_from))
    offer = quote(wanted, tables, "96")
    assert offer.goods_vnd == sum(price * count for _, price, count in lines)
    assert offer.total_vnd == sum(part.total_vnd for part in offer.stall_orders)
    assert all(part.delivery_vnd >= 0 for part in offer.stall_orders)
    assert sum(len(part.lines) for part in offer.stall_orders) == len(lines)


def test_the_digest_names_every_price_count_and_fee():
    fees = {1: FeeTable(20_000, 35_000, None)}
    first = quote([(sku(1, 1, 100_000), 2)], fees, "96").digest
    assert first == quote([(sku(1, 1, 100_000), 2)], fees, "96").digest
    assert first != quote([(sku(1, 1, 100_001), 2)], fees, "96").digest
    assert first != quote([(sku(1, 1, 100_000), 3)], fees, "96").digest
    assert first != quote([(sku(1, 1, 100_000), 2)], fees, "08").digest


def test_the_digest_names_what_is_in_a_pack():
    fees = {1: FeeTable(20_000, 35_000, None)}
    seen = sku(1, 1, 100_000)
    first = quote([(seen, 2)], fees, "96").digest
    for smaller in ({"net_quantity": 250}, {"label": "Gói nhỏ"}, {"unit": Unit.MILLILITRE}):
        assert first != quote([(replace(seen, **smaller), 2)], fees, "96").digest
