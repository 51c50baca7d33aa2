"""Counting tries: per key, per window, across processes."""

import contextvars
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from shop.core import clock, throttle
from shop.core.errors import TooOften
from shop.core.throttle import Limit, ThrottleWindow

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
LIMIT = Limit("tests", 3, timedelta(minutes=10))


def tries(subject, moment=NOON, number=1):
    """Return how many of so many tries are let through."""
    let = 0
    for _ in range(number):
        try:
            with clock.at(moment):
                throttle.guard(LIMIT, subject)
        except TooOften:
            continue
        let += 1
    return let


def test_lets_as_many_through_as_the_limit_says(app):
    assert tries("hoa@vi-du.example", number=5) == 3


def test_counts_each_subject_alone(app):
    assert tries("hoa@vi-du.example", number=5) == 3
    assert tries("lan@vi-du.example", number=5) == 3


def test_begins_anew_after_the_window(app):
    assert tries("hoa", number=5) == 3
    assert tries("hoa", NOON + timedelta(minutes=9, seconds=59)) == 0
    assert tries("hoa", NOON + timedelta(minutes=10)) == 1


def test_a_right_password_forgets_the_tries_before(app):
    tries("hoa", number=3)
    throttle.forget(LIMIT.key("hoa"))
    assert tries("hoa", number=5) == 3


def test_a_try_that_turned_out_well_is_given_back(app):
    tries("hoa", number=3)
    throttle.give_back(LIMIT, "hoa")
    assert tries("hoa", number=3) == 1


def test_giving_back_never_makes_more_than_the_limit(app):
    for _ in range(5):
        throttle.give_back(LIMIT, "hoa")
    assert tries("hoa", number=5) == 3


def test_the_environment_may_say_otherwise(app, monkeypatch):
    monkeypatch.setitem(app.config["RATE_LIMITS"], "tests", (1, timedelta(minutes=1)))
    assert tries("hoa", number=3) == 1


def test_the_subject_cannot_be_read_from_the_table(app, db):
    tries("hoa@vi-du.example")
    [key] = db.session.scalars(select(ThrottleWindow.key))
    assert key.startswith("tests:")
    assert "hoa" not in key


def test_windows_that_have_ended_are_swept(app, db):
    tries("hoa")
    tries("lan", NOON + timedelta(minutes=9))
    with clock.at(NOON + timedelta(minutes=11)):
        throttle.sweep()
    assert db.session.scalars(select(ThrottleWindow.key)).all() == [LIMIT.key("lan")]


def test_tries_at_the_same_moment_are_all_counted(app, db):
    together, let = Barrier(8), []

    def one():
        with app.app_context():
            together.wait()
            try:
                throttle.guard(LIMIT, "hoa")
                let.append(1)
            except TooOften:
                pass
            finally:
                db.session.remove()

    threads = [Thread(target=contextvars.Context().run, args=(one,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(let) == 3
    assert db.session.scalar(select(ThrottleWindow.count)) == 8


@pytest.mark.parametrize(
    ("address", "visitor"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("not an address", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_line_is_one_visitor(address, visitor):
    assert throttle.network(address) == visitor
