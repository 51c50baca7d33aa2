"""The floor at a glance, and who may look."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from shop.backoffice import points, queries
from shop.core import audit, clock, outbox
from shop.core.db import transaction
from shop.core.outbox import OutboxMessage
from shop.orders.models import StallOrderStatus as S
from shop.stalls.models import StallStatus
from tests.accounts.factories import OperatorFactory, UserFactory, floor_moderator, sign_in
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import PlacedOrderFactory
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import StallFactory

PAGES = ["/van-hanh/", "/van-hanh/nhat-ky", "/van-hanh/nguoi-dung", "/van-hanh/can-bo"]


@pytest.fixture
def operator(client):
    return sign_in(client, OperatorFactory(name="Người Vận Hành"))


def words(response):
    return " ".join(BeautifulSoup(response.text, "html.parser").main.get_text(" ").split())


def parked(error="SMTPServerDisconnected: gone"):
    with transaction():
        outbox.send("tests.mail", {"to": "hoa@vi-du.example"})
    message = outbox.db.session.scalars(outbox.db.select(OutboxMessage)).all()[-1]
    with transaction():
        message.parked_at, message.attempts, message.error = clock.now(), 60, error
    return message.id


@pytest.mark.parametrize("path", PAGES)
def test_operators_alone_may_look(app, new_client, path):
    assert new_client().get(path).status_code == 303
    assert sign_in(new_client(), UserFactory()).get(path).status_code == 403
    assert sign_in(new_client(), floor_moderator()).get(path).status_code == 403
    assert sign_in(new_client(), OperatorFactory()).get(path).status_code == 200


def test_an_empty_floor_has_a_page(operator):
    said = words(operator.get("/van-hanh/"))
    assert "Gian hàng đang hoạt động 0" in said
    assert "Chưa có tiến trình làm việc nền nào chạy." in said
    assert "Việc hẹn bị treo 0" in said


def test_the_page_is_there_without_its_last_slash(operator):
    assert operator.get("/van-hanh").status_code == 200


def test_shows_how_many_of_what(operator):
    StallFactory(status=StallStatus.SUBMITTED, submitted_at=clock.now() - timedelta(days=3))
    product = ProductFactory()
    StallFactory(status=StallStatus.SUSPENDED)
    PlacedOrderFactory(skus=[(first(product), 1)], status=S.CONFIRMED)
    PlacedOrderFactory(skus=[(first(product), 1)], status=S.CANCELLED)
    said = words(operator.get("/van-hanh/"))
    for told in (
        "Gian hàng đang hoạt động 1",
        "Sản phẩm đang bán 1",
        "7 ngày 2",
        "1 · lâu nhất 3 ngày",
        "Đã xác nhận 1",
        "Tạm đóng 1",
    ):
        assert told in said, (told, said)


def first(product):
    from tests.orders.factories import first_sku

    return first_sku(product)


def test_orders_count_on_their_day_in_vietnam(app):
    evening = datetime(2026, 11, 19, 16, 59, tzinfo=UTC)  # 23:59 in Vietnam
    for moment in (evening, evening + timedelta(minutes=1), evening - timedelta(days=9)):
        with clock.at(moment):
            PlacedOrderFactory()
    with clock.at(evening + timedelta(hours=3)):
        days = queries.orders_per_day()
        recent = queries.orders_by_status(days=7)
    assert [day.orders for day in days] == [0, 0, 0, 0, 0, 1, 1]
    assert days[-1].day.isoformat() == "2026-11-20"
    assert recent[S.PLACED] == 2
    assert queries.orders_by_status()[S.PLACED] == 3


def test_a_line_of_numbers_stays_in_its_box():
    assert points.line([0, 5, 10]) == "0.0,30.0 50.0,16.0 100.0,2.0"
    assert points.line([0, 0]) == "0.0,30.0 100.0,30.0"
    assert points.line([3]) == "0.0,2.0"
    assert points.line([]) == ""


def test_says_when_the_worker_is_behind(operator):
    with clock.at(clock.now() - timedelta(minutes=5)), transaction():
        outbox.send("tests.slow", {})
    said = words(operator.get("/van-hanh/"))
    assert "Tiến trình làm việc nền đang trễ 30" in said
    assert "Việc hẹn đang chờ 1" in said


def test_a_parked_job_shows_its_error_and_nothing_of_whom_it_concerns(operator):
    parked()
    response = operator.get("/van-hanh/")
    assert "SMTPServerDisconnected: gone" in words(response)
    assert "hoa@vi-du.example" not in response.text


def test_a_parked_job_is_tried_again_on_the_record(app, operator, db):
    number = parked()
    response = operator.post(f"/van-hanh/viec-hen/{number}/thu-lai")
    assert (response.status_code, response.location) == (303, "/van-hanh/")
    message = db.session.get(OutboxMessage, number)
    assert (message.parked_at, message.attempts) == (None, 0)
    [entry] = audit.history(message)
    assert (entry.action, entry.actor_name) == ("outbox.retried", "Người Vận Hành")
    assert entry.data == {"topic": "tests.mail", "error": "SMTPServerDisconnected: gone"}
    assert "Việc hẹn sẽ được thử lại ngay." in operator.get("/van-hanh/").text


def test_a_job_that_is_not_parked_is_left_alone(app, operator, db):
    number = parked()
    operator.post(f"/van-hanh/viec-hen/{number}/thu-lai")
    assert operator.post(f"/van-hanh/viec-hen/{number}/thu-lai").status_code == 409
    assert operator.post("/van-hanh/viec-hen/999/thu-lai").status_code == 404
    assert len(audit.history(db.session.get(OutboxMessage, number))) == 1


def test_a_moderator_cannot_have_a_job_tried_again(app, new_client, db):
    number = parked()
    moderator = sign_in(new_client(), floor_moderator())
    assert moderator.post(f"/van-hanh/viec-hen/{number}/thu-lai").status_code == 403
    assert db.session.get(OutboxMessage, number).parked_at is not None


def test_leads_to_every_page_of_operators(operator):
    html = BeautifulSoup(operator.get("/van-hanh/").text, "html.parser")
    links = [link["href"] for link in html.select(".desk__links a")]
    assert links == [
        "/van-hanh/",
        "/van-hanh/gian-hang",
        "/van-hanh/tien",
        "/van-hanh/ma-giam-gia",
        "/van-hanh/nguoi-dung",
        "/van-hanh/can-bo",
        "/van-hanh/nhat-ky",
    ]
    assert html.select_one(".desk__links [aria-current]")["href"] == "/van-hanh/"


def test_more_rows_are_no_more_queries(operator, db):
    PlacedOrderFactory()
    parked()

    def more():
        for _ in range(3):
            PlacedOrderFactory()
            parked()

    assert_queries_stay_flat(operator, "/van-hanh/", more, db.engine)
