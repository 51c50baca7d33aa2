"""Opening a payment with its shares in the order's transaction, and each go at a gateway."""

from datetime import timedelta

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core import clock
from shop.core.db import db, transaction
from shop.core.errors import NotFound, WrongState
from shop.orders.models import Order, StallOrder
from shop.payments.gateway.ways import method
from shop.payments.methods import Attempt
from shop.payments.models import Payment, PaymentAttempt, PaymentEventKind, PaymentShare
from shop.payments.operations.events import lock_payment, record_event


def open_payment(order: Order, stall_orders: list[StallOrder]) -> Payment:
    """Claim what each stall is owed, in the transaction that makes the order."""
    minutes = method(order.payment_method).minutes
    payment = Payment(
        order_id=order.id,
        method=order.payment_method,
        amount_vnd=order.total_vnd,
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(minutes=minutes) if minutes else None,
    )
    db.session.add(payment)
    db.session.flush()
    for stall_order in stall_orders:
        share = PaymentShare(
            payment_id=payment.id,
            stall_order_id=stall_order.id,
            amount_vnd=stall_order.total_vnd,
        )
        db.session.add(share)
        db.session.flush()
        record_event(
            share, PaymentEventKind.CLAIMED, share.amount_vnd, key=f"claim:{stall_order.id}"
        )
    return payment


def begin_attempt(buyer_id: int, order_code: str, *, address: str) -> str:
    """Open a go at the gateway and return where the buyer pays; `address` is who asks, for it.

    A go that is still good for what is owed is used again, so a second click pays the same one.
    Raises WrongState when nothing is owed any more, NotFound for somebody else's order.
    """
    with transaction():
        payment = lock_payment(_payment_id(buyer_id, order_code))
        if payment is None:
            raise NotFound
        owed, until = _owed(payment), payment.expires_at
        if not owed or until is None or until <= clock.now():
            raise WrongState(lazy_gettext("Nothing is to be paid for this order any more."))
        way = method(payment.method)
        known = _open_attempt(payment, owed)
        attempt = known or _new_attempt(payment, owed)
        go = Attempt(attempt.id, attempt.reference, order_code, owed, until, address)
    if known is not None and known.url:
        return known.url
    opened = way.start(go)
    with transaction():
        kept = db.session.get_one(PaymentAttempt, go.id, with_for_update=True)
        kept.reference, kept.url = opened.reference, opened.url
    return opened.url


def _payment_id(buyer_id: int, order_code: str) -> int | None:
    return db.session.scalar(
        select(Payment.id)
        .join(Payment.order)
        .where(Order.code == order_code, Order.buyer_id == buyer_id)
    )


def _owed(payment: Payment) -> int:
    owed = select(PaymentShare.claimed_vnd - PaymentShare.captured_vnd).where(
        PaymentShare.payment_id == payment.id
    )
    return sum(db.session.scalars(owed))


def _open_attempt(payment: Payment, owed_vnd: int) -> PaymentAttempt | None:
    """Return the newest go if it asks for what is owed now; a changed sum needs a new one."""
    newest = db.session.scalars(
        select(PaymentAttempt)
        .where(PaymentAttempt.payment_id == payment.id)
        .order_by(PaymentAttempt.id.desc())
        .limit(1)
    ).first()
    return newest if newest is not None and newest.amount_vnd == owed_vnd else None


def _new_attempt(payment: Payment, owed_vnd: int) -> PaymentAttempt:
    count = len(
        db.session.scalars(
            select(PaymentAttempt.id).where(PaymentAttempt.payment_id == payment.id)
        ).all()
    )
    attempt = PaymentAttempt(
        payment_id=payment.id,
        provider=payment.method,
        reference=f"P{payment.id}A{count + 1}",
        amount_vnd=owed_vnd,
        created_at=clock.now(),
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt
