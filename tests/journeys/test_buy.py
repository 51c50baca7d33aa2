"""A buyer orders from two stalls: sees every fee, is told what changed, pays once."""

import pytest

from shop.orders.models import Order
from tests.accounts.factories import PASSWORD, AddressFactory, UserFactory
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import first_sku
from tests.stalls.factories import StallFactory

ORDER = ".checkout__sum button[type=submit]"


@pytest.fixture
def goods(app):
    """Put honey and rice of two stalls on the shelf."""
    makers = [StallFactory(name=name) for name in ("HTX mẫu Cao Nguyên", "HTX mẫu Ruộng Bậc")]
    names = ("Mật ong bạc hà", "Gạo nếp nương")
    return [ProductFactory(name=n, stall=s) for n, s in zip(names, makers, strict=True)]


@pytest.fixture
def buyer(app):
    """Give a buyer who has an address in Hà Nội."""
    person = UserFactory(name="Lò Thị Lan")
    AddressFactory(user=person)
    return person


def number_of_orders(db) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(Order))


def test_a_guests_cart_survives_sign_in_and_becomes_one_order_of_two_stalls(
    new_visitor, live, goods, buyer, db
):
    lan = new_visitor()
    for product in goods:
        lan.go(f"/san-pham/{product.slug}").fill({"Số lượng": "2"}).press("Thêm vào giỏ")
    lan.go("/gio-hang").see("HTX mẫu Cao Nguyên", "HTX mẫu Ruộng Bậc", "600.000")
    lan.press("Đặt hàng").fill({"Địa chỉ email": buyer.email, "Mật khẩu": PASSWORD})
    lan.press("Đăng nhập", inside="main").see("Phường Ba Đình")
    lan.see("Giao hàng, 2 gian hàng", "Trả tiền khi nhận hàng")
    lan.press_in(ORDER).see("Cảm ơn bạn! Đơn hàng đã được đặt.")
    lan.see("Mật ong bạc hà", "Gạo nếp nương", "Chờ gian hàng xác nhận")
    lan.go("/gio-hang").see("Giỏ hàng đang trống")
    assert number_of_orders(db) == 1


def test_a_price_that_has_changed_is_said_and_asked_before_the_order(
    new_visitor, live, goods, buyer, db
):
    lan = new_visitor().sign_in(buyer, f"/san-pham/{goods[0].slug}").press("Thêm vào giỏ")
    lan.go("/thanh-toan").see("150.000")
    first_sku(goods[0]).price_vnd = 170_000
    lan.press_in(ORDER).see("Đơn chưa được đặt", "nay có giá 170.000").keep("price-changed")
    live.settle()
    assert number_of_orders(db) == 0
    lan.press_in(ORDER).see("Cảm ơn bạn! Đơn hàng đã được đặt.", "170.000")


def test_a_double_click_and_the_back_button_give_one_order(new_visitor, live, goods, buyer, db):
    lan = new_visitor().sign_in(buyer, f"/san-pham/{goods[0].slug}").press("Thêm vào giỏ")
    lan.go("/thanh-toan")
    other_tab = lan.another_tab().go("/thanh-toan")
    lan.press_twice_in(ORDER).see("Cảm ơn bạn! Đơn hàng đã được đặt.")
    order_url = lan.page.url
    lan.back()
    other_tab.press_in(ORDER)
    live.settle()
    assert number_of_orders(db) == 1
    assert other_tab.page.url == order_url


def test_a_whole_purchase_without_scripts(new_visitor, live, goods, db):
    lan = new_visitor(scripts=False).go("/dang-ky")
    lan.fill({"Họ và tên": "Lò Thị Lan", "Địa chỉ email": "lan@vi-du.example"})
    lan.fill({"Mật khẩu": PASSWORD, "Tôi đồng ý với quy chế": True})
    lan.press("Mở tài khoản", inside="main").fill({"Mật khẩu": PASSWORD})
    lan.press("Đăng nhập", inside="main").go("/san-pham").press("Gạo nếp nương")
    lan.press("Thêm vào giỏ").go("/gio-hang")
    lan.fill({"Số lượng Gạo nếp nương": "3"}).press("Cập nhật").see("450.000")
    lan.press("Đặt hàng").fill({"Người nhận hàng": "Lò Thị Lan", "Số điện thoại": "0912345678"})
    lan.fill({"Tỉnh, thành phố": "Hà Nội", "Xã, phường": "ba dinh", "Số nhà": "12 ngõ 5"})
    lan.press("Dùng địa chỉ này").see("Phường Ba Đình").keep("checkout-without-scripts")
    lan.press_in(ORDER).see("Cảm ơn bạn! Đơn hàng đã được đặt.")
    lan.press("Huỷ phần của HTX mẫu Ruộng Bậc").fill({"Tôi đổi ý": True})
    lan.press("Huỷ phần này").see("Đã huỷ. Gian hàng đã được báo.")
