"""A product goes on sale: its manager lists it, a moderator publishes it, its star is verified."""

from datetime import timedelta

from shop.core import clock
from shop.demo.content.records import PictureRecipe
from tests.accounts.factories import floor_moderator
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory
from tests.journeys.conftest import DESK
from tests.journeys.handed import certificate_scan, photo
from tests.stalls.factories import StallFactory, manager_of

WORDS = {
    "Tên sản phẩm": "Mật ong bạc hà Mèo Vạc",
    "Bộ sản phẩm": "4. Mật ong, mật khác, nông sản thực phẩm khác",
    "Giới thiệu ngắn": "Mật đặc, thơm mùi hoa bạc hà.",
    "Mô tả": "Ong lấy mật trên đá, mỗi năm một mùa.",
    "Thành phần": "100 % mật ong bạc hà",
    "Bảo quản": "Nơi khô mát, tránh nắng",
    "Hạn sử dụng": "24 tháng kể từ ngày đóng chai",
    "Tháng 11": True,
}
JAR = {"Tên quy cách": "Hũ 500 g", "Khối lượng tịnh": "500", "Đơn vị": "gam (g)"}
JAR |= {"Giá bán": "150.000", "Khối lượng cả bao bì": "700", "Số lượng hiện có": "20"}
BOTTLE = {"Tên quy cách": "Chai 1 lít", "Khối lượng tịnh": "1,4", "Đơn vị": "kilôgam (kg)"}
BOTTLE |= {"Giá bán": "390.000", "Khối lượng cả bao bì": "1700", "Số lượng hiện có": "8"}
BACK = PictureRecipe("jar", "honey", "leaf", "Mặt sau")
REFUSAL = "form[action$=tu-choi]"


def test_a_manager_lists_a_product_and_a_moderator_publishes_it(new_visitor, live):
    stall = StallFactory(name="HTX mẫu Cao Nguyên")
    mau = new_visitor().sign_in(manager_of(stall), f"/quan-ly/{stall.slug}/hang")
    mau.press("Thêm sản phẩm", inside="main").fill(WORDS).press("Lưu nháp")
    mau.see("Thêm ít nhất một quy cách kèm giá", "Thêm ít nhất một ảnh")
    mau.press("Thêm quy cách").fill(JAR).press("Lưu")
    mau.press("Thêm quy cách").fill(BOTTLE).press("Lưu").see("Chai 1 lít", "390.000")
    mau.press("Ảnh").fill({"Hình ảnh": [photo("hu-mat.jpg"), photo("hu-mat-2.jpg", BACK)]})
    mau.press("Thêm ảnh")
    live.work()
    mau.fill({"Trong ảnh 1 có gì": "Hũ mật ong bạc hà", "Trong ảnh 2 có gì": "Mặt sau hũ mật"})
    mau.press("Lưu lời tả").see_picture("main img")
    mau.press("Gửi duyệt").see("Cán bộ thẩm định đang xem")

    desk = new_visitor(DESK).sign_in(floor_moderator(), "/tham-dinh/san-pham")
    desk.press(f"Xem xét {WORDS['Tên sản phẩm']}").see("100 % mật ong bạc hà", "Chai 1 lít")
    desk.keep("product-case").press("Đăng bán").see("Đã duyệt")
    live.work()
    lan = new_visitor().go("/san-pham").press("Mật ong bạc hà Mèo Vạc")
    lan.see("Hũ 500 g", "Chai 1 lít", "300.000").see_picture("main img")


def claimed(product_code: str) -> dict[str, str]:
    """Return what a manager copies from a certificate."""
    day = clock.today()
    return {
        "Mã sản phẩm": product_code,
        "Số sao": "4 sao",
        "Điểm": "81,50",
        "Số quyết định": "12/QĐ-UBND",
        "Ngày quyết định": (day - timedelta(days=60)).isoformat(),
        "Cơ quan cấp": "Ủy ban nhân dân tỉnh mẫu",
        "Có hạn đến": (day + timedelta(days=900)).isoformat(),
    }


def test_a_star_shows_everywhere_once_its_certificate_is_verified(new_visitor, live):
    product = ProductFactory(name="Mật ong bạc hà mẫu")
    stall, code = product.stall, f"08-00721-001-{clock.today().year}"
    at = f"/quan-ly/{stall.slug}/hang/{product.id}/chung-nhan"
    mau = new_visitor().sign_in(manager_of(stall), at).fill(claimed(code))
    mau.fill({"Bản quét giấy chứng nhận": certificate_scan(claimed(code))})
    mau.press("Gửi thẩm định").see("Chứng nhận đang được thẩm định")
    lan = new_visitor().go(f"/san-pham/{product.slug}")
    assert lan.page.locator(".seal").count() == 0

    desk = new_visitor(DESK).sign_in(floor_moderator(), "/tham-dinh/chung-nhan")
    desk.press_in(".queue__item").see(code, "12/QĐ-UBND", "Ủy ban nhân dân tỉnh mẫu")
    desk.see_picture(".paper img")
    desk.press("Công nhận").see("Đã công nhận. Dấu sao hiện từ bây giờ.")
    live.work()
    lan.go("/san-pham").see("OCOP 4 sao").press("Mật ong bạc hà mẫu")
    lan.press("OCOP 4 sao").see("Còn hiệu lực", code, "81,5").keep("certificate")


def test_a_refused_certificate_shows_no_star(new_visitor, live):
    stall = StallFactory()
    product = ProductFactory(name="Mật ong bạc hà mẫu", stall=stall)
    certificate = CertificateFactory(product=product, submitted=True)
    desk = new_visitor(DESK).sign_in(floor_moderator(), f"/tham-dinh/chung-nhan/{certificate.id}")
    desk.unfold("Từ chối").fill({"Lý do": "Quyết định không có tên sản phẩm này"}, REFUSAL)
    desk.press("Từ chối giấy chứng nhận này").see("Đã từ chối. Gian hàng đã được báo.")
    live.work()
    mau = new_visitor().sign_in(manager_of(stall), "/thong-bao")
    mau.see("Mật ong bạc hà mẫu")
    lan = new_visitor().go("/san-pham").see("Mật ong bạc hà mẫu").miss("OCOP 4 sao")
    lan.press("Mật ong bạc hà mẫu").miss("OCOP 4 sao")
    assert lan.page.locator(".seal").count() == 0
