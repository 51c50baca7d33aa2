"""Certificates that rest on a scan, and the list that names their product later."""

import pytest

from shop.certification.models import CertificateStatus, EvidenceGrade
from shop.certification.operations.grades import match_with_list
from shop.core.audit import AuditEntry
from shop.core.errors import InvalidInput, NotFound, WrongState
from tests.accounts.factories import floor_moderator, sign_in
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import HA_NOI, moderator_of

DESK = "/tham-dinh/chung-nhan"
WEAK, STRONG = "Chỉ có bản quét, chưa đối chiếu danh mục", "Đã đối chiếu danh mục công bố"


def scanned(**more):
    return CertificateFactory(holder="HTX mẫu Ong Rừng", stars=4, **more)


def listed(certificate, **more):
    facts = {"producer": "Hợp tác xã mẫu Ong Rừng", "stars": 4, **more}
    return RecognitionEntryFactory(**{"product_name": certificate.product_name, **facts})


def test_a_certificate_without_a_row_is_marked_wherever_it_shows(client, db):
    certificate = scanned()
    slug = db.session.get(type(ProductFactory()), certificate.product_id).slug
    assert WEAK in client.get(f"/san-pham/{slug}").text
    assert WEAK in client.get(f"/chung-nhan/{certificate.product_code}").text
    sign_in(client, floor_moderator())
    assert WEAK in client.get(f"{DESK}/{certificate.id}").text


def test_a_list_that_comes_later_raises_the_grade_in_one_action(client, db):
    certificate = scanned()
    desk = sign_in(client, floor_moderator())
    assert "Xác nhận với dòng này" not in desk.get(f"{DESK}/{certificate.id}").text
    entry = listed(certificate)
    assert "danh mục nay đã có" in desk.get(f"{DESK}?tinh_trang=verified").text
    assert "Xác nhận với dòng này" in desk.get(f"{DESK}/{certificate.id}").text
    sent = desk.post(f"{DESK}/{certificate.id}/danh-muc", data={"entry_id": entry.id})
    assert sent.status_code == 303
    db.session.refresh(certificate)
    assert (certificate.entry_id, certificate.grade) == (entry.id, EvidenceGrade.RECOGNITION_LIST)
    assert STRONG in client.get(f"/danh-muc-ocop/{entry.slug}").text
    assert (
        "Có tên trong danh mục công bố"
        in client.get(f"/chung-nhan/{certificate.product_code}").text
    )
    assert "certificate.matched" in db.session.scalars(db.select(AuditEntry.action)).all()


@pytest.mark.parametrize(
    "other",
    [
        {"product_name": "Chè Shan"},
        {"producer": "Công ty mẫu Khác Hẳn"},
        {"stars": 3},
        {"stars": None},
    ],
)
def test_a_row_that_says_something_else_raises_nothing(db, other):
    certificate = scanned()
    with pytest.raises(InvalidInput):
        match_with_list(floor_moderator(), certificate.id, listed(certificate, **other).id)
    db.session.refresh(certificate)
    assert certificate.grade is EvidenceGrade.SCAN


def test_a_row_that_serves_another_stall_raises_nothing(db):
    certificate = scanned()
    entry = listed(certificate)
    CertificateFactory(entry_id=entry.id)
    with pytest.raises(WrongState):
        match_with_list(floor_moderator(), certificate.id, entry.id)
    db.session.refresh(certificate)
    assert certificate.entry_id is None


def test_only_the_own_area_and_only_once(db):
    certificate = scanned()
    entry = listed(certificate)
    with pytest.raises(NotFound):
        match_with_list(moderator_of(province_code=HA_NOI), certificate.id, entry.id)
    match_with_list(floor_moderator(), certificate.id, entry.id)
    with pytest.raises(WrongState):
        match_with_list(floor_moderator(), certificate.id, entry.id)
    assert certificate.status is CertificateStatus.VERIFIED


def test_the_queue_asks_no_more_for_many(client, db):
    listed(scanned())
    desk = sign_in(client, floor_moderator())

    def more():
        for _ in range(10):
            listed(scanned())
        db.session.commit()

    assert_queries_stay_flat(desk, f"{DESK}?tinh_trang=verified", more, db.engine)
