"""The orders that a stall has to fulfil; another stall's are not found."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from shop.core import clock
from shop.core.db import db
from shop.core.errors import NotFound
from shop.orders.lateness import LIMITS
from shop.orders.models import StallOrder, StallOrderStatus
from shop.web.paging import Page

PAGE_SIZE = 25
LIST_ORDER = tuple(StallOrderStatus)


class Count(NamedTuple):
    """How many parts stand at a status, and how many of them for too long."""

    number: int = 0
    late: int = 0


def counts(stall_id: int) -> dict[StallOrderStatus, Count]:
    """Return how many parts of a stall stand where; one query."""
    late = func.sum(case((is_late_now(), 1), else_=0))
    rows = db.session.execute(
        select(StallOrder.status, func.count(), late)
        .where(StallOrder.stall_id == stall_id)
        .group_by(StallOrder.status)
    )
    found = {status: Count(number, int(late)) for status, number, late in rows}
    return {status: found.get(status, Count()) for status in LIST_ORDER}


def is_late_now() -> ColumnElement[bool]:
    """Return the SQL condition that a part has stood where it is for too long."""
    now = clock.now()
    return or_(
        *(
            and_(StallOrder.status == status, StallOrder.changed_at < now - limit)
            for status, limit in LIMITS.items()
        )
    )


def page_of_stall_orders(stall_id: int, status: StallOrderStatus, number: int) -> Page[StallOrder]:
    """Return one page of a stall's parts at a status with order and lines.

    What waits for somebody comes oldest first, what has ended newest first.
    """
    here = (StallOrder.stall_id == stall_id, StallOrder.status == status)
    total = db.session.scalar(select(func.count()).select_from(StallOrder).where(*here)) or 0
    waits = status in LIMITS
    by_age = (StallOrder.changed_at, StallOrder.id)
    newest = (StallOrder.changed_at.desc(), StallOrder.id.desc())
    rows = db.session.scalars(
        select(StallOrder)
        .where(*here)
        .options(joinedload(StallOrder.order), selectinload(StallOrder.lines))
        .order_by(*(by_age if waits else newest))
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, PAGE_SIZE, total)


def stall_order(stall_id: int, code: str) -> StallOrder:
    """Return a stall's part with order, stall, lines and parcels; raise NotFound."""
    found = db.session.scalar(
        select(StallOrder)
        .where(StallOrder.stall_id == stall_id, StallOrder.code == code)
        .options(
            joinedload(StallOrder.order),
            selectinload(StallOrder.lines),
            selectinload(StallOrder.shipments),
        )
    )
    if found is None:
        raise NotFound
    return found
