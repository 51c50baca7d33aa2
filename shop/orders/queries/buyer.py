"""A buyer's own orders; somebody else's are not found."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from shop.core.db import db
from shop.core.errors import NotFound
from shop.orders.models import Order, StallOrder
from shop.web.paging import Page

PAGE_SIZE = 20


def page_of_orders(buyer_id: int, number: int) -> Page[Order]:
    """Return one page of a buyer's orders with their parts and lines, the newest first."""
    own = Order.buyer_id == buyer_id
    total = db.session.scalar(select(func.count()).select_from(Order).where(own)) or 0
    rows = db.session.scalars(
        select(Order)
        .where(own)
        .options(selectinload(Order.stall_orders).selectinload(StallOrder.lines))
        .order_by(Order.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, PAGE_SIZE, total)


def own_order(buyer_id: int, code: str) -> Order:
    """Return a buyer's order with its parts, stalls, lines and parcels; raise NotFound."""
    found = db.session.scalar(
        select(Order)
        .where(Order.buyer_id == buyer_id, Order.code == code)
        .options(selectinload(Order.stall_orders).options(*_whole_part()))
    )
    if found is None:
        raise NotFound
    return found


def own_part(buyer_id: int, code: str, number: int) -> StallOrder:
    """Return one stall's part of a buyer's order with its order and lines; raise NotFound."""
    found = db.session.scalar(
        select(StallOrder)
        .join(StallOrder.order)
        .where(
            Order.buyer_id == buyer_id,
            Order.code == code,
            StallOrder.code == f"{code}-{number}",
        )
        .options(contains_eager(StallOrder.order), *_whole_part())
    )
    if found is None:
        raise NotFound
    return found


def _whole_part() -> tuple[Any, ...]:
    return (
        joinedload(StallOrder.stall),
        selectinload(StallOrder.lines),
        selectinload(StallOrder.shipments),
    )
