"""The moderation desk: what waits, for whom, and for how long."""

from datetime import timedelta

import pytest

from shop.core import clock
from shop.stalls.models import StallStatus
from tests.accounts.factories import (
    OperatorFactory,
    UserFactory,
    floor_moderator,
    sign_in,
)
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import BA_DINH, StallFactory, moderator_of


def waiting(days=1, **kwargs):
    sent = clock.now() - timedelta(days=days, hours=1)
    return StallFactory(status=StallStatus.SUBMITTED, submitted_at=sent, **kwargs)


@pytest.fixture
def desk(client):
    return sign_in(client, floor_moderator())


@pytest.mark.parametrize("address", ["/tham-dinh", "/tham-dinh/", "/tham-dinh/gian-hang"])
def test_only_moderators_enter(client, new_client, address):
    assert client.get(address).location.startswith("/dang-nhap")
    for person in (UserFactory(), OperatorFactory()):
        assert sign_in(new_client(), person).get(address).status_code == 403


def test_says_how_many_wait_and_since_when(desk):
    waiting(days=2), waiting(days=5)
    page = desk.get("/tham-dinh").text
    assert "2 việc đang chờ" in page
    assert "Gian hàng xin mở" in page
    assert "lâu nhất đã chờ 5 ngày" in page


def test_an_empty_desk_says_so(desk):
    assert "Không có hồ sơ nào chờ bạn" in desk.get("/tham-dinh").text
    assert "Không gian hàng nào đang chờ" in desk.get("/tham-dinh/gian-hang").text


def test_counts_only_what_lies_in_the_scope(client):
    waiting(), waiting(commune_code=BA_DINH)
    sign_in(client, moderator_of(province_code="01"))
    assert "1 việc đang chờ" in client.get("/tham-dinh").text


def test_the_queue_opens_what_has_waited_longest(desk):
    waiting(days=1)
    oldest = waiting(days=9)
    response = desk.get("/tham-dinh/gian-hang")
    assert response.location == f"/tham-dinh/gian-hang/{oldest.id}"
    page = desk.get(response.location).text
    assert page.index(oldest.name) < page.index('aria-current="true"') + 400
    assert "2 gian hàng đang chờ" in page


def test_the_case_page_asks_the_same_number_of_questions(desk, db):
    first = waiting()
    more = lambda: [waiting() for _ in range(5)]  # noqa: E731
    assert_queries_stay_flat(desk, f"/tham-dinh/gian-hang/{first.id}", more, db.engine)
