"""The buyer's pages: own orders, an order, cancelling a part, confirming receipt, a copy."""

import pytest
from bs4 import BeautifulSoup

from shop.catalogue.models import Product, ProductStatus
from shop.certification.models import CertificateStatus
from shop.core.db import change
from shop.core.errors import WrongState
from shop.orders.models import StallOrderStatus as S
from shop.orders.operations import Step, advance
from shop.orders.transitions import Action, Side
from tests.accounts.factories import UserFactory, sign_in
from tests.catalogue.factories import ProductFactory, SkuFactory
from tests.certification.factories import CertificateFactory
from tests.orders.factories import (
    PlacedOrderFactory,
    buyer_of,
    first_sku,
    line_of,
    part_of,
    parts_of,
)
from tests.queries import assert_queries_stay_flat


def two_stalls(**kwargs):
    """Return an order of two stalls."""
    skus = [(first_sku(ProductFactory()), 2), (first_sku(ProductFactory()), 1)]
    return PlacedOrderFactory(skus=skus, **kwargs)


def test_shows_each_stalls_part_with_its_sums(client):
    order = two_stalls()
    text = sign_in(client, buyer_of(order)).get(f"/don-hang/{order.code}").text
    for part in parts_of(order):
        assert part.stall_name in text
        assert part.code in text
    assert "520.000\xa0₫" in text
    assert "12 ngõ 5 phố Chợ, Phường Ba Đình, Hà Nội" in text


def test_lists_own_orders_the_newest_first(client):
    buyer = UserFactory()
    first, second = PlacedOrderFactory(buyer=buyer), PlacedOrderFactory(buyer=buyer)
    other = PlacedOrderFactory()
    text = sign_in(client, buyer).get("/don-hang").text
    assert text.index(second.code) < text.index(first.code)
    assert f"/don-hang/{other.code}" not in text


def test_says_so_when_there_is_no_order_yet(client, app):
    text = sign_in(client, UserFactory()).get("/don-hang").text
    assert "Bạn chưa đặt gì" in text


def test_lists_twenty_orders_a_page(client):
    buyer, sku = UserFactory(), first_sku(ProductFactory(packs__stock=50))
    orders = [PlacedOrderFactory(buyer=buyer, skus=[(sku, 1)]) for _ in range(21)]
    sign_in(client, buyer)
    assert orders[0].code not in client.get("/don-hang").text
    assert f"/don-hang/{orders[0].code}" in client.get("/don-hang?trang=2").text


def test_asks_no_more_of_the_database_for_more_orders(client, db):
    buyer, product = UserFactory(), ProductFactory(packs__stock=50)
    skus = [(first_sku(product), 1), (SkuFactory(product=product), 1)]
    PlacedOrderFactory(buyer=buyer, skus=skus)
    sign_in(client, buyer)

    def add():
        PlacedOrderFactory(buyer=buyer, skus=skus)

    assert_queries_stay_flat(client, "/don-hang", add, db.engine)


@pytest.mark.parametrize("page", ["", "/in", "/1/huy"])
def test_somebody_elses_order_is_not_found(client, page):
    order = PlacedOrderFactory()
    sign_in(client, UserFactory())
    assert client.get(f"/don-hang/{order.code}{page}").status_code == 404


@pytest.mark.parametrize("deed", ["huy", "da-nhan"])
def test_somebody_elses_order_cannot_be_moved(client, db, deed):
    order = PlacedOrderFactory(status=S.CONFIRMED)
    sign_in(client, UserFactory())
    data = {"reason_code": "changed_mind"}
    assert client.post(f"/don-hang/{order.code}/1/{deed}", data=data).status_code == 404
    assert part_of(order).status == S.CONFIRMED


def test_a_part_of_another_number_is_not_found(client):
    order = PlacedOrderFactory()
    sign_in(client, buyer_of(order))
    assert client.get(f"/don-hang/{order.code}/2/huy").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client):
    order = PlacedOrderFactory()
    response = client.get(f"/don-hang/{order.code}")
    assert response.status_code == 303
    assert "/dang-nhap" in response.location


def test_cancels_one_part_and_leaves_the_other(client, db):
    order = two_stalls()
    sign_in(client, buyer_of(order))
    address = f"/don-hang/{order.code}/2/huy"
    assert "Vì sao?" in client.get(address).text
    data = {"reason_code": "other", "reason": "Mua nhầm loại hũ to"}
    response = client.post(address, data=data, follow_redirects=True)
    assert response.request.path == f"/don-hang/{order.code}"
    assert "Lý do: Mua nhầm loại hũ to" in response.text
    assert [part.status for part in parts_of(order)] == [S.PLACED, S.CANCELLED]
    assert "Không tính phần đã huỷ: 335.000\xa0₫" in response.text


def test_a_reason_has_to_be_given(client):
    order = PlacedOrderFactory()
    sign_in(client, buyer_of(order))
    response = client.post(f"/don-hang/{order.code}/1/huy", data={"reason": "Vì tôi thích"})
    assert response.status_code == 422
    assert "Vì tôi thích" in response.text
    assert part_of(order).status == S.PLACED


def test_another_reason_needs_words(client):
    order = PlacedOrderFactory()
    sign_in(client, buyer_of(order))
    response = client.post(f"/don-hang/{order.code}/1/huy", data={"reason_code": "other"})
    assert response.status_code == 422
    assert "Xin cho biết lý do." in response.text


def test_a_stalls_reason_is_not_the_buyers(client):
    order = PlacedOrderFactory()
    sign_in(client, buyer_of(order))
    response = client.post(f"/don-hang/{order.code}/1/huy", data={"reason_code": "sold_out"})
    assert response.status_code == 422


def test_what_is_packed_can_no_longer_be_cancelled(client):
    order = PlacedOrderFactory(status=S.PACKED)
    browser = sign_in(client, buyer_of(order))
    assert "/1/huy" not in browser.get(f"/don-hang/{order.code}").text
    response = client.post(f"/don-hang/{order.code}/1/huy", data={"reason_code": "too_slow"})
    assert response.status_code == 409
    assert "đang ở bước “Đã đóng gói”" in response.text
    assert part_of(order).status == S.PACKED


def test_confirms_the_receipt(client):
    order = PlacedOrderFactory(status=S.SHIPPED)
    sign_in(client, buyer_of(order))
    response = client.post(f"/don-hang/{order.code}/1/da-nhan", follow_redirects=True)
    assert "Cảm ơn bạn" in response.text
    assert part_of(order).status == S.COMPLETED


def test_tells_what_happened_and_what_comes(client):
    order = PlacedOrderFactory(status=S.SHIPPED)
    text = sign_in(client, buyer_of(order)).get(f"/don-hang/{order.code}").text
    said = ["Đã đặt hàng", "Gian hàng đã xác nhận", "Đã đóng gói", "Mã vận đơn: DV-0042"]
    said += ["Người mua xác nhận đã nhận hàng"]
    places = [text.index(words) for words in said]
    assert places == sorted(places)
    assert "Vừ Thị Mẫu" not in text


def test_shows_what_was_sold_even_after_the_listing_changed(client, db):
    product = ProductFactory(name="Mật ong cũ")
    certificate = CertificateFactory(product=product)
    order = PlacedOrderFactory(skus=[(first_sku(product), 1)])
    product.name = "Mật ong mới"
    certificate.status = CertificateStatus.REVOKED
    certificate.reason = "Cơ sở đã ngừng sản xuất."
    text = sign_in(client, buyer_of(order)).get(f"/don-hang/{order.code}").text
    assert "Mật ong cũ" in text
    assert "Mật ong mới" not in text
    assert "Lúc mua: OCOP 4 sao" in text
    assert 'class="seal' not in text


def test_prints_a_copy(client):
    order = two_stalls()
    text = sign_in(client, buyer_of(order)).get(f"/don-hang/{order.code}/in").text
    assert line_of(order).product_name in text
    assert "Trả tiền khi nhận hàng" in text


def test_the_account_leads_to_the_orders(client, app):
    page = BeautifulSoup(sign_in(client, UserFactory()).get("/tai-khoan").text, "html.parser")
    [link] = page.select('main a[href="/don-hang"]')
    assert link.get_text(strip=True) == "Đơn của tôi"


def test_a_stall_cannot_confirm_the_receipt_for_the_buyer(app):
    part = part_of(PlacedOrderFactory(status=S.DELIVERED))
    with pytest.raises(WrongState):
        advance(part.id, Step(Side.STALL, Action.RECEIVE))


def test_links_to_goods_only_while_they_can_be_bought(client, db):
    order = PlacedOrderFactory()
    line = line_of(order)
    sign_in(client, buyer_of(order))
    address = f'href="/san-pham/{line.product_slug}"'
    assert address in client.get(f"/don-hang/{order.code}").text
    change(db.update(Product).values(status=ProductStatus.HIDDEN))
    text = client.get(f"/don-hang/{order.code}").text
    assert address not in text
    assert line.product_name in text
