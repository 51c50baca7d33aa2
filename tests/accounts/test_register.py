from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from shop.accounts.models import User
from shop.core import outbox
from tests.accounts.factories import PASSWORD, UserFactory

FORM = {"name": "Trần Thị Lụa", "email": "lua@vi-du.example", "phone": "+84 912 345 678"}
FORM |= {"password": PASSWORD, "terms": "y"}


def register(client, **changes):
    return client.post("/dang-ky", data=FORM | changes)


def count(db):
    return db.session.scalar(select(func.count()).select_from(User))


def test_a_new_person_signs_in_at_once_with_what_she_chose(client, db):
    assert register(client).status_code == 303
    page = client.get("/dang-nhap").text
    assert "tài khoản của bạn đã sẵn sàng" in page
    assert 'value="lua@vi-du.example"' in page
    entered = client.post("/dang-nhap", data={"email": "LUA@vi-du.example", "password": PASSWORD})
    assert entered.status_code == 303
    assert "Trần Thị Lụa" in client.get("/tai-khoan").text
    person = db.session.scalar(select(User))
    assert (person.phone, person.role, person.terms_accepted_at is None) == (
        "0912345678",
        "buyer",
        False,
    )
    assert person.password_hash.startswith("$argon2id$")


def test_a_known_address_gets_the_same_answer_and_its_owner_a_letter(new_client, db, mailbox):
    owner = UserFactory(email="lua@vi-du.example", name="Chủ cũ")
    answers = []
    for email in ("lua@vi-du.example", "moi@vi-du.example"):
        visitor = new_client()
        answer = register(visitor, email=email)
        page = visitor.get(answer.location).text.replace(email, "…")
        words = BeautifulSoup(page, "html.parser").get_text()
        answers.append((answer.status_code, answer.location, words))
    assert answers[0] == answers[1]
    assert count(db) == 2
    assert owner.name == "Chủ cũ"
    outbox.run_until_empty()
    assert {(mail.to[0], mail.subject) for mail in mailbox} == {
        ("lua@vi-du.example", "Bạn đã có tài khoản"),
        ("moi@vi-du.example", "Mừng bạn đến với chợ"),
    }


def test_registering_over_an_account_does_not_change_its_password(new_client, db):
    UserFactory(email="lua@vi-du.example")
    register(new_client(), password="mot-mat-khau-khac-han")
    thief = new_client()
    data = {"email": "lua@vi-du.example", "password": "mot-mat-khau-khac-han"}
    assert thief.post("/dang-nhap", data=data).status_code == 422


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password": "ngan-qua"}, "ít nhất 10 ký tự"),
        ({"password": "Mật khẩu 123456"}, "dễ đoán"),
        ({"password": "aaaaaaaaaaaaaa"}, "dễ đoán"),
        ({"password": "Trần Thị Lụa"}, "dễ đoán"),
        ({"terms": ""}, "đồng ý với quy chế"),
        ({"email": "lua@"}, "ghi đầy đủ địa chỉ"),
        ({"phone": "12345"}, "Mời ghi số điện thoại"),
        ({"name": "  "}, "điền mục này"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_but_the_password(client, db, changes, words):
    answer = register(client, **changes)
    assert answer.status_code == 422
    assert words in answer.text
    form = BeautifulSoup(answer.text, "html.parser").find("form", action="/dang-ky")
    assert form.find(id="password").get("value") in {None, ""}
    if "email" not in changes:
        assert form.find(id="email")["value"] == "lua@vi-du.example"
    assert count(db) == 0


def test_the_terms_are_never_ticked_beforehand(client):
    page = BeautifulSoup(client.get("/dang-ky").text, "html.parser")
    assert not page.find(id="terms").has_attr("checked")


def test_a_visitor_in_a_hurry_is_asked_to_wait_with_the_form_kept(client, app, monkeypatch):
    monkeypatch.setitem(app.config, "RATE_LIMITS", {"register": (1, timedelta(hours=1))})
    assert register(client).status_code == 303
    answer = register(client, email="hai@vi-du.example")
    assert answer.status_code == 429
    assert 'value="hai@vi-du.example"' in answer.text


def test_where_she_was_going_is_remembered(client):
    answer = register(client, tiep="/gio-hang")
    assert answer.location == "/dang-nhap?tiep=/gio-hang"
    assert register(client, tiep="https://xau.example/").location == "/dang-nhap"


def test_known_and_new_addresses_cost_a_guesser_the_same_hash(client, db, monkeypatch):
    from shop.accounts import passwords

    hashed = []
    real = passwords.hash_password
    monkeypatch.setattr(passwords, "hash_password", lambda word: hashed.append(1) or real(word))
    UserFactory(email="lua@vi-du.example")
    hashed.clear()
    register(client)
    register(client, email="moi@vi-du.example")
    assert len(hashed) == 2


def test_a_letter_to_the_owner_is_written_once_an_hour(client, mailbox):
    UserFactory(email="lua@vi-du.example")
    for _ in range(3):
        register(client)
    outbox.run_until_empty()
    assert len(mailbox) == 1


def test_two_who_register_one_address_at_once_make_one_account(client, db, monkeypatch, mailbox):
    from shop.accounts import queries

    UserFactory(email="lua@vi-du.example")
    real, looked = queries.by_email, []

    def late(email):
        looked.append(email)
        return None if len(looked) == 1 else real(email)

    monkeypatch.setattr(queries, "by_email", late)
    assert register(client).status_code == 303
    assert count(db) == 1
    outbox.run_until_empty()
    assert [mail.subject for mail in mailbox] == ["Bạn đã có tài khoản"]
