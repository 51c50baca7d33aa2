"""The front page: what is new, in season, how much there is; the star only while it lives."""

from datetime import timedelta

import pytest
import time_machine

from shop.catalogue.models import Product, ProductStatus
from shop.catalogue.queries import home
from shop.core import clock
from shop.core.db import db as database
from shop.core.db import transaction
from shop.stalls.models import StallStatus
from tests.catalogue.factories import ProductFactory
from tests.catalogue.shelves import certified, in_english, names, soup, stars, words
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory
from tests.queries import assert_queries_stay_flat, counting
from tests.stalls.factories import StallFactory


def section(response, name):
    """Return the goods of one section of the page."""
    found = soup(response).select_one(f'section[aria-labelledby="{name}"]')
    return (
        [tag.get_text(strip=True) for tag in found.select(".product-card__name")] if found else []
    )


def in_season(name, **more):
    return ProductFactory(name=name, season_months=f"{clock.today().month}", **more)


def test_an_empty_floor_has_a_front_page_too(client):
    page = client.get("/")
    assert names(page) == []
    assert "0 sản phẩm đang bán có chứng nhận còn hiệu lực" in words(page)
    assert "Mới được chứng nhận" not in words(page)


def test_the_last_verified_come_first_and_only_eight(client):
    for number in range(9):
        product = ProductFactory(name=f"Hàng {number}")
        CertificateFactory(product=product, decided_at=clock.now() - timedelta(hours=number))
    assert section(client.get("/"), "newest") == [f"Hàng {number}" for number in range(8)]


@pytest.mark.parametrize(
    "product",
    [
        {"packs__stock": 0},
        {"status": ProductStatus.HIDDEN},
        {"stall": {"status": StallStatus.SUSPENDED}},
    ],
)
def test_what_cannot_be_bought_is_not_on_the_front_page(client, product):
    if "stall" in product:
        product = {"stall": StallFactory(**product["stall"])}
    certified("Mật ong", season_months=f"{clock.today().month}", **product)
    assert names(client.get("/")) == []


@pytest.mark.parametrize("trait", ["submitted", "returned", "refused", "revoked", "expired"])
def test_only_a_live_certificate_counts(client, trait):
    CertificateFactory(product=in_season("Mật ong"), **{trait: True})
    page = client.get("/")
    assert (section(page, "newest"), section(page, "season")) == ([], ["Mật ong"])
    assert stars(page) == []
    assert "0 sản phẩm đang bán có chứng nhận" in words(page)


def test_a_star_goes_out_the_day_after_its_certificate_ends(client):
    certified("Mật ong", stars=5, days=1)
    assert stars(client.get("/")) == ["5"]
    with time_machine.travel(clock.now() + timedelta(days=2)):
        page = client.get("/")
        assert (section(page, "newest"), stars(page)) == ([], [])


@pytest.mark.parametrize(
    ("months", "month", "is_in"),
    [("1", 1, True), ("1", 11, False), ("11,12", 1, False), ("2,12", 2, True), ("", 1, False)],
)
def test_goods_are_in_season_in_their_months(client, months, month, is_in):
    ProductFactory(name="Cam sành", season_months=months)
    with time_machine.travel(f"2027-{month:02}-15 09:00+07:00"):
        assert section(client.get("/"), "season") == ["Cam sành"] * is_in


def test_the_floor_is_counted(client):
    certified("Mật ong")
    ProductFactory()
    StallFactory(status=StallStatus.SUBMITTED)
    RecognitionEntryFactory()
    page = words(client.get("/"))
    assert "1 sản phẩm đang bán có chứng nhận còn hiệu lực" in page
    assert "2 gian hàng" in page
    assert "1 sản phẩm được công nhận" in page


def test_every_province_and_every_set_but_tourism_leads_to_its_goods(client):
    doors = [str(a["href"]) for a in soup(client.get("/")).select("a.pill")]
    assert len([href for href in doors if "tinh=" in href]) == 34
    assert len([href for href in doors if "nhom=" in href]) == 25
    assert all(client.get(href).status_code == 200 for href in (doors[0], doors[-1]))


def test_english_pages_speak_english(client):
    certified("Mật ong")
    page = words(in_english(client).get("/"))
    for said in ("Newly certified", "By province", "Every star you see here was checked"):
        assert said in page


def test_the_front_page_asks_no_more_as_the_floor_grows(client, db):
    CertificateFactory(product=in_season("Mật ong"))
    client.get("/")

    def more():
        for number in range(5):
            CertificateFactory(product=in_season(f"Trà {number}"))

    assert_queries_stay_flat(client, "/", more, db.engine)
    with counting(db.engine) as counted:
        client.get("/")
    assert len(counted) <= 8


def test_a_large_floor_remembers_for_a_minute_and_never_shows_what_was_hidden(client, monkeypatch):
    monkeypatch.setattr(home, "MANY", 0)
    product = in_season("Cam sành")
    assert section(client.get("/"), "season") == ["Cam sành"]
    in_season("Mận hậu")
    with transaction():
        database.session.get_one(Product, product.id).status = ProductStatus.HIDDEN
    assert section(client.get("/"), "season") == []
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        assert section(client.get("/"), "season") == ["Mận hậu"]
