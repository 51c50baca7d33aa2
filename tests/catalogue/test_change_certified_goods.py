"""A change of certified goods: the stars stay as they are, and only two eyes let them go on."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from shop.catalogue.models import ProductStatus, StagedStatus
from shop.certification.models import Certificate, CertificateStatus
from shop.certification.queries import certificate_by_code, certificate_for
from shop.core.db import db as database
from tests.catalogue.cockpit import PACK, WORDS, again, as_manager, as_moderator
from tests.catalogue.factories import PictureFactory, ProductFactory
from tests.catalogue.shelves import names, stars
from tests.certification.factories import CertificateFactory
from tests.orders.factories import first_sku

SEEN = [ProductStatus.PUBLISHED, ProductStatus.HIDDEN]


def certified_goods(status=ProductStatus.PUBLISHED, **claim):
    product = ProductFactory(name="Mật ong bạc hà", status=status)
    PictureFactory(product_id=product.id)
    CertificateFactory(product=product, **claim)
    return product


def edit(client, product, **changes):
    address = f"/quan-ly/{product.stall.slug}/hang/{product.id}"
    words = {**WORDS, "name": product.name, "product_set": str(product.product_set), **changes}
    return as_manager(client, product.stall).post(address, data=words)


def accept(client, product, **more):
    decision = {"version": str(again(product).version), "decision": "nhan", **more}
    return as_moderator(client).post(f"/tham-dinh/san-pham/{product.id}", data=decision)


@pytest.mark.parametrize("status", SEEN)
@pytest.mark.parametrize("change", [{"name": "Mứt dâu"}, {"product_set": "7"}], ids=["name", "set"])
def test_a_new_name_or_set_waits_and_the_stars_stay_with_the_old(client, status, change):
    product = certified_goods(status)
    assert edit(client, product, **change).status_code == 303
    kept = again(product)
    assert (kept.name, kept.product_set) == ("Mật ong bạc hà", product.product_set)
    assert kept.staged_status == StagedStatus.SUBMITTED
    assert certificate_for(product.id)


@pytest.mark.parametrize("status", SEEN)
def test_new_pictures_wait_and_the_stars_stay_with_the_old(client, status):
    product = certified_goods(status)
    out = io.BytesIO()
    Image.new("RGB", (900, 900), "green").save(out, "JPEG")
    files = {"pictures": (io.BytesIO(out.getvalue()), "moi.jpg")}
    address = f"/quan-ly/{product.stall.slug}/hang/{product.id}/anh"
    assert as_manager(client, product.stall).post(address, data=files).status_code == 303
    kept = again(product)
    assert (len(kept.pictures), kept.staged_status) == (1, StagedStatus.SUBMITTED)
    assert accept(client, product).status_code == 303
    assert len(again(product).pictures) == 2
    assert certificate_for(product.id)


def test_accepted_without_a_word_on_the_certificate_the_stars_are_withheld(client):
    product = certified_goods()
    edit(client, product, name="Mứt dâu")
    assert accept(client, product).status_code == 303
    assert again(product).name == "Mứt dâu"
    assert certificate_for(product.id) is None
    page = client.get("/san-pham")
    assert (names(page), stars(page)) == (["Mứt dâu"], [])
    found = claim_of(product)
    assert (found.status, found.reason) == (
        CertificateStatus.WITHHELD, "Mật ong bạc hà → Mứt dâu",
    )  # fmt: skip


def claim_of(product) -> Certificate:
    wanted = select(Certificate).where(Certificate.product_id == product.id)
    return database.session.scalars(wanted.execution_options(populate_existing=True)).one()


def test_accepted_as_covered_the_stars_go_on_and_the_history_says_so(client):
    product = certified_goods()
    edit(client, product, name="Mật ong hoa bạc hà")
    page = as_moderator(client).get(f"/tham-dinh/san-pham/{product.id}").text
    assert "Giấy chứng nhận vẫn đúng với tên và nhóm sản phẩm mới" in page
    assert accept(client, product, is_covered="y").status_code == 303
    certificate = certificate_for(product.id)
    event = certificate_by_code(certificate.product_code).events[-1]
    assert event.text == "Mật ong bạc hà → Mật ong hoa bạc hà"


def test_other_words_ask_nothing_of_the_certificate(client):
    product = certified_goods()
    edit(client, product, summary="Vụ mới")
    page = as_moderator(client).get(f"/tham-dinh/san-pham/{product.id}").text
    assert "is_covered" not in page
    assert accept(client, product).status_code == 303
    assert certificate_for(product.id)


def test_goods_hidden_and_shown_again_come_back_as_a_moderator_saw_them(client):
    product = certified_goods(ProductStatus.HIDDEN)
    stall = product.stall
    edit(client, product, name="Mứt dâu")
    address = f"/quan-ly/{stall.slug}/hang/{product.id}/hien"
    assert as_manager(client, stall).post(address).status_code == 303
    page = client.get("/san-pham")
    assert (names(page), stars(page)) == (["Mật ong bạc hà"], ["4"])


def test_price_and_stock_flow_freely(client):
    product = certified_goods()
    number = first_sku(product).id
    packs = f"/quan-ly/{product.stall.slug}/hang/{product.id}/quy-cach/{number}"
    data = {**PACK, "price_vnd": "99.000"}
    assert as_manager(client, product.stall).post(packs, data=data).status_code == 303
    assert first_sku(product).price_vnd == 99_000
    assert again(product).staged_status is None
    assert stars(client.get("/san-pham")) == ["4"]


def test_no_grace_revives_stars_for_goods_that_changed_after_the_expiry(client):
    product = certified_goods(ProductStatus.DRAFT, expired=True)
    assert edit(client, product, name="Mứt dâu Đà Lạt").status_code == 303
    assert claim_of(product).status == CertificateStatus.WITHHELD
