"""Prices, as docs/pricing.md tells them: the examples are read from the document itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.catalogue.models import Unit
from shop.catalogue.price_history import Price, former_price
from shop.catalogue.queries.sellable import SellableSku
from shop.catalogue.tiers import Tier, fault_of, price_for
from shop.checkout.pricing import quote
from shop.core.money import split_pro_rata
from shop.promotions.discounts import Goods, Offer, discounts
from shop.shipping.fees import FeeTable, delivery_fee

FEES = FeeTable(20_000, 35_000, 300_000)
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


def off(row):
    """Return the offer that a cell of the document describes, and whether it is a percentage."""
    grant, _, cap = row.partition(", at most ")
    kind = (
        {"percent_bp": int(grant[:-1]) * 100} if grant.endswith("%") else {"amount_vnd": int(grant)}
    )
    return kind | ({"cap_vnd": int(cap)} if cap else {})


def goods(cell, stall=1):
    """Return lines as the document writes them: list price × pieces, and what the tier makes it."""
    lines = [line.split(":") for line in cell.split(",")]
    return [Goods(stall, 4, int(line[0]), int(line[-1])) for line in lines]


@pytest.mark.parametrize("row", table("Pack tiers"))
def test_tiers_of_the_document(row):
    price, breaks, pieces, each, line = row
    pairs = [each.split(":") for each in breaks.split(",")] if breaks != "–" else []
    tiers = [Tier(int(count), int(cost)) for count, cost in pairs]
    assert price_for(int(price), tiers, int(pieces)) == int(each)
    assert int(each) * int(pieces) == int(line)
    assert fault_of(int(price), tiers, 5_000) is None


@pytest.mark.parametrize("row", table("A stall voucher"))
def test_stall_vouchers_of_the_document(row):
    grant, minimum, lines, expected = row
    offer = Offer(1, "GIAM", stall_id=1, minimum_vnd=int(minimum), **off(grant))
    found = discounts(goods(lines), [offer], 5_000)
    if expected == "refused":
        assert (found.total_vnd, len(found.refusals), found.uses) == (0, 1, ())
    else:
        assert [discount for discount, _ in found.lines] == [int(x) for x in expected.split(",")]
        assert found.refusals == ()
    assert all(floor == 0 for _, floor in found.lines)


@pytest.mark.parametrize("row", table("A stall voucher and a floor voucher"))
def test_both_vouchers_of_the_document(row):
    share, of_a, of_b, off_a, off_b, floor_a, floor_b = row
    first = Offer(1, "GIANHANG", stall_id=1, percent_bp=2_000)
    second = Offer(2, "SAN", amount_vnd=60_000, floor_share_bp=int(share[:-1]) * 100)
    found = discounts(goods(of_a, 1) + goods(of_b, 2), [second, first], 5_000)
    expected = [sum(int(part) for part in off_a.split("+")), int(off_b)]
    assert list(found.lines) == [(expected[0], int(floor_a)), (expected[1], int(floor_b))]


def test_the_whole_order_with_vouchers_of_the_document():
    rows = table("A whole order with vouchers")
    wanted = []
    for stall, (_, province, lines, *_) in enumerate(rows, start=1):
        for line in lines.split(","):
            count, price = line.split("×")
            wanted.append((sku(len(wanted), stall, int(price), province), int(count)))
    offers = [
        Offer(1, "GIANHANG", stall_id=1, percent_bp=1_000, cap_vnd=80_000),
        Offer(2, "SAN", amount_vnd=50_000, floor_share_bp=10_000),
    ]
    offer = quote(
        wanted, dict.fromkeys((1, 2), FeeTable(20_000, 35_000, None)), "96", offers=offers
    )
    found = [
        [p.goods_vnd, p.delivery_vnd, p.discount_vnd, p.floor_discount_vnd, p.total_vnd]
        for p in offer.stall_orders
    ]
    assert found == [[int(cell) for cell in row[3:]] for row in rows]
    assert (offer.discount_vnd, offer.total_vnd) == (130_000, 975_000)


@pytest.mark.parametrize("row", table("Former prices"))
def test_former_prices_of_the_document(row):
    prices, day, expected = row
    start = datetime(2026, 1, 1, tzinfo=UTC)
    pairs = [pair.split(":") for pair in prices.split(",")]
    history = [Price(start + timedelta(days=int(on)), int(price)) for on, price in pairs]
    found = former_price(history, start + timedelta(days=int(day)))
    assert found == (None if expected == "–" else int(expected))


def offers(draw):
    return st.builds(
        Offer,
        voucher_id=st.integers(1, 50),
        code=st.just("GIAM"),
        stall_id=st.none() | st.integers(1, 5),
        amount_vnd=st.integers(1, 5_000_000) if draw == "amount" else st.none(),
        percent_bp=st.none() if draw == "amount" else st.integers(1, 10_000),
        cap_vnd=st.none() | st.integers(1, 1_000_000),
        minimum_vnd=st.just(0) | st.integers(0, 2_000_000),
        product_sets=st.frozensets(st.integers(1, 4), max_size=2),
        floor_share_bp=st.integers(0, 10_000),
        stall_ids=st.none() | st.frozensets(st.integers(1, 5)),
    )


TIERS = st.lists(st.builds(Tier, st.integers(2, 50), st.integers(1, 50_000_000)), max_size=3)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 5),
            st.integers(1, 50_000_000),
            st.integers(1, 999),
            TIERS,
            st.integers(1, 4),
        ),
        min_size=1,
        max_size=12,
    ),
    st.lists(offers("amount") | offers("percent"), max_size=6),
    st.sampled_from([0, 100, 3_333, 5_000, 10_000]),
)
def test_any_cart_with_any_vouchers_adds_up(lines, given_, limit):
    wanted = [
        (replace(sku(n, stall, price), tiers=tuple(tiers), product_set=kind), count)
        for n, (stall, price, count, tiers, kind) in enumerate(lines)
    ]
    offer = quote(wanted, dict.fromkeys(range(1, 6), FEES), "96", offers=given_, limit_bp=limit)
    for part in offer.stall_orders:
        net = sum(line.total_vnd - line.discount_vnd for line in part.lines)
        assert net + part.delivery_vnd == part.total_vnd >= 0
        for line in part.lines:
            assert 0 <= line.floor_discount_vnd <= line.discount_vnd <= line.total_vnd
            listed = line.sku.price_vnd * line.quantity
            assert line.discount_vnd <= max(0, listed * limit // 10_000)
            assert line.discount_vnd == 0 or listed - line.net_vnd <= listed * limit // 10_000
    assert offer.goods_vnd + offer.delivery_vnd - offer.discount_vnd == offer.total_vnd
    assert offer.discount_vnd == sum(use.discount_vnd for use in offer.uses)
    by_stall = [
        (part.stall_id, part.discount_vnd, part.floor_discount_vnd) for part in offer.stall_orders
    ]
    for stall, discount, floor in by_stall:
        parts = [use.parts.get(stall, (0, 0)) for use in offer.uses]
        assert (discount, floor) == (sum(p[0] for p in parts), sum(p[1] for p in parts))
    assert len(offer.uses) + len(offer.refusals) == len(given_)
    givers = [use.offer.stall_id for use in offer.uses]
    assert len(givers) == len(set(givers))


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_any_split_adds_up(amount, weights):
    parts = split_pro_rata(amount, weights)
    assert sum(parts) == amount
    assert all(part * amount >= 0 for part in parts)
    total = sum(weights)
    if total and abs(amount) <= total:
        assert all(abs(part) <= weight for part, weight in zip(parts, weights, strict=True))


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
