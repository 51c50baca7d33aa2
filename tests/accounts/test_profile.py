from sqlalchemy import select

from shop.accounts.models import User
from shop.core import audit
from shop.core.audit import AuditEntry
from shop.core.context import current_actor
from shop.web import slots
from tests.accounts.factories import UserFactory, sign_in


def test_what_a_person_says_of_herself_is_kept_in_nfc(client, db):
    sign_in(client, UserFactory())
    data = {"name": "Trâ\u0300n  Lụa", "phone": "", "locale": "en"}
    assert client.post("/tai-khoan", data=data).location == "/tai-khoan"
    person = db.session.scalar(select(User))
    assert (person.name, person.phone, person.locale) == ("Trần Lụa", None, "en")


def test_a_refused_profile_keeps_what_was_typed(client):
    sign_in(client, UserFactory())
    answer = client.post("/tai-khoan", data={"name": "Lụa Mới", "phone": "1", "locale": "vi"})
    assert answer.status_code == 422
    assert 'value="Lụa Mới"' in answer.text


def test_a_form_cannot_make_an_operator(client, db):
    sign_in(client, UserFactory())
    data = {"name": "Lụa", "locale": "vi", "role": "operator", "email": "x@y.vn", "id": "1"}
    client.post("/tai-khoan", data=data)
    person = db.session.scalar(select(User))
    assert person.role == "buyer"
    assert person.email != "x@y.vn"


def test_rooms_above_put_their_links_on_the_account(client, monkeypatch):
    link = ("Đơn của tôi", "/don-hang")
    monkeypatch.setitem(slots._fillers, "account.links", {"x": (1, lambda _user: link)})
    sign_in(client, UserFactory())
    assert "Đơn của tôi" in client.get("/tai-khoan").text


def test_the_audit_knows_who_acts(app, client, db, monkeypatch):
    person = UserFactory(name="Trần Thị Lụa")

    def fill(user):
        with app.app_context():
            assert current_actor().id == user.id
            audit.record("test.looked", user)
            app.extensions["sqlalchemy"].session.commit()

    monkeypatch.setitem(slots._fillers, "account.links", {"x": (1, fill)})
    sign_in(client, person)
    client.get("/tai-khoan")
    entry = db.session.scalar(select(AuditEntry))
    assert (entry.actor_id, entry.actor_name) == (person.id, "Trần Thị Lụa")
