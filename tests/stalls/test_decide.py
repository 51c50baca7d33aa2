"""Moderators decide on applications."""

import re

import pytest

from shop.accounts.models import User
from shop.core import audit, outbox
from shop.core.errors import WrongState
from shop.notifications.models import Notification
from shop.stalls import operations
from shop.stalls.models import StallDocument, StallStatus
from shop.stalls.reasons import ReturnReason
from tests.accounts.factories import ModeratorFactory, floor_moderator, sign_in
from tests.stalls.factories import (
    BA_DINH,
    DocumentFactory,
    MemberFactory,
    StallFactory,
    manager_of,
    moderator_of,
)
from tests.stalls.papers import FIELDS, at_once, with_paper


@pytest.fixture
def stall(app):
    return StallFactory(status=StallStatus.SUBMITTED, decided_at=None)


@pytest.fixture
def desk(client, stall):
    return sign_in(client, floor_moderator())


def test_accepting_opens_the_stall_and_tells_its_people(desk, stall, db):
    response = desk.post(f"/tham-dinh/gian-hang/{stall.id}/nhan", data={"version": 0})
    assert response.status_code == 303
    assert (stall.status, stall.version) == (StallStatus.ACTIVE, 1)
    assert stall.decided_at is not None
    told = db.session.scalars(db.select(Notification)).one()
    assert (told.user_id, told.template) == (manager_of(stall).id, "stalls/accepted")
    assert desk.get(f"/gian-hang/{stall.slug}").status_code == 200
    assert [row.action for row in audit.history(stall, public_only=True)] == ["stall.accepted"]


def test_the_letter_says_the_reason_in_the_readers_language(desk, stall, mailbox):
    manager_of(stall).locale = "en"
    reason = {"version": 0, "reason": "paper_expired", "words": "Giấy ATTP hết hạn tháng 3."}
    response = desk.post(f"/tham-dinh/gian-hang/{stall.id}/tra-lai", data=reason)
    assert response.status_code == 303
    assert stall.status is StallStatus.RETURNED
    outbox.run_until_empty()
    (letter,) = mailbox
    assert "A paper has expired" in letter.body
    assert "Giấy ATTP hết hạn tháng 3." in letter.body


def test_the_applicant_reads_the_reason_changes_and_sends_again(desk, stall, new_client):
    reason = {"version": 0, "reason": "name_differs", "words": "Xem dòng 2."}
    desk.post(f"/tham-dinh/gian-hang/{stall.id}/tra-lai", data=reason)
    applicant = sign_in(new_client(), manager_of(stall))
    page = applicant.get("/mo-gian-hang").text
    assert "Tên pháp lý khác với giấy tờ" in page
    assert "Xem dòng 2." in page
    assert f'value="{stall.legal_name}"' in page
    assert applicant.post("/mo-gian-hang", data=with_paper()).status_code == 303
    assert (stall.status, stall.legal_name) == (StallStatus.SUBMITTED, FIELDS["legal_name"])
    assert (stall.reason_code, stall.version) == ("", 2)


def test_another_reason_needs_words(desk, stall):
    response = desk.post(
        f"/tham-dinh/gian-hang/{stall.id}/tra-lai", data={"version": 0, "reason": "other"}
    )
    assert response.status_code == 422
    assert "Hãy nói ngắn gọn lý do" in response.text
    assert stall.status is StallStatus.SUBMITTED


def test_a_return_without_a_reason_is_refused(desk, stall):
    sent = {"version": 0, "words": "Không rõ"}
    response = desk.post(f"/tham-dinh/gian-hang/{stall.id}/tra-lai", data=sent)
    assert response.status_code == 422
    assert "Không rõ" in response.text
    assert stall.status is StallStatus.SUBMITTED


def test_what_changed_since_the_page_is_not_decided_on(desk, stall):
    stall.version = 2
    response = desk.post(f"/tham-dinh/gian-hang/{stall.id}/nhan", data={"version": 0})
    assert response.status_code == 409
    assert stall.status is StallStatus.SUBMITTED


@pytest.mark.parametrize("deed", ["nhan", "tra-lai"])
def test_a_page_without_its_version_decides_nothing(desk, stall, deed):
    assert desk.post(f"/tham-dinh/gian-hang/{stall.id}/{deed}", data={}).status_code == 409
    assert stall.status is StallStatus.SUBMITTED


@pytest.mark.parametrize("status", set(StallStatus) - {StallStatus.SUBMITTED, StallStatus.DRAFT})
def test_only_what_was_sent_can_be_accepted(desk, status):
    other = StallFactory(status=status)
    response = desk.post(f"/tham-dinh/gian-hang/{other.id}/nhan", data={"version": 0})
    assert response.status_code == 409
    assert other.status is status


def test_a_moderator_of_another_place_finds_nothing(client, stall):
    sign_in(client, moderator_of(province_code="01"))
    assert client.get(f"/tham-dinh/gian-hang/{stall.id}").status_code == 404
    response = client.post(f"/tham-dinh/gian-hang/{stall.id}/nhan", data={"version": 0})
    assert response.status_code == 404
    assert stall.status is StallStatus.SUBMITTED


def test_a_moderator_of_a_commune_sees_that_commune_alone(client, stall):
    other = StallFactory(status=StallStatus.SUBMITTED, commune_code=BA_DINH)
    sign_in(client, moderator_of(commune_code=BA_DINH))
    assert client.get(f"/tham-dinh/gian-hang/{other.id}").status_code == 200
    assert client.get(f"/tham-dinh/gian-hang/{stall.id}").status_code == 404


def test_nobody_decides_on_a_stall_of_the_own(client, stall):
    person = floor_moderator()
    MemberFactory(stall=stall, user=person)
    sign_in(client, person)
    page = client.get(f"/tham-dinh/gian-hang/{stall.id}").text
    assert "Bạn làm ở gian hàng này" in page
    assert "Nhận và mở gian hàng" not in page
    for deed in ("nhan", "tra-lai"):
        sent = {"version": 0, "reason": "paper_missing"}
        response = client.post(f"/tham-dinh/gian-hang/{stall.id}/{deed}", data=sent)
        assert response.status_code == 403
    assert stall.status is StallStatus.SUBMITTED


def test_a_draft_is_nobodys_business(desk):
    draft = StallFactory(status=StallStatus.DRAFT)
    assert desk.get(f"/tham-dinh/gian-hang/{draft.id}").status_code == 404


def test_the_case_shows_claims_papers_and_what_a_machine_can_say(desk, stall):
    DocumentFactory(stall=stall, expires_on=stall.created_at.date().replace(year=2020))
    StallFactory(name="HTX trùng mã", tax_code=stall.tax_code)
    page = desk.get(f"/tham-dinh/gian-hang/{stall.id}").text
    assert stall.legal_name in page
    assert stall.tax_code in page
    assert "trùng với HTX trùng mã" in page
    assert "trong đó 1 đã hết hạn" in page
    assert re.search(rf'src="/tham-dinh/gian-hang/{stall.id}/giay-to/\d+/1"', page)
    assert 'data-key="a"' in page


def test_scans_are_shown_to_moderators_of_the_place_alone(client, new_client, db):
    applicant = sign_in(new_client(), ModeratorFactory())
    applicant.post("/mo-gian-hang", data=with_paper())
    paper = db.session.scalars(db.select(StallDocument)).one()
    path = f"/tham-dinh/gian-hang/{paper.stall_id}/giay-to/{paper.id}/1"
    assert sign_in(client, floor_moderator()).get(path).mimetype == "image/webp"
    assert sign_in(new_client(), moderator_of(province_code="01")).get(path).status_code == 404
    assert new_client().get(path).status_code == 303


def test_two_moderators_cannot_both_decide(app, stall, db):
    first, second = floor_moderator().id, floor_moderator().id
    stall_id, manager_id = stall.id, manager_of(stall).id
    db.session.commit()
    seen = {"seen_version": 0}
    reason = operations.Reason(ReturnReason.PAPER_MISSING)
    out = at_once(
        app,
        lambda: operations.accept_stall(db.session.get(User, first), stall_id, **seen),
        lambda: operations.return_stall(
            db.session.get(User, second), stall_id, **seen, reason=reason
        ),
    )
    assert [type(one) for one in out].count(WrongState) == 1
    db.session.expire_all()
    assert stall.status in {StallStatus.ACTIVE, StallStatus.RETURNED}
    assert len(audit.history(stall)) == 1
    told = db.session.scalars(db.select(Notification.user_id)).all()
    assert told == [manager_id]
