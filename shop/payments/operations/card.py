"""What Stripe tells of a session, on the way back of the browser or by its webhook: one path."""

from sqlalchemy import select

from shop.core.db import db
from shop.orders.models import Order
from shop.payments.gateway.card import Paid
from shop.payments.methods import STRIPE
from shop.payments.models import Payment, PaymentAttempt, Receipt
from shop.payments.operations.completing import Incoming, complete


def take_session(paid: Paid) -> Receipt | None:
    """Take a session that Stripe says is paid; None for one unpaid, or without a charge."""
    if not (paid.is_paid and paid.intent and paid.amount > 0):
        return None
    payment_id = db.session.scalar(
        select(PaymentAttempt.payment_id).where(
            PaymentAttempt.provider == STRIPE, PaymentAttempt.reference == paid.session
        )
    )
    return complete(
        Incoming(
            provider=STRIPE,
            key=paid.intent,
            amount=paid.amount,
            currency=paid.currency,
            reference=paid.session,
            payment_id=payment_id,
            data={"intent": paid.intent},
        )
    )


def order_code_of(session: str) -> str | None:
    """Return the order that a session of Stripe is for."""
    return db.session.scalar(
        select(Order.code)
        .join(Payment, Payment.order_id == Order.id)
        .join(PaymentAttempt, PaymentAttempt.payment_id == Payment.id)
        .where(PaymentAttempt.provider == STRIPE, PaymentAttempt.reference == session)
    )
