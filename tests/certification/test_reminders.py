"""Reminders: at 180, 120, 90, 60 and 30 days, each once, and only the present one after a pause."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from shop.certification.models import Certificate
from shop.certification.operations import remind_stalls
from shop.core import clock
from shop.core.outbox import OutboxMessage
from shop.notifications.letters import compose
from shop.notifications.models import Notification
from tests.accounts.factories import UserFactory
from tests.certification.factories import CertificateFactory
from tests.certification.test_decide_certificate import product_of
from tests.queries import counting

STAGES = (180, 120, 90, 60, 30)


def ending_in(days: int, **more) -> Certificate:
    return CertificateFactory(
        decided_on=clock.today() + timedelta(days=days - 1000),
        expires_on=clock.today() + timedelta(days=days),
        **more,
    )


def told(db) -> list[Notification]:
    db.session.expire_all()
    rows = db.session.scalars(select(Notification).order_by(Notification.id))
    return [row for row in rows if row.template == "certification/reminder"]


def run_at(days: int) -> None:
    with time_machine.travel(clock.now() + timedelta(days=days)):
        remind_stalls()


def test_each_comes_once_on_its_day(db):
    ending_in(200)
    db.session.commit()
    for day in range(0, 202, 1):
        run_at(day)
    assert [row.data["days"] for row in told(db)] == list(STAGES)


def test_running_again_tells_nothing_anew(db):
    ending_in(100)
    db.session.commit()
    for _ in range(3):
        remind_stalls()
    assert len(told(db)) == 1
    mails = select(OutboxMessage).where(OutboxMessage.topic == "notifications.mail")
    assert len(db.session.scalars(mails).all()) == 1


def test_after_a_pause_only_the_present_one_is_told(db):
    ending_in(200)
    db.session.commit()
    run_at(145)
    assert [(row.data["days"], row.data["is_window_open"]) for row in told(db)] == [(55, False)]
    run_at(146)
    assert len(told(db)) == 1
    run_at(171)
    assert [row.data["days"] for row in told(db)] == [55, 29]


@pytest.mark.parametrize("days", [181, -1, 500])
def test_outside_of_the_time_nothing_is_said(db, days):
    ending_in(days)
    db.session.commit()
    remind_stalls()
    assert told(db) == []


@pytest.mark.parametrize("trait", ["revoked", "replaced", "refused", "submitted", "withheld"])
def test_only_what_shows_stars_is_spoken_of(db, trait):
    ending_in(100, **{trait: True})
    db.session.commit()
    remind_stalls()
    assert told(db) == []


def test_who_has_handed_in_the_next_one_is_left_alone(db):
    certificate = ending_in(60)
    CertificateFactory(submitted=True, product=product_of(db, certificate))
    db.session.commit()
    remind_stalls()
    assert told(db) == []


def test_finding_nobody_asks_once_however_many_certificates_there_are(db):
    for _ in range(20):
        ending_in(500)
    db.session.commit()
    with counting(db.engine) as counted:
        remind_stalls()
    assert len(counted) == 1


@pytest.mark.parametrize(
    ("is_open", "words"),
    [(True, "đúng hạn là đến hết 01/07/2027"), (False, "đã hết ngày 01/07/2027")],
)
def test_the_letter_says_what_to_do_and_until_when(app, is_open, words):
    data = {
        "product_name": "Chè Shan", "stars": 4, "days": 150, "expires_on": "29/10/2027",
        "closes": "01/07/2027", "is_window_open": is_open,
    }  # fmt: skip
    with app.test_request_context():
        letter = compose("certification/reminder", person=UserFactory(), data=data)
    assert letter.subject == "Chè Shan: giấy chứng nhận còn 150 ngày"
    assert words in letter.text
    assert "29/10/2027" in letter.text
