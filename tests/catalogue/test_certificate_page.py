"""The public page of a certificate: what was decided, whether it holds today, its history."""

from datetime import timedelta

import pytest
import time_machine

from shop.catalogue.models import ProductStatus
from shop.core import clock
from tests.catalogue.factories import ProductFactory
from tests.catalogue.shelves import in_english, soup, stars, words
from tests.certification.factories import CertificateFactory
from tests.queries import assert_queries_stay_flat

OUT_OF_FORCE = "sàn không hiện sao của nó ở bất cứ đâu"


def page_of(client, certificate):
    return client.get(f"/chung-nhan/{certificate.product_code}")


def test_a_live_one_shows_its_seal_and_all_that_was_decided(client):
    certificate = CertificateFactory(stars=5, score_hundredths=9250)
    page = page_of(client, certificate)
    assert stars(page) == ["5"]
    for told in (
        "Còn hiệu lực",
        certificate.product_code,
        certificate.decision_number,
        certificate.issuer,
        certificate.holder,
        "92,5",
        f"{certificate.expires_on:%d/%m/%Y}",
        "Chỉ có bản quét, chưa đối chiếu danh mục",
    ):
        assert told in words(page)
    assert OUT_OF_FORCE not in words(page)


def test_the_scan_is_not_public(client):
    page = page_of(client, CertificateFactory())
    assert "Bản quét chỉ dành cho cán bộ thẩm định, không công khai." in words(page)
    assert not soup(page).select("main img:not(.code-tools__qr), main embed, main iframe")


@pytest.mark.parametrize(("trait", "told"), [("expired", "Đã hết hạn"), ("revoked", "Đã thu hồi")])
def test_one_out_of_force_says_so_and_shows_no_seal(client, trait, told):
    page = page_of(client, CertificateFactory(**{trait: True}))
    assert stars(page) == []
    assert told in words(page)
    assert OUT_OF_FORCE in words(page)


def test_it_goes_out_of_force_the_day_after_its_last(client):
    certificate = CertificateFactory(expires_on=clock.today() + timedelta(days=1))
    for days, expected in ((1, ["4"]), (2, [])):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            page = page_of(client, certificate)
            assert stars(page) == expected
            assert (OUT_OF_FORCE in words(page)) == (not expected)


@pytest.mark.parametrize("trait", ["submitted", "returned", "refused"])
def test_what_was_never_verified_has_no_page(client, trait):
    assert page_of(client, CertificateFactory(**{trait: True})).status_code == 404


def test_an_unknown_code_has_no_page(client):
    assert client.get("/chung-nhan/00-00000-000-2000").status_code == 404


def test_it_leads_to_goods_on_sale_alone(client):
    sold, hidden = ProductFactory(), ProductFactory(status=ProductStatus.HIDDEN)
    for product, is_sold in ((sold, True), (hidden, False)):
        page = soup(page_of(client, CertificateFactory(product=product)))
        assert bool(page.select_one(f'a[href="/san-pham/{product.slug}"]')) == is_sold


def test_earlier_certificates_of_the_product_are_told_in_words_without_a_seal(client):
    product = ProductFactory()
    old = CertificateFactory(product=product, replaced=True, stars=3)
    page = page_of(client, CertificateFactory(product=product, stars=4))
    assert stars(page) == ["4"]
    assert soup(page).select_one(f'a[href="/chung-nhan/{old.product_code}"]')
    assert f"{old.product_code} · 3 sao" in words(page)


def test_english_pages_speak_english(client):
    page = words(page_of(in_english(client), CertificateFactory()))
    for told in ("In force", "Product code", "The scan is kept for moderators"):
        assert told in page


def test_the_page_asks_no_more_as_the_history_grows(client, db):
    product = ProductFactory()
    certificate = CertificateFactory(product=product)
    path = f"/chung-nhan/{certificate.product_code}"
    CertificateFactory(product=product, replaced=True)
    client.get(path)

    def more():
        for _ in range(4):
            CertificateFactory(product=product, replaced=True)

    assert_queries_stay_flat(client, path, more, db.engine)
