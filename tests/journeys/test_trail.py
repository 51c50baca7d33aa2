"""An operator reads who did what, and can change none of it."""

from shop.stalls.models import StallStatus
from tests.accounts.factories import OperatorFactory
from tests.journeys.conftest import DESK
from tests.stalls.factories import TUYEN_QUANG, StallFactory, moderator_of


def test_an_operator_reads_who_opened_a_stall(new_visitor):
    stall = StallFactory(name="HTX mẫu Cao Nguyên", status=StallStatus.SUBMITTED)
    moderator = moderator_of(province_code=TUYEN_QUANG)
    desk = new_visitor().sign_in(moderator, f"/tham-dinh/gian-hang/{stall.id}")
    desk.press("Nhận và mở gian hàng").see("HTX mẫu Cao Nguyên đã mở cửa.")
    chief = new_visitor(DESK).sign_in(OperatorFactory(), "/van-hanh/")
    chief.press("Nhật ký").see(moderator.name, "HTX mẫu Cao Nguyên").keep("audit-trail")
    chief.unfold("Xem").see("stall.accept")
    assert chief.page.locator("main form[method=post]").count() == 0
    chief.press(moderator.name).see("Tuyên Quang")
