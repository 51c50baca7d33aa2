"""Applying for a stall, from the first letter typed to the sending."""

import io

import pytest

from shop.core import outbox
from shop.core.audit import AuditEntry
from shop.notifications.models import Notification
from shop.stalls.models import (
    DocumentKind,
    EntityKind,
    MemberKind,
    Stall,
    StallDocument,
    StallMember,
    StallStatus,
)
from tests.accounts.factories import ScopeFactory, UserFactory, floor_moderator, sign_in
from tests.stalls.factories import BA_DINH, HA_NOI, StallFactory, manager_of
from tests.stalls.papers import FIELDS, PAPER, pdf, picture, with_paper


@pytest.fixture
def person(app):
    return UserFactory()


@pytest.fixture
def visitor(client, person):
    return sign_in(client, person)


def only(db, table):
    return db.session.scalars(db.select(table)).one()


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client):
    response = client.get("/mo-gian-hang")
    assert response.status_code == 303
    assert response.location == "/dang-nhap?tiep=/mo-gian-hang"


def test_the_empty_page_asks_for_everything(visitor):
    page = visitor.get("/mo-gian-hang")
    for words in ("Tên pháp lý", "Mã số thuế hoặc số định danh", "Câu chuyện của bạn", "Giấy tờ"):
        assert words in page.text
    assert "Tuyên Quang" in page.text


def test_sends_a_whole_application_in_one_go(visitor, db, person):
    response = visitor.post("/mo-gian-hang", data=with_paper())
    assert (response.status_code, response.location) == (303, "/mo-gian-hang")
    stall = only(db, Stall)
    assert stall.status is StallStatus.SUBMITTED
    assert (stall.kind, stall.phone) == (EntityKind.COOPERATIVE, "0912345678")
    assert (stall.commune_code, stall.province_code) == ("00721", "08")
    assert (stall.slug, stall.application) == ("htx-mau-cao-nguyen", None)
    assert stall.search_key.startswith("htx mau cao nguyen hop tac xa")
    member = only(db, StallMember)
    assert (member.user_id, member.kind) == (person.id, MemberKind.MANAGER)
    paper = only(db, StallDocument)
    assert (paper.kind, paper.number) == (DocumentKind.BUSINESS_REGISTRATION, "ĐK-01")
    assert paper.issued_on.isoformat() == "2024-05-01"


def test_what_was_sent_can_be_read_but_not_sent_again(visitor, db):
    visitor.post("/mo-gian-hang", data=with_paper())
    page = visitor.get("/mo-gian-hang")
    assert "đang đọc" in page.text
    assert "Hợp tác xã Nông nghiệp mẫu Cao Nguyên" in page.text
    assert "Đã gửi hồ sơ" in page.text
    again = visitor.post("/mo-gian-hang", data=with_paper(name="Tên khác"))
    assert again.status_code == 409
    assert only(db, Stall).name == "HTX mẫu Cao Nguyên"


def test_a_draft_keeps_what_was_typed_however_wrong(visitor, db):
    typed = {"legal_name": "Tổ hợp tác", "tax_code": "12ab", "giay-moi-issued_on": "31/02/2026"}
    assert visitor.post("/mo-gian-hang/luu", data=typed).status_code == 303
    page = visitor.get("/mo-gian-hang")
    assert 'value="12ab"' in page.text
    assert 'value="31/02/2026"' in page.text
    assert only(db, Stall).status is StallStatus.DRAFT


def test_a_file_survives_the_errors_of_the_form(visitor, db):
    response = visitor.post("/mo-gian-hang", data=with_paper(tax_code="1234567890", commune="Xyz"))
    assert response.status_code == 422
    assert "chưa đúng số kiểm tra" in response.text
    assert "giay-dang-ky.png" in response.text
    assert 'value="Xyz"' in response.text
    document = only(db, StallDocument)
    corrected = {**FIELDS, f"giay-{document.id}-kind": "business_registration"}
    assert visitor.post("/mo-gian-hang", data=corrected).status_code == 303
    assert only(db, Stall).status is StallStatus.SUBMITTED


def test_what_was_said_about_a_paper_follows_its_scan(visitor, db):
    visitor.post("/mo-gian-hang/giay-to", data={**PAPER, "giay-moi-file": picture()})
    document = only(db, StallDocument)
    page = visitor.get("/mo-gian-hang").text
    assert f'name="giay-{document.id}-number"' in page
    assert page.count('value="ĐK-01"') == 1


def test_a_paper_without_a_file_is_asked_for(visitor, db):
    response = visitor.post("/mo-gian-hang/giay-to", data={**FIELDS, **PAPER})
    assert response.status_code == 422
    assert "Hãy chọn bản quét hoặc ảnh chụp trước" in response.text
    assert only(db, Stall).application["legal_name"] == FIELDS["legal_name"]


def test_a_file_that_is_no_scan_is_refused_and_the_words_are_kept(visitor, db):
    broken = (io.BytesIO(b"MZ not a picture"), "giay.exe")
    response = visitor.post("/mo-gian-hang", data=with_paper(**{"giay-moi-file": broken}))
    assert response.status_code == 422
    assert FIELDS["legal_name"] in response.text
    assert db.session.scalars(db.select(StallDocument)).all() == []
    assert only(db, Stall).status is StallStatus.DRAFT


@pytest.mark.parametrize("kind", ["cooperative", "company", "household"])
def test_registered_producers_show_their_registration(visitor, kind):
    sent = with_paper(kind=kind, **{"giay-moi-kind": "food_safety"})
    response = visitor.post("/mo-gian-hang", data=sent)
    assert response.status_code == 422
    assert "Hãy thêm giấy đăng ký kinh doanh" in response.text


def test_a_farm_may_show_another_paper(visitor, db):
    sent = with_paper(kind="farm", tax_code="002085000123", **{"giay-moi-kind": "other"})
    assert visitor.post("/mo-gian-hang", data=sent).status_code == 303
    assert only(db, Stall).tax_code == "002085000123"


def test_an_application_without_papers_is_not_sent(visitor):
    response = visitor.post("/mo-gian-hang", data=FIELDS)
    assert response.status_code == 422
    assert "Hãy thêm ít nhất một giấy tờ" in response.text


def test_an_expiry_before_the_issue_is_refused(visitor, db):
    wrong = with_paper(**{"giay-moi-expires_on": "2024-04-30"})
    response = visitor.post("/mo-gian-hang", data=wrong)
    assert response.status_code == 422
    assert "Ngày này trước ngày cấp" in response.text
    assert only(db, Stall).status is StallStatus.DRAFT


def test_an_unknown_commune_is_said_at_its_field(visitor):
    response = visitor.post("/mo-gian-hang", data=with_paper(commune="Không Có Đâu"))
    assert response.status_code == 422
    assert "Không tìm thấy xã, phường" in response.text


def test_the_code_of_a_suggestion_is_taken_only_with_its_name(visitor, db):
    chosen = {"province": HA_NOI, "commune": "Phường Ba Đình", "commune_code": BA_DINH}
    visitor.post("/mo-gian-hang", data=with_paper(**{**chosen, "province": "08"}))
    assert only(db, Stall).status is StallStatus.DRAFT
    document = only(db, StallDocument)
    kept = {f"giay-{document.id}-kind": "business_registration"}
    visitor.post("/mo-gian-hang", data={**FIELDS, **chosen, **kept})
    assert only(db, Stall).commune_code == BA_DINH


def test_a_paper_can_be_taken_out_again(visitor, db):
    visitor.post("/mo-gian-hang/giay-to", data=with_paper())
    document = only(db, StallDocument)
    response = visitor.post(f"/mo-gian-hang/giay-to/{document.id}/bo", data=FIELDS)
    assert response.status_code == 303
    assert db.session.scalars(db.select(StallDocument)).all() == []
    assert FIELDS["legal_name"] in visitor.get("/mo-gian-hang").text


def test_nobody_takes_out_or_sees_the_paper_of_another(visitor, db, new_client):
    visitor.post("/mo-gian-hang/giay-to", data=with_paper())
    document = only(db, StallDocument)
    stranger = sign_in(new_client(), UserFactory())
    assert stranger.post(f"/mo-gian-hang/giay-to/{document.id}/bo").status_code == 404
    assert stranger.get(f"/mo-gian-hang/giay-to/{document.id}/1").status_code == 404
    assert only(db, StallDocument).id == document.id


def test_a_manager_sees_the_pages_of_the_own_scan(visitor, db):
    visitor.post("/mo-gian-hang/giay-to", data=with_paper(**{"giay-moi-file": pdf(2)}))
    document = only(db, StallDocument)
    assert visitor.get(f"/mo-gian-hang/giay-to/{document.id}/1").status_code == 404
    outbox.run_until_empty()
    page = visitor.get(f"/mo-gian-hang/giay-to/{document.id}/2")
    assert (page.status_code, page.mimetype) == (200, "image/webp")
    assert page.headers["Cache-Control"] == "private, no-store"
    assert visitor.get(f"/mo-gian-hang/giay-to/{document.id}/3").status_code == 404
    assert "Xem trang 2" in visitor.get("/mo-gian-hang").text


def test_at_most_twelve_papers(visitor, db):
    for _ in range(12):
        assert visitor.post("/mo-gian-hang/giay-to", data=with_paper()).status_code == 303
    response = visitor.post("/mo-gian-hang/giay-to", data=with_paper())
    assert response.status_code == 422
    assert "tối đa 12 giấy tờ" in response.text


def test_tells_the_applicant_and_the_moderators_of_the_place(visitor, db, person):
    here, elsewhere = ScopeFactory(province_code="08"), ScopeFactory(province_code=HA_NOI)
    everywhere = floor_moderator()
    visitor.post("/mo-gian-hang", data=with_paper())
    told = set(db.session.execute(db.select(Notification.user_id, Notification.template)))
    assert told == {
        (person.id, "stalls/submitted"),
        (here.user_id, "stalls/waiting"),
        (everywhere.id, "stalls/waiting"),
    }
    assert elsewhere.user_id not in {user_id for user_id, _ in told}


def test_sending_leaves_a_public_audit_row(visitor, db, person):
    visitor.post("/mo-gian-hang", data=with_paper())
    row = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.action == "stall.submitted")
    ).one()
    assert (row.actor_id, row.is_public, row.data["status"]) == (person.id, True, "submitted")


def test_two_stalls_of_one_name_get_two_addresses(visitor, db):
    StallFactory(name="HTX mẫu Cao Nguyên", slug="htx-mau-cao-nguyen")
    visitor.post("/mo-gian-hang", data=with_paper())
    assert {stall.slug for stall in db.session.scalars(db.select(Stall))} == {
        "htx-mau-cao-nguyen",
        "htx-mau-cao-nguyen-2",
    }


def test_who_runs_a_stall_may_apply_for_another(client, db):
    sign_in(client, manager_of(StallFactory()))
    assert client.post("/mo-gian-hang", data=with_paper()).status_code == 303
    assert len(db.session.scalars(db.select(Stall)).all()) == 2
