"""Letting goods go that nobody paid for in time; cash on delivery never comes here."""

from datetime import timedelta

from sqlalchemy import Exists, exists, select

from shop.core import audit, clock, outbox
from shop.core.db import db, transaction
from shop.orders.models import StallOrderStatus
from shop.orders.operations import Step, advance
from shop.orders.transitions import Action, Side
from shop.payments.models import Payment, Receipt
from shop.payments.operations.completing import lock_parts
from shop.payments.operations.events import lock_payment, lock_shares

MOST = 200


@outbox.every(timedelta(minutes=1))
def expire_unpaid() -> None:
    """Cancel what is unpaid past its time and give its stock back; safe to run at any time.

    An order with parked money waits until somebody has decided on that.
    """
    late = (
        select(Payment.id)
        .where(
            Payment.expires_at <= clock.now(),
            Payment.completed_at.is_(None),
            Payment.expired_at.is_(None),
            ~_has_parked(),
        )
        .order_by(Payment.expires_at, Payment.id)
        .limit(MOST)
    )
    for payment_id in db.session.scalars(late).all():
        _expire(payment_id)


def _has_parked() -> Exists:
    return exists().where(
        Receipt.payment_id == Payment.id,
        Receipt.problem.is_not(None),
        Receipt.resolved_at.is_(None),
    )


def _expire(payment_id: int) -> None:
    with transaction():
        payment = lock_payment(payment_id)
        is_parked = db.session.scalar(select(_has_parked()).where(Payment.id == payment_id))
        if payment is None or payment.completed_at or payment.expired_at or is_parked:
            return
        for part in lock_parts(lock_shares(payment.id)).values():
            if part.status == StallOrderStatus.UNPAID:
                advance(part.id, Step(Side.FLOOR, Action.EXPIRE))
        payment.expired_at = clock.now()
        audit.record("payment.expired", payment)
