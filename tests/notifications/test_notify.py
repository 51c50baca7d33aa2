import pytest
from sqlalchemy import func, select

from shop.core import outbox
from shop.core.db import transaction
from shop.core.outbox import OutboxMessage
from shop.notifications import letters
from shop.notifications.models import Notification
from shop.notifications.operations import notify
from tests.accounts.factories import UserFactory


def tell(person, key="orders:1:placed", **more):
    notify(person.id, "accounts/welcome", key=key, url="/don-hang/R1001", **more)


def test_a_telling_is_a_line_at_once_and_a_letter_after_the_commit(db, mailbox):
    person = UserFactory(name="Trần Thị Lụa")
    db.session.commit()
    with transaction():
        tell(person)
        assert not mailbox
    line = db.session.scalar(select(Notification))
    assert (line.user_id, line.subject, line.url, line.read_at) == (
        person.id,
        "Mừng bạn đến với chợ",
        "/don-hang/R1001",
        None,
    )
    outbox.run_until_empty()
    assert [(mail.to, mail.subject) for mail in mailbox] == [
        ([person.email], "Mừng bạn đến với chợ")
    ]
    assert mailbox[0].body.startswith("Chào Trần Thị Lụa,\n\n")
    assert "http://127.0.0.1:8000/don-hang/R1001" in mailbox[0].body


def test_a_telling_that_is_rolled_back_was_never_told(db, mailbox):
    person = UserFactory()
    db.session.commit()

    def break_off():
        with transaction():
            tell(person)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    outbox.run_until_empty()
    assert db.session.scalar(select(func.count()).select_from(Notification)) == 0
    assert not mailbox


def test_the_same_key_is_told_once(db, mailbox):
    person = UserFactory()
    db.session.commit()
    for _ in range(3):
        tell(person)
    outbox.run_until_empty()
    assert db.session.scalar(select(func.count()).select_from(Notification)) == 1
    assert len(mailbox) == 1


def test_a_letter_is_in_the_language_of_its_reader(db, mailbox):
    vietnamese, english = UserFactory(), UserFactory(locale="en")
    db.session.commit()
    tell(vietnamese, "a")
    tell(english, "b")
    outbox.run_until_empty()
    assert [mail.subject for mail in mailbox] == ["Mừng bạn đến với chợ", "Welcome to the market"]
    assert "Hello " in mailbox[1].body
    html = mailbox[1].alternatives[0][0]
    assert '<html lang="en">' in html
    assert "Open at Chợ Phiên" in html


def test_the_message_id_follows_from_the_key(db, mailbox):
    person = UserFactory()
    db.session.commit()
    tell(person)
    outbox.run_until_empty()
    message = db.session.scalar(select(OutboxMessage))
    message.delivered_at, message.available_at = None, message.created_at  # as after a crash
    db.session.commit()
    outbox.run_until_empty()
    ids = [mail.message()["Message-ID"] for mail in mailbox]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert ids[0].endswith("@localhost>")


def test_what_people_wrote_is_text_in_the_html(db, mailbox):
    person = UserFactory(name='<img src="x"> & Lụa')
    db.session.commit()
    tell(person)
    outbox.run_until_empty()
    html = mailbox[0].alternatives[0][0]
    assert "&lt;img src=&#34;x&#34;&gt; &amp; Lụa" in html
    assert '<img src="x"> & Lụa' in mailbox[0].body


def test_a_line_break_in_a_name_makes_no_header(app):
    person = UserFactory(email="lua@vi-du.example", name="Lụa\nBcc: xau@vi-du.example")
    letter = letters.compose("accounts/reset", person=person, data={"minutes": 60})
    assert "\n" not in letter.subject


def test_a_template_without_a_subject_is_a_fault_of_ours(app, tmp_path):
    with pytest.raises(ValueError, match="Subject"):
        letters.subject_of("notifications/frame", person=UserFactory(), data={"body": ""})


def test_letters_to_the_people_of_the_demo_floor_stay_in_the_house(db, mailbox, monkeypatch):
    from shop.notifications import gateway

    monkeypatch.setattr(gateway, "leaves_the_house", lambda: True)
    invented, real = UserFactory(is_demo=True), UserFactory()
    db.session.commit()
    tell(invented, "a")
    tell(real, "b")
    outbox.run_until_empty()
    assert [mail.to for mail in mailbox] == [[real.email]]
