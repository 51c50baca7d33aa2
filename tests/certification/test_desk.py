"""The moderators' desk: what is shown, who may enter, and what a decision leads to."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import update

from shop.certification.models import Certificate, CertificateStatus
from shop.certification.queries import certificate_for
from shop.core import clock, files
from shop.core.db import transaction
from shop.stalls.models import Stall
from shop.web import slots
from tests.accounts.factories import (
    ModeratorFactory,
    ScopeFactory,
    UserFactory,
    floor_moderator,
    sign_in,
)
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory
from tests.stalls.factories import MemberFactory, ScanFactory

QUEUE = "/tham-dinh/chung-nhan"


@pytest.fixture
def moderator(app):
    return floor_moderator()


@pytest.fixture
def desk(client, moderator):
    return sign_in(client, moderator)


@pytest.fixture
def waiting(app):
    return CertificateFactory(submitted=True, product_name="Mật ong bạc hà chờ")


def case(certificate) -> str:
    return f"{QUEUE}/{certificate.id}"


def status_of(db, certificate) -> CertificateStatus:
    db.session.expire_all()
    return db.session.get_one(Certificate, certificate.id).status


def test_lists_what_waits_the_oldest_first(desk):
    for days, name in ((1, "Chè mới"), (9, "Cam cũ")):
        at = clock.now() - timedelta(days=days)
        CertificateFactory(submitted=True, product_name=name, submitted_at=at)
    page = desk.get(QUEUE).text
    assert page.index("Cam cũ") < page.index("Chè mới")
    assert "đã chờ 9 ngày" in page
    assert "2 hồ sơ" in page


def test_says_so_when_nothing_waits(desk):
    assert "Không có hồ sơ nào chờ bạn" in desk.get(QUEUE).text
    assert "Không có giấy chứng nhận nào khớp" in desk.get(f"{QUEUE}?q=xyz").text


def test_finds_verified_ones_again(desk):
    CertificateFactory(product_name="Lạp xưởng")
    CertificateFactory(product_name="Cam sành")
    page = desk.get(f"{QUEUE}?tinh_trang=verified&q=Lạp").text
    assert "Lạp xưởng" in page
    assert "Cam sành" not in page
    assert desk.get(f"{QUEUE}?tinh_trang=stolen").status_code == 404


def test_shows_claim_list_and_difference_side_by_side(desk, waiting, db):
    RecognitionEntryFactory(
        product_name="mat ong bac ha cho", stars=5, decided_on=None, source="Báo mẫu"
    )
    page = desk.get(case(waiting)).text
    assert "danh mục: 5" in page
    assert "Nguồn: Báo mẫu" in page
    assert "đủ 36 tháng vào" in page
    assert "81,50" in page


def test_warns_of_a_scan_that_served_other_goods(desk, waiting, db):
    scan = ScanFactory()
    again = ScanFactory(sha256=scan.sha256)
    CertificateFactory(product_name="Hàng khác", scan_id=again.id)
    db.session.execute(
        update(Certificate).where(Certificate.id == waiting.id).values(scan_id=scan.id)
    )
    page = desk.get(case(waiting)).text
    assert "Bản quét này đã nộp cho hàng khác" in page
    assert "Hàng khác · " in page


def test_warns_of_a_code_that_other_goods_carry_and_of_its_place(desk, db):
    other = CertificateFactory(product_code="84-00001-001-2024", product_name="Hàng khác")
    waiting = CertificateFactory(submitted=True, product_code=other.product_code)
    page = desk.get(case(waiting)).text
    assert "Xung đột: sản phẩm khác mang cùng mã sản phẩm" in page
    assert "Địa bàn trong mã" in page


def test_a_code_of_two_holders_is_a_conflict_that_nobody_can_verify(desk, waiting, db):
    other = CertificateFactory(product_name="Hàng khác")
    clash = CertificateFactory(
        submitted=True, product_code=other.product_code, product_name="Hàng tranh mã"
    )
    page = desk.get(f"{QUEUE}?xung_dot=1").text
    assert "Hàng tranh mã" in page
    assert waiting.product_name not in page
    assert "Xung đột</" in desk.get(QUEUE).text
    form = {"stars": "4", "expires_on": clash.expires_on.isoformat()}
    assert desk.post(f"{case(clash)}/cong-nhan", data=form).status_code == 409
    assert status_of(db, clash) == CertificateStatus.SUBMITTED


def test_verifying_goes_on_to_what_waits_next(desk, waiting, db):
    after = CertificateFactory(submitted=True)
    answer = desk.post(
        f"{case(waiting)}/cong-nhan", data={"stars": "4", "expires_on": waiting.expires_on}
    )
    assert (answer.status_code, answer.location) == (303, case(after))
    assert certificate_for(waiting.product_id).stars == 4
    assert "Đã công nhận" in desk.get(case(after)).text


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        ("cong-nhan", {"stars": "6", "expires_on": "2027-01-01"}, "Số sao"),
        ("cong-nhan", {"stars": "4", "expires_on": "2999-01-01"}, "tối đa 36 tháng"),
        ("tra-lai", {"return-reason": "other", "return-words": ""}, "Còn thiếu gì?"),
        ("tu-choi", {"refuse-reason": "mood", "refuse-words": "giữ lời này"}, "giữ lời này"),
        ("tu-choi", {"refuse-reason": "other"}, "Hãy nói rõ lý do."),
    ],
)
def test_a_form_with_errors_comes_back_and_decides_nothing(desk, waiting, db, path, data, words):
    answer = desk.post(f"{case(waiting)}/{path}", data=data)
    assert answer.status_code == 422
    assert words in answer.text
    assert status_of(db, waiting) is CertificateStatus.SUBMITTED


def test_returns_and_refuses_with_reasons(desk, waiting, db):
    desk.post(
        f"{case(waiting)}/tra-lai", data={"return-reason": "other", "return-words": "Thiếu trang 2"}
    )
    page = desk.get(case(waiting)).text
    assert "Thiếu trang 2" in page
    assert status_of(db, waiting) is CertificateStatus.RETURNED
    other = CertificateFactory(submitted=True)
    desk.post(f"{case(other)}/tu-choi", data={"refuse-reason": "not_listed"})
    assert status_of(db, other) is CertificateStatus.REFUSED


def test_revokes_what_was_verified(desk, db):
    certificate = CertificateFactory()
    data = {
        "revoke-reason": "ceased",
        "revoke-words": "Cơ sở đã đóng cửa",
        "revoke-decision_number": "3/QĐ-UBND",
        "revoke-decided_on": clock.today().isoformat(),
    }
    assert desk.post(f"{case(certificate)}/thu-hoi", data=data).status_code == 303
    assert certificate_for(certificate.product_id) is None


def test_a_second_decision_is_told_that_it_is_too_late(desk, waiting, db):
    data = {"stars": "4", "expires_on": waiting.expires_on}
    desk.post(f"{case(waiting)}/cong-nhan", data=data)
    assert (
        desk.post(f"{case(waiting)}/tu-choi", data={"refuse-reason": "altered"}).status_code == 409
    )
    assert status_of(db, waiting) is CertificateStatus.VERIFIED


@pytest.mark.parametrize("path", ["", "/ban-quet/0"])
def test_other_scopes_find_nothing(client, waiting, path):
    stranger = ModeratorFactory()
    ScopeFactory(user=stranger, province_code="01")
    desk = sign_in(client, stranger)
    assert desk.get(case(waiting) + path).status_code == 404
    assert waiting.product_name not in desk.get(QUEUE).text
    answer = desk.post(
        f"{case(waiting)}/cong-nhan", data={"stars": "4", "expires_on": "2027-01-01"}
    )
    assert answer.status_code in {404, 422}


def test_buyers_may_not_enter_and_visitors_sign_in_first(client, waiting):
    assert client.get(case(waiting)).status_code == 303
    assert sign_in(client, UserFactory()).get(case(waiting)).status_code == 403


def test_who_belongs_to_the_stall_sees_no_decision(desk, moderator, waiting, db):
    MemberFactory(stall=db.session.get_one(Stall, waiting.stall_id), user=moderator)
    page = desk.get(case(waiting)).text
    assert "cán bộ khác phải quyết định" in page
    assert "/cong-nhan" not in page
    data = {"stars": "4", "expires_on": waiting.expires_on}
    assert desk.post(f"{case(waiting)}/cong-nhan", data=data).status_code == 403


def test_serves_the_scan_to_the_moderator_alone(desk, waiting, db, new_client):
    out = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(out, "PNG")
    with transaction():
        scan = files.keep_document(files.read_document(out.getvalue()))
    db.session.execute(
        update(Certificate).where(Certificate.id == waiting.id).values(scan_id=scan.id)
    )
    files.make_variants({"file_id": scan.id})
    answer = desk.get(f"{case(waiting)}/ban-quet/0")
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert "no-store" in answer.headers["Cache-Control"]
    assert f"{case(waiting)}/ban-quet/0" in desk.get(case(waiting)).text
    assert new_client().get(f"/tep/{scan.name}").status_code == 404
    assert desk.get(f"{case(waiting)}/ban-quet/7").status_code == 404


def test_tells_the_first_page_of_the_desk_how_many_wait(app, moderator, waiting):
    with app.test_request_context():
        found = slots.collect("moderation.queues", moderator)
    assert ("Giấy chứng nhận", 1, QUEUE) in found


def test_more_cases_are_not_more_questions(desk, waiting, db, count_queries):
    desk.get(QUEUE)
    with count_queries() as few:
        desk.get(QUEUE)
    CertificateFactory.create_batch(5, submitted=True)
    with count_queries() as many:
        desk.get(QUEUE)
    assert len(many) <= len(few)
