"""Promised work: once, in spite of failures and of two workers."""

import contextvars
from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event, Lock, Thread

import pytest
import time_machine

from shop.core import clock, outbox
from shop.core.db import db as database
from shop.core.db import transaction
from shop.core.outbox import OutboxMessage

TOPIC = "tests.work"
NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch):
    """Note what the handler of the tests' topic is given; `Bad` payloads fail."""
    monkeypatch.setattr(outbox, "_handlers", {})
    monkeypatch.setattr(outbox, "_periodic", [])
    seen = []

    @outbox.handler(TOPIC)
    def work(payload):
        seen.append(payload["n"])
        if payload.get("bad"):
            raise RuntimeError("the mail server is away")

    return seen


def promise(*payloads, key=None):
    with transaction():
        for payload in payloads:
            outbox.send(TOPIC, payload, key=key)


def messages():
    return list(database.session.scalars(database.select(OutboxMessage)).all())


def run_at(moment):
    with clock.at(moment):
        return outbox.run_once()


def test_a_message_is_delivered_once(app, done):
    promise({"n": 1}, {"n": 2})
    outbox.run_until_empty()
    outbox.run_until_empty()
    assert done == [1, 2]
    assert all(message.delivered_at and not message.error for message in messages())


def test_the_same_key_is_one_promise(app, done):
    promise({"n": 1}, key="mail:7")
    promise({"n": 2}, key="mail:7")
    outbox.run_until_empty()
    promise({"n": 3}, key="mail:7")
    outbox.run_until_empty()
    assert done == [1]


def test_nothing_is_promised_by_a_transaction_that_fails(app, done):
    def promise_and_fail():
        with transaction():
            outbox.send(TOPIC, {"n": 1})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        promise_and_fail()
    outbox.run_until_empty()
    assert (done, messages()) == ([], [])


def test_a_failing_message_rests_ever_longer_and_at_most_a_minute():
    rests = [outbox.delay_after(attempts).total_seconds() for attempts in range(1, 9)]
    assert rests == [2, 4, 8, 16, 32, 60, 60, 60]
    assert outbox.delay_after(5000).total_seconds() == 60


def test_a_failing_message_is_tried_again_once_it_has_rested(app, done):
    with clock.at(NOON):
        promise({"n": 1, "bad": True})
    assert [run_at(NOON + timedelta(seconds=s)) for s in (0, 1, 2, 5, 6)] == [1, 0, 1, 0, 1]
    [message] = messages()
    assert (message.attempts, message.delivered_at, message.parked_at) == (3, None, None)
    assert message.error == "RuntimeError: the mail server is away"


def test_an_outage_of_ten_minutes_loses_nothing(app, done):
    with clock.at(NOON):
        promise({"n": 1, "bad": True})
    for second in range(0, 600, 5):
        run_at(NOON + timedelta(seconds=second))
    [message] = messages()
    assert message.parked_at is None
    with transaction():
        database.session.merge(message).payload = {"n": 2}
    run_at(NOON + timedelta(seconds=660))
    assert messages()[0].delivered_at is not None


def test_a_message_is_parked_after_about_an_hour(app, done):
    with clock.at(NOON):
        promise({"n": 1, "bad": True})
    minutes = 0
    while messages()[0].parked_at is None:
        minutes += 1
        run_at(NOON + timedelta(minutes=minutes))
    assert 55 <= minutes <= 65
    assert run_at(NOON + timedelta(days=1)) == 0
    assert messages()[0].attempts == outbox.MOST_ATTEMPTS == len(done)


def test_a_parked_message_can_be_tried_anew(app, done):
    promise({"n": 1})
    [message] = messages()
    assert outbox.retry(message.id) is False
    with transaction():
        message.parked_at, message.attempts = clock.now(), outbox.MOST_ATTEMPTS
    outbox.run_until_empty()
    assert done == []
    assert outbox.retry(message.id) is True
    outbox.run_until_empty()
    assert done == [1]
    assert messages()[0].parked_at is None


def test_a_bad_message_in_a_batch_fails_alone(app, done, monkeypatch):
    @outbox.batch_handler(TOPIC)
    def work(payloads):
        done.append([payload["n"] for payload in payloads])
        if any(payload.get("bad") for payload in payloads):
            raise RuntimeError("one is bad")

    monkeypatch.setattr(outbox, "MOST_ATTEMPTS", 1)
    promise({"n": 1}, {"n": 2, "bad": True}, {"n": 3})
    outbox.run_until_empty()
    assert done == [[1, 2, 3], [1], [2], [3]]
    state = {m.payload["n"]: (bool(m.delivered_at), bool(m.parked_at)) for m in messages()}
    assert state == {1: (True, False), 2: (False, True), 3: (True, False)}


def test_a_topic_that_nobody_handles_is_kept_with_its_error(app, done):
    with transaction():
        outbox.send("tests.nobody", {})
    outbox.run_once()
    assert messages()[0].error == "nobody handles tests.nobody"


def test_a_message_is_not_taken_while_another_worker_holds_it(app, done):
    with clock.at(NOON):
        promise({"n": 1})
        assert len(outbox._claim()) == 1
    assert run_at(NOON + outbox.LEASE - timedelta(seconds=1)) == 0
    assert run_at(NOON + outbox.LEASE) == 1


def test_a_slow_worker_leaves_to_another_what_that_one_has_taken(app, done):
    with time_machine.travel(NOON, tick=False) as hands:

        @outbox.handler(TOPIC)
        def work(payload):
            done.append(payload["n"])
            if len(done) == 1:
                hands.shift(outbox.LEASE)
                outbox.run_once()

        promise({"n": 1}, {"n": 2})
        outbox.run_once()
    assert done == [1, 1, 2]


def test_a_slow_worker_is_left_what_it_is_doing(app, done):
    with time_machine.travel(NOON, tick=False) as hands:

        @outbox.handler(TOPIC)
        def work(payload):
            done.append(payload["n"])
            hands.shift(outbox.LEASE * 0.6)
            outbox.run_once()

        promise({"n": 1}, {"n": 2})
        outbox.run_once()
    assert done == [1, 2]


def test_a_late_failure_does_not_undo_a_delivery(app, done):
    promise({"n": 1})
    [late] = outbox._claim()
    late.attempts = outbox.MOST_ATTEMPTS
    outbox._settle([late], None)
    outbox._settle([late], "too late")
    assert (messages()[0].parked_at, messages()[0].error) == (None, None)


def in_threads(app, work, number=2):
    """Run the work in so many workers at once, each with a session of its own."""
    together, errors = Barrier(number), []

    def run():
        with app.app_context():
            together.wait()
            try:
                work()
            except Exception as error:  # noqa: BLE001  the test looks at whatever it was
                errors.append(error)
            finally:
                database.session.remove()

    threads = [Thread(target=contextvars.Context().run, args=(run,)) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors


def test_two_workers_never_take_the_same_message(app, done, monkeypatch):
    taken, lock = Counter(), Lock()

    @outbox.handler(TOPIC)
    def work(payload):
        with lock:
            taken[payload["n"]] += 1

    monkeypatch.setattr(outbox, "BATCH", 7)
    promise(*({"n": n} for n in range(100)))
    in_threads(app, outbox.run_until_empty, 3)
    outbox.run_until_empty()
    assert set(taken.values()) == {1}
    assert len(taken) == 100


def test_a_regular_job_runs_once_per_interval(app, done):
    ran = []
    outbox.every(timedelta(minutes=10))(lambda: ran.append(clock.now()))
    moments = [NOON + timedelta(minutes=minutes) for minutes in (0, 1, 9, 10, 11, 25)]
    for moment in moments:
        run_at(moment)
    assert ran == [moments[0], moments[3], moments[5]]


def test_two_workers_run_a_regular_job_once(app, done):
    ran = []
    outbox.every(timedelta(minutes=10))(lambda: ran.append(1))
    in_threads(app, outbox.run_once, 4)
    assert ran == [1]


def test_a_regular_job_that_fails_does_not_stop_the_work(app, done):
    def breaks():
        raise RuntimeError

    outbox.every(timedelta(minutes=10))(breaks)
    promise({"n": 1})
    outbox.run_once()
    assert done == [1]


def test_the_lag_is_the_wait_of_the_oldest_due_message(app, done):
    assert outbox.lag_seconds() == 0
    with clock.at(NOON):
        promise({"n": 1})
    with clock.at(NOON + timedelta(minutes=3)):
        assert outbox.lag_seconds() == 180
    outbox.run_until_empty()
    assert outbox.lag_seconds() == 0


def test_a_worker_works_until_it_is_told_to_stop(app, done):
    stop = Event()

    @outbox.handler(TOPIC)
    def work(payload):
        done.append(payload["n"])
        stop.set()

    promise({"n": 1})
    outbox.run_forever(stop)
    assert done == [1]
