"""Operators close a stall for a while and open it again."""

import pytest

from shop.core import audit, outbox
from shop.stalls.models import StallStatus
from tests.accounts.factories import OperatorFactory, UserFactory, floor_moderator, sign_in
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import StallFactory, manager_of


@pytest.fixture
def stall(app):
    return StallFactory(name="HTX mẫu Cao Nguyên")


@pytest.fixture
def room(client):
    return sign_in(client, OperatorFactory())


def test_only_operators_enter(client, new_client, stall):
    for path in ("", f"/{stall.id}"):
        address = f"/van-hanh/gian-hang{path}"
        assert client.get(address).status_code == 303
        for person in (UserFactory(), floor_moderator(), manager_of(stall)):
            assert sign_in(new_client(), person).get(address).status_code == 403


def test_lists_all_stalls_but_drafts_by_words_and_status(room, stall):
    StallFactory(name="Nháp", status=StallStatus.DRAFT)
    StallFactory(name="Đang chờ mẫu", status=StallStatus.SUBMITTED)
    page = room.get("/van-hanh/gian-hang").text
    assert "HTX mẫu Cao Nguyên" in page
    assert "Đang chờ mẫu" in page
    assert "Nháp" not in page
    narrowed = room.get("/van-hanh/gian-hang?q=cao+nguyen&trang_thai=active").text
    assert "HTX mẫu Cao Nguyên" in narrowed
    assert "Đang chờ mẫu" not in narrowed


def test_the_list_asks_the_same_number_of_questions(room, stall, db):
    more = lambda: [StallFactory() for _ in range(6)]  # noqa: E731
    assert_queries_stay_flat(room, "/van-hanh/gian-hang", more, db.engine)


def test_suspending_closes_the_stall_and_says_why(room, stall, mailbox):
    address = f"/van-hanh/gian-hang/{stall.id}"
    sent = {"reason": "authority", "words": "Công văn mẫu số 1"}
    assert room.post(f"{address}/tam-dong", data=sent).status_code == 303
    assert stall.status is StallStatus.SUSPENDED
    page = room.get(address).text
    assert "Theo yêu cầu của cơ quan chức năng" in page
    assert "Công văn mẫu số 1" in page
    outbox.run_until_empty()
    assert "Công văn mẫu số 1" in mailbox[0].body
    assert audit.history(stall, public_only=True)[-1].data["reason_code"] == "authority"


def test_a_stall_is_opened_again(room, stall):
    stall.status, stall.reason_code = StallStatus.SUSPENDED, "own_wish"
    response = room.post(f"/van-hanh/gian-hang/{stall.id}/mo-lai")
    assert response.status_code == 303
    assert (stall.status, stall.reason_code) == (StallStatus.ACTIVE, "")


@pytest.mark.parametrize(
    ("sent", "words"),
    [({}, "Lý do"), ({"reason": "other_cause"}, "Hãy nói ngắn gọn lý do")],
)
def test_a_stall_is_not_closed_without_a_reason(room, stall, sent, words):
    response = room.post(f"/van-hanh/gian-hang/{stall.id}/tam-dong", data=sent)
    assert response.status_code == 422
    assert words in response.text
    assert stall.status is StallStatus.ACTIVE


@pytest.mark.parametrize("status", set(StallStatus) - {StallStatus.ACTIVE})
def test_only_a_selling_stall_can_be_closed(room, status):
    stall = StallFactory(status=status)
    sent = {"reason": "authority", "words": ""}
    response = room.post(f"/van-hanh/gian-hang/{stall.id}/tam-dong", data=sent)
    assert response.status_code == 409
    assert stall.status is status


def test_what_is_open_cannot_be_opened(room, stall):
    assert room.post(f"/van-hanh/gian-hang/{stall.id}/mo-lai").status_code == 409
