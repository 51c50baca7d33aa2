"""The page of a product: packs, prices, stock in words, the maker, and the star of today."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from shop.catalogue.models import ProductStatus, Sku, Unit
from shop.certification.models import Certificate
from shop.certification.operations import revoke_certificate
from shop.certification.reasons import RevocationReason
from shop.core import clock
from shop.core.db import db as database
from shop.stalls.models import StallStatus
from tests.accounts.factories import floor_moderator
from tests.catalogue.factories import PictureFactory, ProductFactory, SkuFactory
from tests.catalogue.shelves import certified, in_english, soup, stars, words
from tests.certification.factories import CertificateFactory, revoking
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import StallFactory


def said(client, product, query=""):
    """Return what the page of a product says, no-break spaces as plain ones."""
    page = words(client.get(f"/san-pham/{product.slug}{query}"))
    return page.replace("\u00a0", " ")


def test_it_tells_what_the_label_and_the_maker_say(client):
    product = ProductFactory(
        name="Mật ong bạc hà",
        season_months="10,11,12",
        stall__name="HTX mẫu Cao Nguyên",
    )
    page = said(client, product)
    for told in (
        "Mật ong bạc hà",
        "150.000 ₫",
        "300.000 ₫/kg",
        "Còn 20",
        "Ong lấy mật trên đá",
        "100 % mật ong bạc hà",
        "24 tháng kể từ ngày đóng chai",
        "Nơi khô mát, tránh nắng",
        "HTX mẫu Cao Nguyên",
        "Mười hộ cùng nuôi ong",
        "Đồng Văn",
    ):
        assert told in page


@pytest.mark.parametrize(
    ("pieces", "told"), [(0, "Tạm hết hàng"), (1, "Còn 1"), (20, "Còn 20"), (21, "Còn hàng")]
)
def test_stock_is_told_in_words(client, pieces, told):
    product = ProductFactory(packs__stock=pieces)
    assert told in said(client, product)
    button = soup(client.get(f"/san-pham/{product.slug}")).select_one(".buy__form .button")
    assert button is not None
    assert button.has_attr("disabled") == (pieces == 0)


@pytest.mark.parametrize(
    ("unit", "told"), [(Unit.GRAM, "₫/kg"), (Unit.MILLILITRE, "₫/lít"), (Unit.PIECE, None)]
)
def test_a_unit_price_is_told_by_kilogram_or_litre_alone(client, unit, told):
    product = ProductFactory(packs__unit=unit)
    found = soup(client.get(f"/san-pham/{product.slug}")).select(".price__unit")
    assert [tag.get_text().endswith(told or "?") for tag in found] == ([True] if told else [])


@pytest.fixture
def packs(app):
    product = ProductFactory(packs=0)
    SkuFactory(product=product, code="HET", label="Hũ 250 g", net_quantity=250, stock=0)
    SkuFactory(product=product, code="CON", label="Hũ 1 kg", net_quantity=1000, price_vnd=280_000)
    SkuFactory(product=product, code="BO", label="Hũ thôi bán", is_active=False)
    return product


@pytest.mark.parametrize(
    ("query", "chosen"),
    [("", "Hũ 1 kg"), ("?quy-cach=HET", "Hũ 250 g"), ("?quy-cach=BO", "Hũ 1 kg")],
)
def test_a_pack_is_chosen_by_the_address_else_the_first_in_stock(client, packs, query, chosen):
    response = client.get(f"/san-pham/{packs.slug}{query}")
    page = soup(response)
    cards = {card.get_text(" ", strip=True): card for card in page.select(".choice-card")}
    ticked = [text for text, card in cards.items() if card.select_one("input[checked]")]
    assert [text.startswith(chosen) for text in ticked] == [True]
    assert "Hũ thôi bán" not in words(response)


@pytest.mark.parametrize("status", sorted(set(ProductStatus) - {ProductStatus.PUBLISHED}))
def test_goods_not_on_sale_have_no_page(client, status):
    product = ProductFactory(status=status)
    assert client.get(f"/san-pham/{product.slug}").status_code == 404


@pytest.mark.parametrize("status", sorted(set(StallStatus) - {StallStatus.ACTIVE}))
def test_goods_of_a_shut_stall_have_no_page(client, status):
    product = certified("Mật ong", stall=StallFactory(status=status))
    assert client.get(f"/san-pham/{product.slug}").status_code == 404


def test_an_unknown_address_has_no_page(client):
    assert client.get("/san-pham/khong-co-gi").status_code == 404


def test_a_live_certificate_shows_its_seal_and_where_it_comes_from(client):
    product = certified("Mật ong", stars=4)
    certificate = database.session.scalars(select(Certificate)).one()
    page = client.get(f"/san-pham/{product.slug}")
    assert stars(page) == ["4", "4"]
    for told in (certificate.product_code, certificate.decision_number, certificate.issuer):
        assert told in words(page)
    assert f"{certificate.expires_on:%d/%m/%Y}" in words(page)
    assert soup(page).select_one(f'a[href="/chung-nhan/{certificate.product_code}"]')


@pytest.mark.parametrize("trait", ["submitted", "returned", "refused", "revoked", "expired"])
def test_no_other_certificate_leaves_a_trace(client, trait):
    product = ProductFactory(name="Mật ong")
    CertificateFactory(product=product, **{trait: True})
    page = client.get(f"/san-pham/{product.slug}")
    main = soup(page).select_one("main")
    assert main is not None
    assert (stars(page), "OCOP" in main.get_text()) == ([], False)
    assert not main.select(".certificate-card, .seal, .seal-link")


def test_a_star_goes_out_the_day_after_its_certificate_ends(client):
    product = certified("Mật ong", days=1)
    for days, expected in ((1, ["4", "4"]), (2, [])):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            assert stars(client.get(f"/san-pham/{product.slug}")) == expected


def test_a_star_goes_out_with_its_revocation_everywhere(client):
    stall = StallFactory(name="HTX mẫu")
    product = certified("Mật ong", stall=stall)
    certificate = database.session.scalars(select(Certificate)).one()
    sku = database.session.scalars(select(Sku)).one()
    client.post("/gio-hang/them", data={"sku_id": sku.id, "quantity": 1})
    paths = ("/", "/san-pham", f"/san-pham/{product.slug}", "/gian-hang/htx-mau")
    everywhere = (*paths, "/gio-hang", f"/chung-nhan/{certificate.product_code}")
    assert all(stars(client.get(path)) for path in everywhere)
    reason = RevocationReason.MARK
    told = {"reason": reason, "words": "Dùng sai sao.", "paper": revoking()}
    revoke_certificate(floor_moderator(), certificate.id, **told)
    assert [stars(client.get(path)) for path in everywhere] == [[]] * 6


def test_a_star_goes_out_of_the_cart_the_day_after(client):
    certified("Mật ong", days=1)
    sku = database.session.scalars(select(Sku)).one()
    client.post("/gio-hang/them", data={"sku_id": sku.id, "quantity": 1})
    assert stars(client.get("/gio-hang")) == ["4"]
    with time_machine.travel(clock.now() + timedelta(days=2)):
        page = client.get("/gio-hang")
        assert ("Mật ong" in words(page), stars(page)) == (True, [])


def test_english_pages_speak_english(client):
    product = certified("Mật ong", packs__stock=3)
    page = words(in_english(client).get(f"/san-pham/{product.slug}"))
    for told in ("OCOP 4 stars, in force", "3 left", "On the label", "Add to cart"):
        assert told in page


def test_the_page_asks_no_more_as_its_product_grows(client, db):
    product = certified("Mật ong")
    path = f"/san-pham/{product.slug}"
    client.get(path)

    def more():
        SkuFactory.create_batch(4, product=product)
        for position in range(4):
            PictureFactory(product_id=product.id, position=position)

    assert_queries_stay_flat(client, path, more, db.engine)
