"""The list of goods: what is in it, in which order, narrowed by what, page by page."""

from datetime import timedelta

import pytest
import time_machine

from shop.catalogue.models import Product, ProductStatus, Sku, Unit
from shop.catalogue.operations.summary import refresh_summaries
from shop.catalogue.queries import cards
from shop.core import clock
from shop.core.db import db as database
from shop.core.db import transaction
from shop.stalls.models import Stall, StallStatus
from tests.catalogue.factories import ProductFactory, SkuFactory
from tests.catalogue.shelves import certified, in_english, names, soup, stall_in, stars, words
from tests.queries import assert_queries_stay_flat, counting
from tests.stalls.factories import BA_DINH, DONG_VAN, StallFactory

GOODS = "/san-pham"


@pytest.fixture
def shelf(app):
    """Lay out five kinds of goods, the first the oldest."""
    mountain, city = stall_in(DONG_VAN), stall_in(BA_DINH)
    honey = {"name": "Mật ong", "product_set": 4, "packs__price_vnd": 300_000}
    tea = {"name": "Trà đinh", "product_set": 11, "packs__price_vnd": 480_000}
    certified(stars=5, stall=mountain, **honey)
    certified(stars=4, stall=city, **tea)
    certified(stars=3, name="Miến dong", stall=mountain, packs__price_vnd=60_000)
    ProductFactory(name="Cốm", stall=city, product_set=4, packs__price_vnd=50_000)
    in_bags = ProductFactory(name="Gạo", stall=city, product_set=1, packs=0)
    SkuFactory(product=in_bags, net_quantity=5000, price_vnd=200_000, label="Túi 5 kg")
    for age, name in enumerate(("Gạo", "Cốm", "Miến dong", "Trà đinh", "Mật ong")):
        found = database.session.query(Product).filter_by(name=name).one()
        found.published_at = clock.now() - timedelta(days=age)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Gạo", "Cốm", "Miến dong", "Trà đinh", "Mật ong"]),
        ("sap_xep=moi", ["Gạo", "Cốm", "Miến dong", "Trà đinh", "Mật ong"]),
        ("sap_xep=gia", ["Cốm", "Miến dong", "Gạo", "Mật ong", "Trà đinh"]),
        ("sap_xep=gia-giam", ["Trà đinh", "Mật ong", "Gạo", "Miến dong", "Cốm"]),
        ("sap_xep=don-gia", ["Gạo", "Cốm", "Miến dong", "Mật ong", "Trà đinh"]),
        ("sao=5", ["Mật ong"]),
        ("sao=4&sao=3", ["Miến dong", "Trà đinh"]),
        ("sao=3&sao=4&sao=5&sap_xep=gia", ["Miến dong", "Mật ong", "Trà đinh"]),
        ("tinh=01", ["Gạo", "Cốm", "Trà đinh"]),
        ("xa=00721", ["Miến dong", "Mật ong"]),
        ("nhom=4", ["Cốm", "Miến dong", "Mật ong"]),
        ("gia_tu=60.000", ["Gạo", "Miến dong", "Trà đinh", "Mật ong"]),
        ("gia_den=60000", ["Cốm", "Miến dong"]),
        ("gia_tu=60000&gia_den=200000", ["Gạo", "Miến dong"]),
        ("nhom=4&tinh=08&sao=3&gia_den=100000", ["Miến dong"]),
        ("nhom=4&gia_tu=60000&sap_xep=gia", ["Miến dong", "Mật ong"]),
        ("tinh=01&sao=5", []),
        ("gia_tu=2&gia_den=1", []),
        ("sao=9&tinh=xyz&nhom=99&gia_tu=rẻ&sap_xep=lạ&trang=-1", None),
    ],
)
def test_goods_are_chosen_and_ordered_as_the_address_says(client, shelf, query, expected):
    everything = ["Gạo", "Cốm", "Miến dong", "Trà đinh", "Mật ong"]
    found = client.get(f"{GOODS}?{query}")
    assert names(found) == (everything if expected is None else expected)
    assert f"{len(names(found))} sản phẩm" in words(found)


@pytest.mark.parametrize("query", ["sao=3&sao=4", "gia_tu=60000", "sao=4&nhom=11&sap_xep=gia"])
def test_a_wide_choice_is_the_same_walked_in_its_order(client, shelf, monkeypatch, query):
    expected = names(client.get(f"{GOODS}?{query}"))
    monkeypatch.setattr(cards, "FEW", -1)
    assert expected
    assert names(client.get(f"{GOODS}?{query}")) == expected


def test_what_narrows_can_be_taken_away_one_by_one(client, shelf):
    page = soup(client.get(f"{GOODS}?sao=5&sao=4&tinh=08&gia_den=400000&sap_xep=gia"))
    chips = {chip.get_text(strip=True): str(chip["href"]) for chip in page.select(".chips a")}
    assert [text[-5:] for text in chips if text.endswith("sao")] == ["5 sao", "4 sao"]
    without_five = next(href for text, href in chips.items() if text.endswith("5 sao"))
    assert "sao=4" in without_five
    assert "sao=5" not in without_five
    for kept in ("tinh=08", "gia_den=400000", "sap_xep=gia"):
        assert kept in without_five


def test_nothing_found_says_so_and_leads_on(client, shelf):
    found = client.get(f"{GOODS}?gia_tu=999999999")
    assert "Không có sản phẩm nào khớp" in words(found)
    assert soup(found).select_one(f'.empty-state a[href="{GOODS}"]')


@pytest.fixture
def many(app):
    stall = StallFactory()
    moment = clock.now()
    for number in range(1, 51):
        ProductFactory(
            stall=stall,
            name=f"Hàng {number:02}",
            published_at=moment - timedelta(minutes=number),
            packs__stock=0,
        )


@pytest.mark.parametrize(
    ("page", "first", "count"),
    [
        ("1", "Hàng 01", 24),
        ("2", "Hàng 25", 24),
        ("3", "Hàng 49", 2),
        ("4", "Hàng 49", 2),
        ("99999", "Hàng 49", 2),
        ("0", "Hàng 01", 24),
        ("hai", "Hàng 01", 24),
        ("9" * 40, "Hàng 01", 24),
    ],
)
def test_pages_follow_each_other_and_the_last_one_is_the_end(client, many, page, first, count):
    response = client.get(f"{GOODS}?trang={page}")
    assert (names(response)[0], len(names(response))) == (first, count)
    here = soup(response).select_one('.pagination [aria-current="page"]')
    assert here is not None
    assert here.get_text() == str((int(first[5:]) + 23) // 24)
    assert bool(soup(response).select('[rel="next"]')) == (count == 24)


def test_pages_keep_what_narrows(client, many):
    links = soup(client.get(f"{GOODS}?tinh=08&sap_xep=gia")).select(".pagination a")
    assert links
    assert all("tinh=08" in str(a["href"]) and "sap_xep=gia" in str(a["href"]) for a in links)


@pytest.mark.parametrize("status", sorted(set(ProductStatus) - {ProductStatus.PUBLISHED}))
def test_only_published_goods_are_listed(client, status):
    ProductFactory(name="Bày bán")
    ProductFactory(name="Không bày", status=status)
    assert names(client.get(GOODS)) == ["Bày bán"]


@pytest.mark.parametrize("status", sorted(set(StallStatus) - {StallStatus.ACTIVE}))
def test_the_goods_of_a_shut_stall_are_not_listed(client, status):
    certified("Mật ong", stall=StallFactory(status=status))
    assert names(client.get(GOODS)) == []
    assert names(client.get(f"{GOODS}?sao=4")) == []


def test_a_star_goes_out_the_day_after_its_certificate_ends(client):
    certified("Mật ong", days=1)
    for days, expected in ((0, ["4"]), (1, ["4"]), (2, [])):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            assert stars(client.get(GOODS)) == expected
            assert names(client.get(f"{GOODS}?sao=4")) == ["Mật ong"] * len(expected)
            assert names(client.get(GOODS)) == ["Mật ong"]


def test_a_card_says_what_a_kilogram_costs_and_that_there_are_other_packs(client):
    product = ProductFactory(name="Mật ong", packs=0)
    SkuFactory(product=product, price_vnd=90_000, net_quantity=250, label="Hũ 250 g")
    SkuFactory(product=product, price_vnd=300_000, net_quantity=1000, label="Hũ 1 kg")
    card = words(client.get(GOODS))
    assert "từ 90.000 ₫" in card.replace("\u00a0", " ")
    assert "360.000 ₫/kg" in card.replace("\u00a0", " ")
    assert "Hũ 250 g" in card


@pytest.mark.parametrize(("unit", "said"), [(Unit.MILLILITRE, "₫/lít"), (Unit.PIECE, None)])
def test_a_unit_price_is_told_by_litre_and_never_by_piece(client, unit, said):
    ProductFactory(name="Hàng", packs__unit=unit)
    found = soup(client.get(GOODS)).select(".price__unit")
    assert [tag.get_text().endswith(said or "?") for tag in found] == ([True] if said else [])


def test_sold_out_goods_stay_and_say_so(client):
    ProductFactory(name="Cốm", packs__stock=0)
    page = soup(client.get(GOODS))
    assert page.select_one(".product-card--out .product-card__flag").get_text() == "Hết hàng"


def test_goods_without_a_certificate_show_no_trace_of_one(client):
    ProductFactory(name="Cốm")
    page = client.get(GOODS)
    assert stars(page) == []
    assert "OCOP" not in soup(page).select_one(".product-card").get_text()


def test_english_pages_speak_english(client, shelf):
    page = words(in_english(client).get(f"{GOODS}?sao=5&sap_xep=gia"))
    for said in ("Goods on the floor", "1 product", "OCOP 5 stars", "Price, low to high"):
        assert said in page


def test_htmx_gets_the_results_alone(client, shelf):
    part = client.get(f"{GOODS}?sao=5", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert names(part) == ["Mật ong"]
    assert "HX-Request" in part.headers["Vary"]


@pytest.mark.parametrize("query", ["", "sao=4&tinh=08", "sap_xep=don-gia"])
def test_the_list_asks_no_more_as_it_grows(client, db, query):
    certified("Mật ong")
    path = f"{GOODS}?{query}"
    client.get(path)
    assert_queries_stay_flat(
        client, path, lambda: [certified(f"Trà {n}") for n in range(5)], db.engine
    )
    with counting(db.engine) as counted:
        client.get(path)
    assert len(counted) <= 6


def test_large_totals_are_counted_once_a_minute(client, db, monkeypatch):
    monkeypatch.setattr(cards, "MANY", 1)
    ProductFactory.create_batch(2)
    said = []
    for seconds in (0, 30, 61):
        with time_machine.travel(clock.now() + timedelta(seconds=seconds), tick=False):
            said.append(words(client.get(GOODS)).count("3 sản phẩm"))
        if not seconds:
            ProductFactory()
    assert said == [0, 0, 1]


def test_a_price_changed_now_is_shown_now(client):
    product = ProductFactory(name="Mật ong")
    client.get(GOODS)
    with transaction():
        database.session.query(Sku).one().price_vnd = 99_000
        refresh_summaries([product.id])
    assert "99.000" in words(client.get(GOODS))


def test_a_stall_suspended_now_is_gone_now(client):
    product = certified("Mật ong")
    assert names(client.get(GOODS)) == ["Mật ong"]
    with transaction():
        database.session.get_one(Stall, product.stall_id).status = StallStatus.SUSPENDED
    assert names(client.get(GOODS)) == []
