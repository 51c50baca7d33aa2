"""Two stalls fulfil their parts of one order; buyer and stalls read the same timeline."""

from typing import NamedTuple

import pytest

from shop.accounts.models import User
from shop.catalogue.models import Sku
from shop.orders.models import Order
from tests.accounts.factories import UserFactory
from tests.catalogue.factories import ProductFactory
from tests.journeys.conftest import DESK
from tests.orders.factories import PlacedOrderFactory, first_sku, parts_of
from tests.stalls.factories import StallFactory, manager_of

LONG_WAY = ("Đã đặt hàng", "Gian hàng đã xác nhận", "Xe khách Đồng Văn", "DV-0042")


class Trade(NamedTuple):
    """An order of honey and rice, two of each, of two stalls; and who sells the honey."""

    order: Order
    page: str
    buyer: User
    manager: User
    cockpit: str
    part: str

    def statuses(self) -> list[str]:
        """Return how far each stall's part is."""
        return [each.status.value for each in parts_of(self.order)]


@pytest.fixture
def trade(app):
    """Have the order placed."""
    makers = [StallFactory(name=name) for name in ("HTX mẫu Cao Nguyên", "HTX mẫu Ruộng Bậc")]
    names = ("Mật ong bạc hà", "Gạo nếp nương")
    goods = [ProductFactory(name=n, stall=s) for n, s in zip(names, makers, strict=True)]
    buyer, cockpit = UserFactory(name="Lò Thị Lan"), f"/quan-ly/{makers[0].slug}"
    order = PlacedOrderFactory(buyer=buyer, skus=[(first_sku(each), 2) for each in goods])
    page, part = f"/don-hang/{order.code}", parts_of(order)[0].code
    return Trade(order, page, buyer, manager_of(makers[0]), cockpit, part)


def test_a_stall_sends_its_part_and_the_buyer_confirms_the_receipt(new_visitor, live, trade):
    mau = new_visitor().sign_in(trade.manager, f"{trade.cockpit}/")
    mau.go(f"{trade.cockpit}/don").press(f"Mở {trade.part}").press("Xác nhận đơn")
    mau.press("Đã đóng gói").see("Tiếp theo: giao cho bên vận chuyển")
    mau.fill({"Ai vận chuyển?": "Xe khách Đồng Văn", "Mã vận đơn": "DV-0042"})
    mau.press("Giao cho bên vận chuyển").see(*LONG_WAY).keep("stall-order")
    mau.press("Đã giao").see("Người mua được mời xác nhận")
    lan = new_visitor().sign_in(trade.buyer, trade.page).see(*LONG_WAY)
    lan.ask("Tôi đã nhận hàng").agree().see("Cảm ơn bạn. Giờ bạn có thể đánh giá hàng.")
    lan.see("Người mua đã nhận hàng", "Chờ gian hàng xác nhận")
    mau.go(f"{trade.cockpit}/don/{trade.part}").see("Người mua đã nhận hàng", *LONG_WAY)
    live.settle()
    assert trade.statuses() == ["completed", "placed"]


def test_a_cancelled_part_gives_its_stock_back_and_touches_no_other(new_visitor, live, trade, db):
    lan = new_visitor().sign_in(trade.buyer, trade.page)
    lan.press("Huỷ phần của HTX mẫu Ruộng Bậc").fill({"Tôi đổi ý": True})
    lan.press("Huỷ phần này").see("Đã huỷ. Gian hàng đã được báo.", "Không tính phần đã huỷ")
    live.settle()
    assert trade.statuses() == ["placed", "cancelled"]
    assert sorted(db.session.scalars(db.select(Sku.held))) == [0, 2]
    lan.press("Bản để in").see("Gạo nếp nương", "Đã huỷ")


def test_a_packing_slip_says_where_to_and_what_to_collect(new_visitor, trade):
    mau = new_visitor(DESK).sign_in(trade.manager, f"{trade.cockpit}/don/{trade.part}")
    mau.press("Phiếu giao hàng").see(trade.part, "12 ngõ 5 phố Chợ", "Mật ong bạc hà")
    mau.see("Số tiền cần thu", "335.000").keep("slip")
    mau.page.emulate_media(media="print")
    mau.see("Số tiền cần thu").miss("Dùng lệnh in của trình duyệt")
