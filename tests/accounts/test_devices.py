from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from shop.accounts.devices import describe
from shop.accounts.models import UserSession
from shop.accounts.operations import sessions
from shop.accounts.operations.sessions import sweep_sessions
from shop.core import clock
from tests.accounts.factories import UserFactory, sign_in
from tests.queries import assert_queries_stay_flat

PHONE = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0 Mobile Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0"


def other_device(new_client, person, user_agent=PHONE):
    client = new_client()
    client.environ_base["HTTP_USER_AGENT"] = user_agent
    return sign_in(client, person)


def rows(db, person):
    own = select(UserSession).where(UserSession.user_id == person.id)
    return db.session.scalars(own.order_by(UserSession.id)).all()


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (PHONE, "Chrome · Android"),
        (IPHONE, "Safari · iPhone"),
        (FIREFOX, "Firefox · Windows"),
        ("curl/8", ""),
    ],
)
def test_devices_are_named_as_people_know_them(user_agent, words):
    assert describe(user_agent) == words


def test_the_list_shows_every_device_and_which_is_this(client, new_client):
    person = UserFactory()
    other_device(new_client, person)
    sign_in(client, person)
    page = client.get("/tai-khoan/thiet-bi").text
    assert "Chrome · Android" in page
    assert page.count("thiết bị này") == 1
    assert page.index("thiết bị này") < page.index("Chrome · Android")


def test_one_device_is_signed_out_at_once(client, new_client, db):
    person = UserFactory()
    phone = other_device(new_client, person)
    sign_in(client, person)
    answer = client.post(f"/tai-khoan/thiet-bi/{rows(db, person)[0].id}/dang-xuat")
    assert answer.location == "/tai-khoan/thiet-bi"
    assert phone.get("/tai-khoan").status_code == 303
    assert "Chrome · Android" not in client.get("/tai-khoan/thiet-bi").text


def test_somebody_elses_device_is_not_there(client, new_client, db):
    owner = UserFactory()
    phone = other_device(new_client, owner)
    sign_in(client, UserFactory())
    answer = client.post(f"/tai-khoan/thiet-bi/{rows(db, owner)[0].id}/dang-xuat")
    assert answer.status_code == 404
    assert phone.get("/tai-khoan").status_code == 200


def test_all_others_are_signed_out_and_this_one_stays(client, new_client):
    person = UserFactory()
    phones = [other_device(new_client, person) for _ in range(2)]
    sign_in(client, person)
    client.post("/tai-khoan/thiet-bi/dang-xuat-may-khac")
    assert [phone.get("/tai-khoan").status_code for phone in phones] == [303, 303]
    assert client.get("/tai-khoan").status_code == 200


def test_all_are_signed_out_with_this_one(client, new_client):
    person = UserFactory()
    phone = other_device(new_client, person)
    sign_in(client, person)
    assert client.post("/tai-khoan/thiet-bi/dang-xuat-tat-ca").location == "/dang-nhap"
    assert phone.get("/tai-khoan").status_code == 303
    assert client.get("/tai-khoan").status_code == 303


def test_being_seen_is_written_once_in_five_minutes(client, db, count_queries):
    person = UserFactory()
    sign_in(client, person)
    first = rows(db, person)[0].last_seen_at
    with count_queries() as counted:
        client.get("/tai-khoan")
    assert not [one for one in counted.statements if one.startswith("UPDATE")]
    assert rows(db, person)[0].last_seen_at == first
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        client.get("/tai-khoan")
    assert rows(db, person)[0].last_seen_at > first


def test_a_page_is_shown_while_the_database_takes_no_note(client, monkeypatch):
    def busy(_statement):
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    sign_in(client, UserFactory())
    monkeypatch.setattr(sessions, "change", busy)
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        assert client.get("/tai-khoan").status_code == 200


def test_a_device_unseen_for_a_month_is_out_and_later_forgotten(client, db):
    person = UserFactory()
    sign_in(client, person)
    with time_machine.travel(clock.now() + timedelta(days=31)):
        assert client.get("/tai-khoan").status_code == 303
    with time_machine.travel(clock.now() + timedelta(days=91)):
        sweep_sessions()
    assert not rows(db, person)


def test_a_static_file_never_reads_the_session(client, count_queries):
    sign_in(client, UserFactory())
    with count_queries() as counted:
        answer = client.get("/static/img/logo.svg")
    assert answer.status_code == 200
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not counted.statements


def test_the_list_asks_as_much_for_many_devices(client, new_client, db):
    person = UserFactory()
    sign_in(client, person)
    more = lambda: [other_device(new_client, person) for _ in range(5)]  # noqa: E731
    assert_queries_stay_flat(client, "/tai-khoan/thiet-bi", more, db.engine)
