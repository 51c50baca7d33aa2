"""What must hold of orders after any crash and any race, each a line when it does not."""

from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import Select, String, and_, cast, exists, func, literal, or_, select

from shop.catalogue.models import HoldStatus, StockHold
from shop.core.audit import AuditEntry
from shop.core.db import db
from shop.core.invariants import invariant
from shop.orders.models import Order, OrderLine, StallOrder
from shop.orders.models import StallOrderStatus as S
from shop.orders.transitions import MOVES
from shop.promotions.models import Redemption, RedemptionPart

HOLDS = {
    S.UNPAID: HoldStatus.ACTIVE,
    S.PLACED: HoldStatus.ACTIVE,
    S.CONFIRMED: HoldStatus.COMMITTED,
    S.PACKED: HoldStatus.COMMITTED,
    S.SHIPPED: HoldStatus.SHIPPED,
    S.DELIVERED: HoldStatus.SHIPPED,
    S.COMPLETED: HoldStatus.SHIPPED,
    S.CANCELLED: HoldStatus.RELEASED,
}

BEGINNINGS = (S.UNPAID, S.PLACED)


@invariant(2, lazy_gettext("The sums, records and stock of each order fit together"))
def check_orders() -> list[str]:
    """Return a line for every order whose sums, records or stock do not fit together."""
    parts = (_sums_of_parts, _discounts, _sums_of_orders, _records, _holds, _ends, _uses)
    return [line for part in parts for line in part()]


def _sums_of_parts() -> list[str]:
    """Σ lines = goods, and goods + fee - discount = total, for each stall order."""
    goods = func.coalesce(func.sum(OrderLine.total_vnd), 0)
    rows = db.session.execute(
        select(StallOrder.code, StallOrder.goods_vnd, goods)
        .outerjoin(OrderLine, OrderLine.stall_order_id == StallOrder.id)
        .group_by(StallOrder.id, StallOrder.code, StallOrder.goods_vnd)
        .having(or_(goods != StallOrder.goods_vnd, func.count(OrderLine.id) == 0))
    )
    lines = [f"{code}: lines come to {sum_}, goods say {told}" for code, told, sum_ in rows]
    net = StallOrder.goods_vnd + StallOrder.delivery_vnd - StallOrder.discount_vnd
    wrong = select(StallOrder.code).where(net != StallOrder.total_vnd)
    return [*lines, *_told(wrong, "goods, fee and discount do not come to the total")]


def _discounts() -> list[str]:
    """Σ lines = stall order = Σ uses of vouchers, for the discount and for the floor's part of it.

    And no part is negative.
    """
    told = []
    for name in ("discount_vnd", "floor_discount_vnd"):
        kept, own = getattr(StallOrder, name), getattr(OrderLine, name)
        lines = _sum(own, OrderLine.stall_order_id)
        uses = _sum(getattr(RedemptionPart, name), RedemptionPart.stall_order_id)
        wrong = select(StallOrder.code).where(or_(kept != lines, kept != uses))
        told += _told(wrong, f"lines and vouchers do not come to {name}")
    odd = or_(
        OrderLine.floor_discount_vnd < 0,
        OrderLine.floor_discount_vnd > OrderLine.discount_vnd,
        OrderLine.discount_vnd > OrderLine.total_vnd,
    )
    wrong = select(StallOrder.code).join(StallOrder.lines).where(odd).distinct()
    return told + _told(wrong, "a line has a discount that cannot be")


def _sum(amount: Any, owner: Any) -> Any:
    total = select(func.coalesce(func.sum(amount), 0)).where(owner == StallOrder.id)
    return total.correlate(StallOrder).scalar_subquery()


def _uses() -> list[str]:
    """A use of a voucher is given back exactly when none of its parts is left."""
    living = (
        exists()
        .where(
            RedemptionPart.redemption_id == Redemption.id,
            RedemptionPart.stall_order_id == StallOrder.id,
            StallOrder.status != S.CANCELLED,
        )
        .correlate(Redemption)
    )
    wrong = (
        select(Order.code)
        .join(Redemption, Redemption.order_id == Order.id)
        .where(living == Redemption.given_back_at.is_not(None))
        .distinct()
    )
    return _told(wrong, "a voucher is given back too early, or not at all")


def _sums_of_orders() -> list[str]:
    """Σ stall orders = order, for goods, delivery, discount and total."""
    names = ("goods_vnd", "delivery_vnd", "discount_vnd", "total_vnd")
    wrong = [
        func.coalesce(func.sum(getattr(StallOrder, name)), 0) != getattr(Order, name)
        for name in names
    ]
    rows = (
        select(Order.code)
        .outerjoin(StallOrder, StallOrder.order_id == Order.id)
        .group_by(Order.id)
        .having(or_(*wrong))
    )
    return _told(rows, "its parts do not come to its sums")


def _records() -> list[str]:
    """Every state has the audit row of a move that leads to it."""
    faults = []
    for status in S:
        actions = [f"order.{a}" for (_, a), move in MOVES.items() if move.target == status]
        if status in BEGINNINGS:
            actions.append("order.placed")
        recorded = exists().where(
            AuditEntry.subject_type == StallOrder.__tablename__,
            AuditEntry.subject_id == StallOrder.id,
            AuditEntry.action.in_(actions),
            AuditEntry.is_public,
        )
        wanted = select(StallOrder.code).where(StallOrder.status == status, ~recorded)
        faults += _told(wanted, f"is {status} without a record of it")
    return faults


def _holds() -> list[str]:
    """Every line holds its own pieces of its own SKU, in the state that fits its stall order."""
    owner = literal("order-line:").concat(cast(OrderLine.id, String))
    fits = or_(
        *(and_(StallOrder.status == at, StockHold.status == held) for at, held in HOLDS.items())
    )
    wanted = (
        select(StallOrder.code)
        .join(OrderLine, OrderLine.stall_order_id == StallOrder.id)
        .outerjoin(StockHold, StockHold.owner == owner)
        .where(
            or_(
                StockHold.id.is_(None),
                StockHold.sku_id != OrderLine.sku_id,
                StockHold.quantity != OrderLine.quantity,
                ~fits,
            )
        )
        .distinct()
    )
    return _told(wanted, "a line does not hold the stock that it should")


def _ends() -> list[str]:
    """A cancelled part says by whom, and nothing else does."""
    is_cancelled = StallOrder.status == S.CANCELLED
    wrong = select(StallOrder.code).where(is_cancelled == StallOrder.cancelled_by.is_(None))
    return _told(wrong, "cancelled and by whom do not agree")


def _told(wanted: Select[Any], fault: str) -> list[str]:
    return [f"{code}: {fault}" for code in db.session.scalars(wanted)]
