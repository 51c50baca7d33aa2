"""The public registry: real goods as the lists write them, no seal of their own, no price."""

from datetime import timedelta

import pytest
import time_machine

from shop.catalogue.models import ProductStatus
from shop.core import clock
from shop.stalls.models import StallStatus
from tests.catalogue.factories import ProductFactory
from tests.catalogue.shelves import in_english, soup, stars, words
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory
from tests.queries import assert_queries_stay_flat, counting
from tests.stalls.factories import StallFactory

LIST = "/danh-muc-ocop"


def found(response):
    return [tag.get_text(strip=True) for tag in soup(response).select(".registry-card__name")]


@pytest.fixture
def rows(app):
    tuyen_quang = {"old_province": "Hà Giang", "province_code": "08"}
    RecognitionEntryFactory(product_name="Mật ong bạc hà", stars=5, **tuyen_quang)
    RecognitionEntryFactory(product_name="Chè Shan tuyết", stars=4, **tuyen_quang)
    RecognitionEntryFactory(
        product_name="Cốm", stars=None, old_province="Hà Nội", province_code="01"
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Chè Shan tuyết", "Cốm", "Mật ong bạc hà"]),
        ({"q": "mat ong"}, ["Mật ong bạc hà"]),
        ({"q": "HÀ GIANG"}, ["Chè Shan tuyết", "Mật ong bạc hà"]),
        ({"q": "xe máy"}, []),
        ({"q": "%"}, []),
        ({"sao": "4"}, ["Chè Shan tuyết"]),
        ({"tinh": "01"}, ["Cốm"]),
        ({"tinh": "08", "sao": "5", "q": "ong"}, ["Mật ong bạc hà"]),
        ({"sao": "9", "trang": "x"}, ["Chè Shan tuyết", "Cốm", "Mật ong bạc hà"]),
        ({"tinh": "không có"}, []),
    ],
)
def test_the_list_is_searched_and_narrowed(client, rows, query, expected):
    response = client.get(LIST, query_string=query)
    assert found(response) == expected
    assert f"{len(expected)} sản phẩm" in words(response)
    assert ("Không có sản phẩm nào như vậy trong danh mục" in words(response)) == (not expected)


def test_what_was_typed_stands_in_the_form(client, rows):
    page = soup(client.get(f"{LIST}?q=mat+ong&sao=5&tinh=08"))
    form = page.select_one("form.registry-search")
    assert form is not None
    assert form.select_one("[name=q]")["value"] == "mat ong"
    ticked = [tag["value"] for tag in form.select("option[selected]")]
    assert ticked == ["5", "08"]


@pytest.mark.parametrize(
    ("decided", "told"),
    [
        (None, "chưa rõ thời hạn"),
        ("2020-03-15", "đã quá hạn"),
        ("2023-11-21", "đã quá hạn"),
        ("2023-11-22", "theo quyết định đến 22/11/2026"),
    ],
)
def test_a_row_says_what_is_known_of_its_term_and_shows_no_seal(client, decided, told):
    with time_machine.travel("2026-11-22 09:00+07:00"):
        day = clock.today().fromisoformat(decided) if decided else None
        entry = RecognitionEntryFactory(product_name="Mật ong", decided_on=day, stars=5)
        for path in (LIST, f"{LIST}/{entry.slug}"):
            page = client.get(path)
            assert told in words(page)
            assert stars(page) == []


def test_missing_stars_are_kept_as_missing(client):
    entry = RecognitionEntryFactory(product_name="Cốm", stars=None)
    card = soup(client.get(LIST)).select_one(".registry-card")
    assert card is not None
    assert "sao" not in card.get_text()
    assert "Số sao trong danh sách không ghi" in words(client.get(f"{LIST}/{entry.slug}"))


def test_a_row_nobody_sells_invites_its_holder(client):
    entry = RecognitionEntryFactory(product_name="Cốm", producer="HTX Cốm")
    page = client.get(f"{LIST}/{entry.slug}")
    assert "Chưa bán ở đây" in words(page)
    assert "mở gian hàng" in words(page).lower()
    assert soup(page).select_one('main a[href="/mo-gian-hang"]')
    assert "₫" not in soup(page).select_one("main").get_text()
    assert "Chưa bán ở đây" in words(client.get(LIST))


def test_a_row_with_a_live_certificate_shows_the_seal_and_leads_to_the_goods(client):
    entry = RecognitionEntryFactory(product_name="Mật ong", stars=3)
    product = ProductFactory(name="Mật ong")
    CertificateFactory(product=product, entry_id=entry.id, stars=4)
    for path in (LIST, f"{LIST}/{entry.slug}"):
        page = client.get(path)
        assert stars(page) == ["4"]
        assert soup(page).select_one(f'main a[href="/san-pham/{product.slug}"]')
        assert "Chưa bán ở đây" not in words(page)


def test_the_seal_goes_out_the_day_after_the_certificate_ends(client):
    entry = RecognitionEntryFactory(stars=4)
    ends = clock.today() + timedelta(days=1)
    CertificateFactory(entry_id=entry.id, expires_on=ends)
    with time_machine.travel(clock.now() + timedelta(days=2)):
        for path in (LIST, f"{LIST}/{entry.slug}"):
            assert stars(client.get(path)) == []


@pytest.mark.parametrize(
    "gone",
    [{"status": ProductStatus.HIDDEN}, {"stall": {"status": StallStatus.SUSPENDED}}],
)
def test_certified_goods_that_are_not_on_sale_are_not_offered(client, gone):
    if "stall" in gone:
        gone = {"stall": StallFactory(**gone["stall"])}
    entry = RecognitionEntryFactory()
    CertificateFactory(product=ProductFactory(**gone), entry_id=entry.id)
    page = client.get(f"{LIST}/{entry.slug}")
    assert "Chưa bán ở đây" in words(page)
    assert "/san-pham/" not in page.text


def test_an_unknown_row_has_no_page(client):
    assert client.get(f"{LIST}/khong-co").status_code == 404


def test_pages_follow_each_other(client):
    for number in range(31):
        RecognitionEntryFactory(product_name=f"Cam {number:02}")
    assert len(found(client.get(LIST))) == 30
    assert found(client.get(f"{LIST}?trang=2")) == ["Cam 30"]
    assert found(client.get(f"{LIST}?trang=77")) == ["Cam 30"]


def test_english_pages_speak_english(client):
    entry = RecognitionEntryFactory(decided_on=None)
    page = words(in_english(client).get(f"{LIST}/{entry.slug}"))
    assert "validity unknown" in page
    assert "Not sold here yet" in page


def test_the_list_asks_no_more_as_it_grows(client, db):
    def more():
        for _ in range(5):
            entry = RecognitionEntryFactory()
            CertificateFactory(entry_id=entry.id)

    more()
    client.get(LIST)
    assert_queries_stay_flat(client, LIST, more, db.engine)
    with counting(db.engine) as counted:
        client.get(LIST)
    assert len(counted) <= 6
