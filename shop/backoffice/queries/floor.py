"""The state of the floor in numbers, each question one statement."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import case, func, or_, select

from shop.catalogue.models import Product, ProductStatus, StagedStatus
from shop.catalogue.queries.cards import on_sale
from shop.certification.models import Certificate, CertificateStatus
from shop.core import clock, outbox
from shop.core.db import db
from shop.core.outbox import OutboxMessage, PeriodicRun
from shop.orders.models import StallOrder, StallOrderStatus
from shop.reviews.models import ReportStatus, ReviewReport
from shop.stalls.models import Stall, StallStatus

DAYS = 7
MOST_PARKED = 20


class Day(NamedTuple):
    """How many parts of orders were placed on a day of Vietnam's calendar."""

    day: date
    orders: int


class Waiting(NamedTuple):
    """How many things wait for somebody, and since when the first of them does."""

    name: str
    number: int
    oldest: datetime | None


class Worker(NamedTuple):
    """How the worker keeps up: what is due, for how long, what failed, when it last began a job."""

    waiting: int
    parked: int
    lag_seconds: float
    seen_at: datetime | None


class Readings(NamedTuple):
    """The numbers that a monitoring system collects."""

    worker: Worker
    orders: dict[StallOrderStatus, int]
    active_stalls: int
    products_on_sale: int


def stalls_by_status() -> dict[StallStatus, int]:
    """Return how many stalls stand at each status; drafts are not yet anybody's business."""
    found = _by_status(Stall, Stall.status != StallStatus.DRAFT)
    return {status: found.get(status, 0) for status in StallStatus if status != StallStatus.DRAFT}


def products_by_status() -> dict[ProductStatus, int]:
    """Return how many listings stand at each status."""
    found = _by_status(Product)
    return {status: found.get(status, 0) for status in ProductStatus}


def orders_by_status(*, days: int | None = None) -> dict[StallOrderStatus, int]:
    """Return how many parts of orders stand at each status, of all time or placed of late."""
    since = [] if days is None else [StallOrder.placed_at >= _begin(_first_day(days))]
    found = _by_status(StallOrder, *since)
    return {status: found.get(status, 0) for status in StallOrderStatus}


def orders_per_day(days: int = DAYS) -> list[Day]:
    """Return how many parts of orders were placed on each of the last days, today the last."""
    first = _first_day(days)
    calendar = [first + timedelta(days=number) for number in range(days)]
    ends = [_begin(day + timedelta(days=1)) for day in calendar]
    placed = [
        func.count(case(((StallOrder.placed_at >= begin) & (StallOrder.placed_at < end), 1)))
        for begin, end in zip([_begin(first), *ends], ends, strict=False)
    ]
    counts = db.session.execute(select(*placed).where(StallOrder.placed_at >= _begin(first))).one()
    return [Day(day, int(number)) for day, number in zip(calendar, counts, strict=True)]


def _first_day(days: int) -> date:
    return clock.today() - timedelta(days=days - 1)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.VIETNAM)


def _by_status(model: Any, *conditions: Any) -> dict[Any, int]:
    wanted = select(model.status, func.count()).where(*conditions).group_by(model.status)
    return {status: int(number) for status, number in db.session.execute(wanted)}


def waiting() -> list[Waiting]:
    """Return what waits for moderators and stalls, queue by queue."""
    since_shown = or_(
        Product.status == ProductStatus.SUBMITTED, Product.staged_status == StagedStatus.SUBMITTED
    )
    return [
        _waiting("stalls", Stall.submitted_at, Stall.status == StallStatus.SUBMITTED),
        _waiting("products", Product.submitted_at, since_shown),
        _waiting(
            "certificates",
            Certificate.submitted_at,
            Certificate.status == CertificateStatus.SUBMITTED,
        ),
        _waiting("reports", ReviewReport.created_at, ReviewReport.status == ReportStatus.OPEN),
        _waiting("orders", StallOrder.placed_at, StallOrder.status == StallOrderStatus.PLACED),
    ]


def _waiting(name: str, since: Any, condition: Any) -> Waiting:
    number, oldest = db.session.execute(
        select(func.count(), func.min(since)).where(condition)
    ).one()
    return Waiting(name, number, oldest)


def parked() -> Sequence[OutboxMessage]:
    """Return the messages that were parked last, at most twenty."""
    wanted = select(OutboxMessage).where(OutboxMessage.parked_at.is_not(None))
    return db.session.scalars(
        wanted.order_by(OutboxMessage.parked_at.desc(), OutboxMessage.id.desc()).limit(MOST_PARKED)
    ).all()


def worker() -> Worker:
    """Return how the worker keeps up."""
    undelivered = OutboxMessage.delivered_at.is_(None)
    waits = func.count(case((OutboxMessage.parked_at.is_(None), 1)))
    gave_up = func.count(case((OutboxMessage.parked_at.is_not(None), 1)))
    due, failed = db.session.execute(select(waits, gave_up).where(undelivered)).one()
    seen_at = db.session.scalar(select(func.max(PeriodicRun.started_at)))
    return Worker(due, failed, outbox.lag_seconds(), seen_at)


def readings() -> Readings:
    """Return the numbers that a monitoring system collects."""
    goods = select(func.count()).select_from(Product).join(Product.stall).where(*on_sale())
    active = select(func.count()).where(Stall.status == StallStatus.ACTIVE)
    return Readings(
        worker(), orders_by_status(), db.session.scalar(active) or 0, db.session.scalar(goods) or 0
    )
