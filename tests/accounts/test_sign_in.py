import unicodedata
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from bs4 import BeautifulSoup
from sqlalchemy import select

from shop.accounts import operations, passwords
from shop.accounts.models import User, UserSession
from shop.core import clock
from shop.core.audit import AuditEntry
from tests.accounts.factories import PASSWORD, UserFactory, sign_in

WRONG = "mat-khau-sai-2026"
TOO_OFTEN = "Thử quá nhiều lần. Xin đợi vài phút rồi thử lại."


def enter(client, email, password=PASSWORD, **more):
    return client.post("/dang-nhap", data={"email": email, "password": password, **more})


def words_of(answer, email):
    return BeautifulSoup(answer.text.replace(email, "…"), "html.parser").get_text()


def test_the_right_password_opens_the_account(client):
    person = UserFactory(name="Trần Thị Lụa")
    sign_in(client, person)
    page = client.get("/tai-khoan")
    assert "Trần Thị Lụa" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_a_stranger_is_sent_to_sign_in_and_back(client):
    person = UserFactory()
    answer = client.get("/tai-khoan/dia-chi?x=1")
    assert answer.location == "/dang-nhap?tiep=/tai-khoan/dia-chi?x%3D1"
    page = BeautifulSoup(client.get(answer.location).text, "html.parser")
    form = page.find("form", action="/dang-nhap")
    onward = form.find("input", attrs={"name": "tiep"})["value"]
    assert enter(client, person.email, tiep=onward).location == "/tai-khoan/dia-chi?x=1"


@pytest.mark.parametrize(
    "target",
    ["https://xau.example/", "//xau.example", "/\\xau.example", "\\\\xau.example", "/a\nb", "xau"],
)
def test_nobody_is_led_to_another_site(client, target):
    person = UserFactory()
    assert enter(client, person.email, tiep=target).location == "/"


def test_wrong_password_and_unknown_address_are_answered_alike(new_client):
    person = UserFactory()
    wrong = enter(new_client(), person.email, WRONG)
    unknown = enter(new_client(), "khong-co@vi-du.example", WRONG)
    assert wrong.status_code == unknown.status_code == 422
    assert words_of(wrong, person.email) == words_of(unknown, "khong-co@vi-du.example")
    assert "Email hoặc mật khẩu chưa đúng" in wrong.text


def test_an_unknown_address_costs_the_same_work(client, monkeypatch):
    checked = []
    hasher = passwords._hasher(**passwords._profile)
    real = hasher.verify

    def verify(known, word):
        checked.append(known)
        return real(known, word)

    spy = SimpleNamespace(verify=verify, hash=hasher.hash)
    monkeypatch.setattr(passwords, "_hasher", lambda *_, **__: spy)
    enter(client, "khong-co@vi-du.example", WRONG)
    assert len(checked) == 1
    assert checked[0].startswith("$argon2id$")


def test_hashes_are_argon2id_at_19_mib():
    word = passwords.PasswordHasher(
        time_cost=passwords.ROUNDS, memory_cost=passwords.MEMORY_KIB, parallelism=1
    ).hash("x")
    assert "$argon2id$" in word
    assert "m=19456,t=2,p=1" in word


def test_the_real_price_is_the_default_setting(tmp_path):
    import config

    settings = config.load({"DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 40})
    assert (settings["PASSWORD_MEMORY_KIB"], settings["PASSWORD_ROUNDS"]) == (19456, 2)


def test_a_password_and_an_address_typed_in_nfd_are_the_same(client):
    person = UserFactory(
        email=unicodedata.normalize("NFC", "lụa@vi-du.example"),
        password_hash=passwords.hash_password(unicodedata.normalize("NFC", "mật khẩu của Lụa")),
    )
    email = unicodedata.normalize("NFD", person.email.upper())
    word = unicodedata.normalize("NFD", "mật khẩu của Lụa")
    assert email != person.email
    assert enter(client, email, word).status_code == 303


def test_an_old_hash_is_renewed_at_todays_price(client, db):
    cheap = passwords.PasswordHasher(time_cost=1, memory_cost=32, parallelism=1)
    person = UserFactory(password_hash=cheap.hash(PASSWORD))
    old = person.password_hash
    enter(client, person.email)
    renewed = db.session.scalar(select(User.password_hash))
    assert renewed != old
    assert passwords.is_right(PASSWORD, renewed)


def test_the_account_is_closed_to_guessers_after_ten_tries(new_client):
    person = UserFactory()
    for _ in range(10):
        assert enter(new_client(), person.email, WRONG).status_code == 422
    answer = enter(new_client(), person.email)
    assert answer.status_code == 429
    assert TOO_OFTEN in answer.text
    assert person.email in answer.text
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert enter(new_client(), person.email).status_code == 303


def test_an_unknown_account_is_closed_after_as_many(new_client):
    statuses = [enter(new_client(), "ai@vi-du.example", WRONG).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_a_guesser_of_many_accounts_is_stopped_by_address(client, app, monkeypatch):
    monkeypatch.setitem(app.config, "RATE_LIMITS", {"sign-in-address": (3, timedelta(minutes=15))})
    for number in range(3):
        assert enter(client, f"ai-{number}@vi-du.example", WRONG).status_code == 422
    assert enter(client, UserFactory().email).status_code == 429


def test_people_who_know_their_password_may_share_an_address(new_client, app, monkeypatch):
    monkeypatch.setitem(app.config, "RATE_LIMITS", {"sign-in-address": (3, timedelta(minutes=15))})
    assert {enter(new_client(), UserFactory().email).status_code for _ in range(8)} == {303}


def test_the_session_is_new_after_signing_in(client):
    person = UserFactory()
    with client.session_transaction() as planted:
        planted["planted"] = "by a stranger"
        planted["cart_token"] = "giỏ"
        before = planted.setdefault("csrf_token", "known to a stranger")
    sign_in(client, person)
    with client.session_transaction() as now:
        assert "planted" not in now
        assert now.get("csrf_token") != before
        assert now["cart_token"] == "giỏ"


def test_signing_in_again_ends_the_session_before(client, db):
    person = UserFactory()
    sign_in(client, person)
    sign_in(client, person)
    rows = db.session.scalars(select(UserSession).order_by(UserSession.id)).all()
    assert [row.revoked_at is None for row in rows] == [False, True]


def test_a_copied_cookie_is_worth_nothing_after_signing_out(client, new_client):
    person = UserFactory()
    sign_in(client, person)
    thief = new_client()
    thief.set_cookie("phien", client.get_cookie("phien").value)
    assert thief.get("/tai-khoan").status_code == 200
    client.post("/dang-xuat")
    assert thief.get("/tai-khoan").status_code == 303
    assert client.get("/tai-khoan").status_code == 303


def test_signing_out_needs_a_post_with_its_token(client):
    sign_in(client, UserFactory())
    assert client.get("/dang-xuat").status_code == 405
    assert client.post("/dang-xuat", csrf=False).status_code == 400
    assert client.get("/tai-khoan").status_code == 200


def test_only_the_hash_of_a_devices_token_is_kept(client, db):
    sign_in(client, UserFactory())
    with client.session_transaction() as session:
        token = session["_user_id"]
    assert token not in db.session.scalar(select(UserSession.token_hash))


def test_a_blocked_person_is_out_at_once_and_stays_out(client, db):
    person = UserFactory()
    sign_in(client, person)
    operations.set_blocked(person.id, is_blocked=True)
    assert client.get("/tai-khoan").status_code == 303
    answer = enter(client, person.email)
    assert answer.status_code == 422
    assert "đang bị khóa" in answer.text
    assert db.session.scalar(select(AuditEntry.action)) == "accounts.blocked"


def test_a_stranger_does_not_learn_that_an_account_is_blocked(client):
    person = UserFactory(is_blocked=True)
    assert "khóa" not in enter(client, person.email, WRONG).text


def test_someone_signed_in_is_led_past_the_sign_in_page(client):
    sign_in(client, UserFactory())
    assert client.get("/dang-nhap?tiep=/gio-hang").location == "/gio-hang"


def test_without_a_token_the_form_is_refused(client):
    person = UserFactory()
    data = {"email": person.email, "password": PASSWORD}
    assert client.post("/dang-nhap", data=data, csrf=False).status_code == 400
