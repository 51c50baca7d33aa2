"""A star cannot be carried to other goods: a certified name and set change only under two eyes."""

import pytest

from shop.catalogue.models import ProductStatus, StagedStatus
from tests.catalogue.cockpit import WORDS, again, as_manager, as_moderator
from tests.catalogue.factories import PictureFactory, ProductFactory
from tests.certification.factories import CertificateFactory

UNSEEN = [ProductStatus.DRAFT, ProductStatus.RETURNED, ProductStatus.SUBMITTED]


def edit(client, product, **changes):
    address = f"/quan-ly/{product.stall.slug}/hang/{product.id}"
    words = {**WORDS, "name": product.name, "product_set": str(product.product_set), **changes}
    return as_manager(client, product.stall).post(address, data=words)


@pytest.mark.parametrize("status", UNSEEN)
@pytest.mark.parametrize("claim", [{}, {"submitted": True}], ids=["verified", "waiting"])
@pytest.mark.parametrize("change", [{"name": "Mứt dâu Đà Lạt"}, {"product_set": "7"}])
def test_goods_that_no_moderator_watches_keep_their_certified_name(client, status, claim, change):
    product = ProductFactory(name="Mật ong bạc hà", status=status)
    CertificateFactory(product=product, **claim)
    response = edit(client, product, **change)
    assert response.status_code == 422
    assert "tạo sản phẩm mới" in response.text
    kept = again(product)
    assert (kept.name, kept.product_set) == ("Mật ong bạc hà", 4)


@pytest.mark.parametrize("trait", ["refused", "returned", "revoked", "expired"])
def test_a_certificate_that_shows_nothing_binds_nothing(client, trait):
    product = ProductFactory(name="Mật ong bạc hà", status=ProductStatus.DRAFT)
    CertificateFactory(product=product, **{trait: True})
    assert edit(client, product, name="Mứt dâu Đà Lạt").status_code == 303
    assert again(product).name == "Mứt dâu Đà Lạt"


def test_other_words_of_certified_goods_change_freely(client):
    product = ProductFactory(name="Mật ong bạc hà", status=ProductStatus.DRAFT)
    CertificateFactory(product=product)
    assert edit(client, product, summary="Vụ mới, thơm hơn.").status_code == 303
    assert again(product).summary == "Vụ mới, thơm hơn."


def test_a_new_name_is_not_accepted_while_a_certificate_of_the_old_one_waits(client, db):
    product = ProductFactory(
        name="Mật ong bạc hà",
        staged={"name": "Mứt dâu Đà Lạt"},
        staged_status=StagedStatus.SUBMITTED,
    )
    PictureFactory(product_id=product.id)
    CertificateFactory(product=product, submitted=True)
    as_moderator(client)
    decision = {"version": str(product.version), "decision": "nhan"}
    response = client.post(f"/tham-dinh/san-pham/{product.id}", data=decision)
    assert response.status_code == 409
    assert again(product).name == "Mật ong bạc hà"
