"""Slow work, promised in the transaction that needs it and carried out by a worker.

A message is delivered at least once, so every handler can be run twice without harm. A message
that keeps failing is tried for about an hour, so that a mail server may be away for a while, and
then parked with its error, where operators see it.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import structlog
from sqlalchemy import JSON, Index, String, Text, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import Base, Id, change, db, transaction

Payload = dict[str, Any]
Handler = Callable[[list[Payload]], None]

BATCH = 100
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 60
LONGEST_DELAY_SECONDS = 60
PAUSE_SECONDS = 1.0
LONGEST_NAME = 64

log = structlog.get_logger()
_handlers: dict[str, Handler] = {}
_periodic: list[tuple[str, timedelta, Callable[[], None]]] = []


class OutboxMessage(Base):
    """A promise of work: delivered, waiting, or parked with its error; `key` makes it unique."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        Index(
            "ix_outbox_messages_waiting",
            "available_at",
            sqlite_where=text("delivered_at IS NULL AND parked_at IS NULL"),
            postgresql_where=text("delivered_at IS NULL AND parked_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    topic: Mapped[str] = mapped_column(String(64))
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    payload: Mapped[Payload] = mapped_column(JSON)
    created_at: Mapped[datetime]
    available_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    delivered_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


class PeriodicRun(Base):
    """When a regular job last began, so that only one worker runs it in each interval."""

    __tablename__ = "periodic_runs"

    name: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    started_at: Mapped[datetime]


def handler(topic: str) -> Callable[[Callable[[Payload], None]], Callable[[Payload], None]]:
    """Register what is done with each message of a topic."""

    def register(function: Callable[[Payload], None]) -> Callable[[Payload], None]:
        def each(payloads: list[Payload]) -> None:
            for payload in payloads:
                function(payload)

        _handlers[topic] = each
        each.__dict__["one_by_one"] = True
        return function

    return register


def batch_handler(topic: str) -> Callable[[Handler], Handler]:
    """Register what is done with many messages of a topic at once."""

    def register(function: Handler) -> Handler:
        _handlers[topic] = function
        return function

    return register


def every(
    interval: timedelta,
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a regular job; it must be safe to run at any time."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        name = f"{function.__module__}.{function.__qualname__}"[-LONGEST_NAME:]
        _periodic.append((name, interval, function))
        return function

    return register


def send(topic: str, payload: Payload, *, key: str | None = None) -> None:
    """Promise a piece of work in the present transaction; the same key twice is one promise."""
    if key and db.session.scalar(select(OutboxMessage.id).where(OutboxMessage.key == key)):
        return
    moment = clock.now()
    db.session.add(
        OutboxMessage(topic=topic, key=key, payload=payload, created_at=moment, available_at=moment)
    )


def run_once() -> int:
    """Carry out what is due now and return how many messages were taken."""
    _run_periodic()
    taken = _claim()
    by_topic: dict[str, list[OutboxMessage]] = {}
    for message in taken:
        by_topic.setdefault(message.topic, []).append(message)
    for topic, messages in by_topic.items():
        _deliver(topic, messages)
    return len(taken)


def run_until_empty(most_rounds: int = 1000) -> None:
    """Carry out all that is due, and what that brings about in turn."""
    for _ in range(most_rounds):
        if not run_once():
            return


def run_forever(stop: Event) -> None:
    """Work until told to stop; a failure of the database is waited out, never fatal."""
    while not stop.is_set():
        try:
            busy = run_once() == BATCH
        except Exception:
            log.exception("worker.failed")
            db.session.rollback()
            busy = False
        finally:
            db.session.remove()
        if not busy:
            stop.wait(PAUSE_SECONDS)


def delay_after(attempts: int) -> timedelta:
    """Return how long a message rests after so many failures: ever longer, at most a minute."""
    return timedelta(seconds=min(2 ** min(attempts, 30), LONGEST_DELAY_SECONDS))


def retry(message_id: int) -> bool:
    """Let a parked message be tried anew; False when it is not parked."""
    values = {"parked_at": None, "attempts": 0, "available_at": clock.now()}
    parked = (OutboxMessage.id == message_id, OutboxMessage.parked_at.is_not(None))
    with transaction():
        return change(update(OutboxMessage).where(*parked).values(values)) == 1


def waiting_payloads(topic: str) -> list[Payload]:
    """Return what the messages of a topic that are not yet delivered are about."""
    wanted = select(OutboxMessage.payload).where(
        OutboxMessage.topic == topic, OutboxMessage.delivered_at.is_(None)
    )
    return list(db.session.scalars(wanted))


def lag_seconds() -> float:
    """Return how long the oldest due message has been waiting, 0 when none is."""
    oldest = db.session.scalar(select(func.min(OutboxMessage.available_at)).where(*_waiting()))
    return max(0.0, (clock.now() - oldest).total_seconds()) if oldest else 0.0


def _waiting() -> tuple[Any, ...]:
    return (OutboxMessage.delivered_at.is_(None), OutboxMessage.parked_at.is_(None))


def _claim() -> Sequence[OutboxMessage]:
    """Take a batch for the length of the lease; two workers never hold the same message."""
    moment = clock.now()
    due = (
        select(OutboxMessage)
        .where(*_waiting(), OutboxMessage.available_at <= moment)
        .order_by(OutboxMessage.available_at, OutboxMessage.id)
        .limit(BATCH)
    )
    if db.session.scalar(select(due.with_only_columns(OutboxMessage.id).exists())) is False:
        db.session.rollback()
        return []
    with transaction():
        taken = db.session.scalars(due.with_for_update(skip_locked=True)).all()
        for message in taken:
            message.available_at = moment + LEASE
            message.attempts += 1
        db.session.flush()
        for message in taken:
            db.session.expunge(message)
    return taken


def _deliver(topic: str, messages: list[OutboxMessage]) -> None:
    """Run the handler; when a batch fails, try each alone so that one bad message parks alone."""
    run = _handlers.get(topic)
    groups = [[message] for message in messages] if _one_by_one(run) else [messages]
    for group in filter(_still_held, groups):
        error = _try(run, topic, group)
        if error and len(group) > 1:
            for message in group:
                _settle([message], _try(run, topic, [message]))
        else:
            _settle(group, error)


def _still_held(group: list[OutboxMessage]) -> bool:
    """Begin a new lease once half of it is over; False when another worker took them meanwhile."""
    moment, lease = clock.now(), group[0].available_at
    if moment < lease - LEASE / 2:
        return True
    ours = (OutboxMessage.id.in_([each.id for each in group]), OutboxMessage.available_at == lease)
    with transaction():
        longer = update(OutboxMessage).where(*ours).values(available_at=moment + LEASE)
        return change(longer) == len(group)


def _one_by_one(run: Handler | None) -> bool:
    return bool(run and run.__dict__.get("one_by_one"))


def _try(run: Handler | None, topic: str, group: list[OutboxMessage]) -> str | None:
    if run is None:
        return f"nobody handles {topic}"
    started = time.monotonic()
    try:
        run([message.payload for message in group])
    except Exception as error:
        db.session.rollback()
        log.exception("outbox.failed", topic=topic, ids=[message.id for message in group])
        return f"{type(error).__name__}: {error}"[:2000]
    log.debug("outbox.done", topic=topic, count=len(group), seconds=time.monotonic() - started)
    return None


def _settle(group: list[OutboxMessage], error: str | None) -> None:
    moment = clock.now()
    with transaction():
        for message in group:
            values: Payload = {"error": error}
            if error is None:
                values |= {"delivered_at": moment, "parked_at": None}
            elif message.attempts >= MOST_ATTEMPTS:
                values["parked_at"] = moment
            else:
                values["available_at"] = moment + delay_after(message.attempts)
            open_still = (OutboxMessage.id == message.id, OutboxMessage.delivered_at.is_(None))
            db.session.execute(update(OutboxMessage).where(*open_still).values(values))


def _run_periodic() -> None:
    for name, interval, job in _periodic:
        if _begin_periodic(name, interval):
            try:
                job()
            except Exception:
                log.exception("periodic.failed", job=name)
                db.session.rollback()


def _begin_periodic(name: str, interval: timedelta) -> bool:
    """Say whether this worker is the one to run the job now, and note it if so."""
    moment = clock.now()
    last = db.session.scalar(select(PeriodicRun.started_at).where(PeriodicRun.name == name))
    if last is not None and last > moment - interval:
        return False
    try:
        with transaction():
            if last is None:
                db.session.add(PeriodicRun(name=name, started_at=moment))
                return True
            won = change(
                update(PeriodicRun)
                .where(PeriodicRun.name == name, PeriodicRun.started_at <= moment - interval)
                .values(started_at=moment)
            )
            return won == 1
    except IntegrityError:  # another worker began its first run in this very moment
        return False
