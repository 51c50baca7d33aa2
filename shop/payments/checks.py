"""What must hold of money after any crash and any race, each a line when it does not."""

from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import case, func, or_, select

from shop.core.db import db
from shop.core.invariants import invariant, unprotected
from shop.orders.models import Order, StallOrder
from shop.payments.models import Payment, PaymentEvent, PaymentEventKind, PaymentShare


@invariant(2, lazy_gettext("Each order has one payment, whose shares are what its stalls are owed"))
def check_payments() -> list[str]:
    """Return a line for every order whose payment does not add up to it."""
    shared = func.coalesce(func.sum(PaymentShare.amount_vnd), 0)
    orders = (
        select(Order.code)
        .outerjoin(Payment, Payment.order_id == Order.id)
        .outerjoin(PaymentShare, PaymentShare.payment_id == Payment.id)
        .group_by(Order.id, Order.code, Order.total_vnd, Payment.id, Payment.amount_vnd)
        .having(
            or_(
                func.coalesce(Payment.amount_vnd, -1) != Order.total_vnd,
                shared != Order.total_vnd,
            )
        )
        .order_by(Order.id)
    )
    parts = (
        select(StallOrder.code)
        .outerjoin(PaymentShare, PaymentShare.stall_order_id == StallOrder.id)
        .where(func.coalesce(PaymentShare.amount_vnd, -1) != StallOrder.total_vnd)
        .order_by(StallOrder.id)
    )
    return [str(code) for wanted in (orders, parts) for code in db.session.scalars(wanted)]


@invariant(2, lazy_gettext("What is claimed, captured and refunded is the sum of the events"))
def check_shares() -> list[str]:
    """Return a line for every share whose totals its events do not come to, or that overflows.

    Refunded ≤ captured ≤ claimed ≤ the share, each never below nothing.
    """

    def sum_of(kind: PaymentEventKind) -> Any:
        of_kind = case((PaymentEvent.kind == kind, PaymentEvent.amount_vnd), else_=0)
        return func.coalesce(func.sum(of_kind), 0)

    claimed = sum_of(PaymentEventKind.CLAIMED) - sum_of(PaymentEventKind.VOIDED)
    wrong = (
        select(StallOrder.code)
        .select_from(PaymentShare)
        .join(StallOrder, StallOrder.id == PaymentShare.stall_order_id)
        .outerjoin(PaymentEvent, PaymentEvent.share_id == PaymentShare.id)
        .group_by(PaymentShare.id, StallOrder.id)
        .having(
            or_(
                PaymentShare.claimed_vnd != claimed,
                PaymentShare.captured_vnd != sum_of(PaymentEventKind.CAPTURED),
                PaymentShare.refunded_vnd != sum_of(PaymentEventKind.REFUNDED),
                PaymentShare.refunded_vnd < 0,
                PaymentShare.refunded_vnd > PaymentShare.captured_vnd,
                PaymentShare.captured_vnd > PaymentShare.claimed_vnd,
                PaymentShare.claimed_vnd > PaymentShare.amount_vnd,
            )
        )
        .order_by(PaymentShare.id)
    )
    return [str(code) for code in db.session.scalars(wrong)]


@invariant(4, lazy_gettext("Each checkout made one order, and each fact about money counts once"))
def check_once() -> list[str]:
    """Return a line for every checkout key or payment event that is there twice."""
    keys = select(Order.checkout_key).group_by(Order.checkout_key).having(func.count() > 1)
    events = (
        select(PaymentEvent.provider, PaymentEvent.provider_key)
        .group_by(PaymentEvent.provider, PaymentEvent.provider_key)
        .having(func.count() > 1)
    )
    doubled = [f"checkout {key}" for key in db.session.scalars(keys)]
    return doubled + [f"{provider} {key}" for provider, key in db.session.execute(events)]


@invariant(7, lazy_gettext("No payment event can be changed or deleted"))
def check_events_are_append_only() -> list[str]:
    """Return a line for every way in which payment events could be rewritten."""
    return unprotected(PaymentEvent)
