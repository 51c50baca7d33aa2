import pytest
from bs4 import BeautifulSoup

from shop.core import clock
from tests.accounts.factories import UserFactory, sign_in
from tests.notifications.factories import NotificationFactory
from tests.queries import assert_queries_stay_flat


@pytest.fixture
def person(client):
    person = UserFactory()
    sign_in(client, person)
    return person


def unread_dot(page):
    dot = BeautifulSoup(page.text, "html.parser").select_one(".menu__opener .count-dot")
    return dot.get_text(" ", strip=True).split()[0] if dot else None


def test_an_empty_inbox_says_what_will_come(client, person):
    page = client.get("/thong-bao")
    assert "Chưa có thông báo nào" in page.text
    assert unread_dot(page) is None


def test_lines_are_shown_newest_first_with_their_first_words(client, person):
    NotificationFactory(user=person, subject="Tin cũ")
    NotificationFactory(user=person, subject="Tin mới")
    NotificationFactory(subject="Tin của người khác")
    page = client.get("/thong-bao")
    assert page.text.index("Tin mới") < page.text.index("Tin cũ")
    assert "Tin của người khác" not in page.text
    assert "Tài khoản của bạn đã mở" in page.text
    assert unread_dot(page) == "2"


def test_opening_a_line_marks_it_and_leads_on(client, db, person):
    line = NotificationFactory(user=person, url="/don-hang/R1001")
    answer = client.post(f"/thong-bao/{line.id}")
    assert (answer.status_code, answer.location) == (303, "/don-hang/R1001")
    assert line.read_at is not None
    assert unread_dot(client.get("/thong-bao")) is None


def test_looking_at_the_inbox_changes_nothing(client, db, person):
    line = NotificationFactory(user=person)
    client.get("/thong-bao")
    assert client.get(f"/thong-bao/{line.id}").status_code == 405
    db.session.refresh(line)
    assert line.read_at is None


def test_somebody_elses_line_is_not_there(client, db, person):
    line = NotificationFactory()
    assert client.post(f"/thong-bao/{line.id}").status_code == 404
    db.session.refresh(line)
    assert line.read_at is None


def test_all_of_mine_are_marked_and_none_of_others(client, db, person):
    mine = [NotificationFactory(user=person) for _ in range(2)]
    other = NotificationFactory()
    client.post("/thong-bao/da-doc")
    for line in (*mine, other):
        db.session.refresh(line)
    assert [line.read_at is None for line in (*mine, other)] == [False, False, True]


def test_a_line_leads_nowhere_but_to_our_pages(client, person):
    line = NotificationFactory(user=person, url="//xau.example")
    assert client.post(f"/thong-bao/{line.id}").location == "/thong-bao"


def test_many_lines_are_turned_over_in_pages(client, person):
    for number in range(23):
        NotificationFactory(user=person, subject=f"Tin số {number:02}", read_at=clock.now())
    first, second = client.get("/thong-bao").text, client.get("/thong-bao?trang=2").text
    assert ("Tin số 22" in first, "Tin số 02" in first) == (True, False)
    assert ("Tin số 22" in second, "Tin số 02" in second) == (False, True)


def test_a_line_of_a_letter_no_longer_written_is_still_shown(client, person):
    NotificationFactory(user=person, template="orders/khong-con", subject="Tin xưa")
    assert "Tin xưa" in client.get("/thong-bao").text


def test_a_stranger_has_no_inbox(client):
    assert client.get("/thong-bao").location == "/dang-nhap?tiep=/thong-bao"


def test_the_inbox_asks_as_much_for_many(client, db, person):
    NotificationFactory(user=person)
    more = lambda: [NotificationFactory(user=person) for _ in range(10)]  # noqa: E731
    assert_queries_stay_flat(client, "/thong-bao", more, db.engine)
