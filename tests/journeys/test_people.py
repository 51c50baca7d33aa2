"""A newcomer opens an account, says where goods shall go, and sees to her devices."""

from playwright.sync_api import expect

from tests.accounts.factories import UserFactory
from tests.journeys.conftest import DESK

WORD = "phiên chợ sáng chủ nhật"


def test_a_newcomer_registers_and_finds_her_commune_without_accents(new_visitor):
    lan = new_visitor().go("/").press("Đăng nhập", inside="header").press("Mở tài khoản")
    lan.fill({"Họ và tên": "Lò Thị Lan", "Địa chỉ email": "lan@vi-du.example"})
    lan.fill({"Mật khẩu": WORD, "Tôi đồng ý với quy chế": True})
    lan.press("Mở tài khoản", inside="main").see("tài khoản của bạn đã sẵn sàng")
    lan.fill({"Mật khẩu": WORD}).press("Đăng nhập", inside="main")
    lan.go("/tai-khoan/dia-chi").see("Chưa có địa chỉ nào").press("Thêm địa chỉ")
    lan.fill({"Người nhận hàng": "Lò Thị Lan", "Số điện thoại": "0912 345 678"})
    lan.fill({"Tỉnh, thành phố": "Tuyên Quang", "Số nhà, đường": "Thôn Má Lủng"})
    lan.type_into("Xã, phường, đặc khu", "dong van").keep("typeahead").choose("Xã Đồng Văn")
    lan.press("Lưu địa chỉ").see("Đã lưu địa chỉ.", "Thôn Má Lủng, Xã Đồng Văn, Tỉnh Tuyên Quang")


def test_a_lost_phone_is_signed_out_at_once_and_the_desk_stays(new_visitor):
    lan = UserFactory(name="Lò Thị Lan")
    phone, desk = new_visitor().sign_in(lan), new_visitor(DESK).sign_in(lan)
    desk.go("/tai-khoan/thiet-bi").see("thiết bị này")
    desk.press("Đăng xuất các thiết bị khác").see("Đã đăng xuất mọi thiết bị khác.")
    phone.go("/don-hang").see("Quên mật khẩu?")
    expect(phone.page).to_have_url(f"{phone.live.address}/dang-nhap?tiep=/don-hang")
    desk.go("/don-hang").see("Bạn chưa đặt gì")
