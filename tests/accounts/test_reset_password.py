import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from shop.accounts import operations
from shop.accounts.models import PasswordReset
from shop.core import clock, outbox
from shop.core.outbox import OutboxMessage
from tests.accounts.factories import PASSWORD, UserFactory, sign_in

NEW = "mat-khau-moi-2026"


def ask(client, email):
    return client.post("/quen-mat-khau", data={"email": email})


def ask_as(client, email, host):
    """Ask as a browser does that believes to be at another host."""
    page = client.get("/quen-mat-khau", base_url=f"http://{host}").text
    token = BeautifulSoup(page, "html.parser").find(attrs={"name": "csrf_token"})["value"]
    return client.post(
        "/quen-mat-khau",
        data={"email": email, "csrf_token": token},
        base_url=f"http://{host}",
        headers={"X-Forwarded-Host": host},
    )


def link_in(mail):
    assert "Chọn mật khẩu mới</a>" in mail.alternatives[0][0]
    return re.search(r"https?://[^\s]+(/dat-lai-mat-khau/[\w-]+)", mail.body)[1]


@pytest.fixture
def linked(client, mailbox):
    """Return a person and the path of the link she was sent."""
    person = UserFactory()
    ask(client, person.email)
    outbox.run_until_empty()
    return person, link_in(mailbox[-1])


def test_the_link_sets_the_password_and_lets_its_owner_in(client, new_client, linked):
    person, path = linked
    assert "Chọn mật khẩu mới" in client.get(path).text
    answer = client.post(path, data={"password": NEW})
    assert answer.status_code == 303
    assert "Đã đặt mật khẩu mới" in client.get("/tai-khoan").text
    sign_in(new_client(), person, NEW)
    old = new_client().post("/dang-nhap", data={"email": person.email, "password": PASSWORD})
    assert old.status_code == 422


def test_a_link_works_once(client, new_client, linked):
    _, path = linked
    client.post(path, data={"password": NEW})
    again = new_client()
    assert again.get(path).status_code == 410
    answer = again.post(path, data={"password": "mat-khau-cua-ke-trom"})
    assert answer.status_code == 410
    assert "không còn hiệu lực" in answer.text


def test_a_link_works_for_an_hour(client, linked):
    _, path = linked
    with time_machine.travel(clock.now() + timedelta(minutes=59)):
        assert client.get(path).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert client.get(path).status_code == 410
        assert client.post(path, data={"password": NEW}).status_code == 410


def test_only_the_latest_link_works(client, linked, mailbox):
    person, path = linked
    ask(client, person.email)
    outbox.run_until_empty()
    assert client.get(path).status_code == 410
    assert client.get(link_in(mailbox[-1])).status_code == 200


def test_a_new_password_signs_every_device_out(new_client, linked):
    person, path = linked
    device = sign_in(new_client(), person)
    new_client().post(path, data={"password": NEW})
    assert device.get("/tai-khoan").status_code == 303


def test_a_weak_password_does_not_use_the_link_up(client, linked):
    _, path = linked
    answer = client.post(path, data={"password": "1234567890"})
    assert answer.status_code == 422
    assert "dễ đoán" in answer.text
    assert client.post(path, data={"password": NEW}).status_code == 303


def test_known_and_unknown_addresses_are_answered_alike(new_client, db, mailbox):
    person = UserFactory()
    seen = []
    for email in (person.email, "khong-co@vi-du.example"):
        visitor = new_client()
        answer = ask(visitor, email)
        page = visitor.get(answer.location).text.replace(email, "…")
        rows = db.session.scalar(select(func.count()).select_from(OutboxMessage))
        seen.append((answer.status_code, BeautifulSoup(page, "html.parser").get_text(), rows))
    known, unknown = seen
    assert known[:2] == unknown[:2]
    assert (known[2], unknown[2]) == (1, 2)
    outbox.run_until_empty()
    assert [mail.to for mail in mailbox] == [[person.email]]


def test_the_link_is_written_down_nowhere(client, db, linked):
    _, path = linked
    token = path.rpartition("/")[2]
    rows = db.session.scalars(select(PasswordReset)).all()
    assert [row.token_hash for row in rows] != [token]
    for message in db.session.scalars(select(OutboxMessage)):
        assert token not in f"{message.payload} {message.error}"


def test_the_link_leads_to_our_address_whatever_the_request_claims(
    client, app, mailbox, monkeypatch
):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://chophien.example")
    assert ask_as(client, UserFactory().email, "xau.example").status_code == 303
    outbox.run_until_empty()
    assert "https://chophien.example/dat-lai-mat-khau/" in mailbox[0].body
    assert "xau.example" not in mailbox[0].message().as_string()


def test_without_a_public_address_the_link_leads_to_this_machine(client, mailbox):
    assert ask_as(client, UserFactory().email, "xau.example").status_code == 303
    outbox.run_until_empty()
    assert "http://127.0.0.1:8000/dat-lai-mat-khau/" in mailbox[0].body


def test_a_blocked_person_gets_no_link_and_no_use_of_one(client, linked):
    person, path = linked
    operations.set_blocked(person.id, is_blocked=True)
    assert operations.begin_reset(person.email) is None
    assert client.post(path, data={"password": NEW}).status_code == 410


def test_asking_too_often_is_refused_alike_for_all(client):
    person = UserFactory()
    for email in (person.email, "khong-co@vi-du.example"):
        statuses = [ask(client, email).status_code for _ in range(6)]
        assert statuses == [303] * 5 + [429]


def test_who_was_locked_out_by_guessers_comes_in_by_the_link(client, new_client, linked):
    person, path = linked
    for _ in range(11):
        new_client().post("/dang-nhap", data={"email": person.email, "password": "sai-het-ca"})
    client.post(path, data={"password": NEW})
    sign_in(new_client(), person, NEW)


def test_the_page_of_a_link_is_kept_by_no_cache(client, linked):
    page = client.get(linked[1])
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_the_secret_of_a_link_is_not_logged(client, linked, capsys):
    path = linked[1]
    capsys.readouterr()
    client.get(path)
    logged = capsys.readouterr().out
    assert path.rpartition("/")[2] not in logged


def test_the_owner_is_told_that_the_password_was_changed(client, linked, mailbox):
    client.post(linked[1], data={"password": NEW})
    outbox.run_until_empty()
    assert mailbox[-1].subject == "Mật khẩu của bạn vừa được đổi"
