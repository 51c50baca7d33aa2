from sqlalchemy import select

from shop.core.audit import AuditEntry
from tests.accounts.factories import PASSWORD, UserFactory, sign_in

NEW = "mat-khau-moi-2026"


def change(client, current=PASSWORD, new=NEW):
    return client.post("/tai-khoan/mat-khau", data={"current": current, "password": new})


def test_other_devices_are_out_and_this_one_stays(client, new_client, db):
    person = UserFactory()
    other = sign_in(new_client(), person)
    sign_in(client, person)
    assert change(client).location == "/tai-khoan"
    assert "Đã đặt mật khẩu mới" in client.get("/tai-khoan").text
    assert other.get("/tai-khoan").status_code == 303
    sign_in(new_client(), person, NEW)
    entry = db.session.scalar(select(AuditEntry))
    assert (entry.action, entry.actor_id) == ("accounts.password_changed", person.id)


def test_the_present_password_is_asked_for(client, new_client):
    person = UserFactory()
    sign_in(client, person)
    answer = change(client, current="khong-phai-no-dau")
    assert answer.status_code == 422
    assert "không phải mật khẩu hiện tại" in answer.text
    sign_in(new_client(), person)


def test_guessing_the_present_password_is_stopped(client):
    sign_in(client, UserFactory())
    statuses = [change(client, current="khong-phai-no-dau").status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_an_easy_password_is_refused(client):
    sign_in(client, UserFactory())
    answer = change(client, new="matkhau123456")
    assert answer.status_code == 422
    assert "dễ đoán" in answer.text
