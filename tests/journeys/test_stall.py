"""A cooperative gets its stall: it applies with papers, a moderator of its province decides."""

from tests.accounts.factories import UserFactory
from tests.journeys.conftest import DESK
from tests.journeys.handed import food_safety, registration
from tests.stalls.factories import TUYEN_QUANG, moderator_of, tax_code

WHO = {
    "Bạn là": "Hợp tác xã",
    "Tên pháp lý": "Hợp tác xã Nông nghiệp mẫu Cao Nguyên",
    "Mã số thuế hoặc số định danh": tax_code(7),
    "Người đại diện": "Vừ Thị Mẫu",
    "Số điện thoại": "0912 345 678",
    "Tỉnh, thành phố": "Tuyên Quang",
    "Thôn, đường, số nhà": "Thôn Mẫu",
    "Tên gian hàng": "HTX mẫu Cao Nguyên",
    "Câu chuyện của bạn": "Mười hộ cùng nuôi ong trên cao nguyên đá.",
}
REGISTRATION, FOOD_SAFETY = "Giấy đăng ký kinh doanh", "Giấy chứng nhận an toàn thực phẩm"
NEW = ".form-part__new"


def test_a_cooperative_applies_with_papers_and_a_moderator_opens_its_stall(new_visitor, live):
    mau = new_visitor().sign_in(UserFactory(name="Vừ Thị Mẫu"), "/mo-gian-hang")
    mau.fill(WHO).type_into("Xã, phường, đặc khu", "dong van").choose("Xã Đồng Văn")
    mau.fill({"Bản quét hoặc ảnh chụp": registration(), "Loại giấy tờ": REGISTRATION}, NEW)
    mau.press("Thêm giấy này").see("ho-so.pdf")
    mau.fill({"Bản quét hoặc ảnh chụp": food_safety(), "Loại giấy tờ": FOOD_SAFETY}, NEW)
    mau.press("Thêm giấy này").see("an-toan-thuc-pham.png").press("Gửi thẩm định")
    mau.see("Cán bộ thẩm định ở địa phương bạn đang đọc")
    live.work()

    desk = new_visitor(DESK).sign_in(
        moderator_of(province_code=TUYEN_QUANG), "/tham-dinh/gian-hang"
    )
    desk.press_in(".queue__item").see("đúng số kiểm tra", REGISTRATION, FOOD_SAFETY)
    desk.see_picture(".evidence-pages img").keep("stall-case")
    desk.press("Nhận và mở gian hàng").see("HTX mẫu Cao Nguyên đã mở cửa.")
    live.work()

    mau.go("/thong-bao").see("HTX mẫu Cao Nguyên đã mở cửa")
    new_visitor().go("/gian-hang").press("HTX mẫu Cao Nguyên").see("Mười hộ cùng nuôi ong")
