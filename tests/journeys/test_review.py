"""A buyer says how it was; the stall answers; a report is decided and the decision is on record."""

from shop.orders.models import StallOrderStatus
from tests.accounts.factories import UserFactory, floor_moderator
from tests.catalogue.factories import ProductFactory
from tests.journeys.conftest import DESK
from tests.journeys.handed import photo
from tests.orders.factories import PlacedOrderFactory, first_sku
from tests.stalls.factories import StallFactory, manager_of


def test_a_review_is_written_answered_reported_and_decided(new_visitor, live):
    stall = StallFactory(name="HTX mẫu Cao Nguyên")
    product = ProductFactory(name="Mật ong bạc hà", stall=stall)
    buyer, at = UserFactory(name="Lò Thị Lan"), f"/san-pham/{product.slug}"
    skus, done = [(first_sku(product), 1)], StallOrderStatus.COMPLETED
    order = PlacedOrderFactory(buyer=buyer, skus=skus, status=done)
    lan = new_visitor().sign_in(buyer, f"/don-hang/{order.code}")
    lan.press("Viết đánh giá: Mật ong bạc hà").fill({"4/5": True, "Nói rõ thêm": "Thơm, hơi ngọt."})
    lan.fill({"Hình ảnh": photo("mat.jpg")}).keep("write-review").press("Lưu đánh giá")
    live.work()
    mau = new_visitor().sign_in(manager_of(stall), f"/quan-ly/{stall.slug}/danh-gia")
    mau.press_in(".button:has-text('Trả lời')").fill({"Câu trả lời của bạn": "Cảm ơn chị."})
    mau.press("Gửi trả lời").see("Câu trả lời đã hiện dưới đánh giá.")
    guest = new_visitor().sign_in(UserFactory(), at).see("Thơm, hơi ngọt.", "Cảm ơn chị.")
    guest.see_picture(".review__pictures img").press_in("a[href*=bao-cao]")
    guest.fill({"Quảng cáo": True}).press("Báo cáo").see("Cán bộ thẩm định sẽ xem")
    desk = new_visitor(DESK).sign_in(floor_moderator(), "/tham-dinh/danh-gia").keep("review-case")
    desk.fill({"Quy định và lý do": "Lời khen chê bình thường."}).press("Giữ đánh giá")
    desk.see("Đánh giá được giữ lại.")
    lan.go(at).see("Thơm, hơi ngọt.")
