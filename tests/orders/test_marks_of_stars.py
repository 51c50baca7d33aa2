"""An order keeps the star of its day, and says when its certificate was revoked afterwards."""

import pytest

from shop.certification.operations import restore_certificate, revoke_certificate
from shop.certification.reasons import RevocationReason
from shop.core import clock
from tests.accounts.factories import UserFactory, floor_moderator, sign_in
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory, revoking
from tests.orders.factories import PlacedOrderFactory, first_sku, parts_of
from tests.queries import counting
from tests.stalls.factories import manager_of


@pytest.fixture
def sold(app):
    """Return an order of certified goods, its buyer, the certificate, and who revoked that."""
    product = ProductFactory(name="Chè Shan tuyết")
    certificate = CertificateFactory(product=product)
    buyer, stall = UserFactory(), product.stall
    order = PlacedOrderFactory(buyer=buyer, skus=[(first_sku(product), 1)])
    moderator = floor_moderator()
    told = {"reason": RevocationReason.LAW, "words": "Vi phạm nhãn", "paper": revoking()}
    revoke_certificate(moderator, certificate.id, **told)
    return (order, buyer, stall), certificate, moderator


def pages_of(client, sale) -> list[str]:
    order, buyer, stall = sale
    part = parts_of(order)[0]
    sign_in(client, buyer)
    shown = [client.get(f"/don-hang/{order.code}{more}").text for more in ("", "/in")]
    at = f"/quan-ly/{stall.slug}/don/{part.code}"
    manager = sign_in(client, manager_of(stall))
    return [*shown, *(manager.get(f"{at}{more}").text for more in ("", "/phieu"))]


def test_all_pages_of_an_order_mark_a_later_revocation(client, sold):
    sale, certificate, _moderator = sold
    for page in pages_of(client, sale):
        assert f"đã bị thu hồi ngày {clock.today():%d/%m/%Y}" in page
        assert certificate.product_code in page
        assert "4 sao" in page


def test_a_revocation_taken_back_leaves_no_mark(client, sold):
    sale, certificate, moderator = sold
    restore_certificate(moderator, certificate.id, words="Quyết định đã bị hủy")
    assert not any("đã bị thu hồi" in page for page in pages_of(client, sale))


def order_of(buyer, lines) -> str:
    skus = []
    for _ in range(lines):
        product = ProductFactory()
        CertificateFactory(product=product)
        skus.append((first_sku(product), 1))
    return f"/don-hang/{PlacedOrderFactory(buyer=buyer, skus=skus).code}/in"


def test_the_mark_costs_one_question_however_many_goods(client, db):
    buyer = UserFactory()
    small, large = order_of(buyer, 1), order_of(buyer, 6)
    sign_in(client, buyer)
    asked = []
    for path in (small, small, large):
        with counting(db.engine) as counted:
            assert client.get(path).status_code == 200
        asked.append(sum("product_code" in line for line in counted.statements))
    assert asked == [1, 1, 1]
