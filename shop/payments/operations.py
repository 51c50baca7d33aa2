"""Opening a payment with its shares, and writing down what happens to the money, once each."""

from typing import Any

from sqlalchemy import func, select

from shop.core import audit, clock, outbox
from shop.core.db import db, transaction
from shop.orders.models import Order, StallOrder, StallOrderStatus
from shop.orders.operations import CHANGED_TOPIC
from shop.payments.methods import COD, method
from shop.payments.models import Payment, PaymentEvent, PaymentEventKind, PaymentShare


def open_payment(order: Order, stall_orders: list[StallOrder]) -> Payment:
    """Claim what each stall is owed, in the transaction that makes the order."""
    payment = Payment(
        order_id=order.id,
        method=order.payment_method,
        amount_vnd=order.total_vnd,
        created_at=clock.now(),
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


def record_event(
    share: PaymentShare,
    kind: PaymentEventKind,
    amount_vnd: int,
    *,
    key: str,
    data: dict[str, Any] | None = None,
) -> bool:
    """Write one fact about a share's money and recompute its totals; False if it was known.

    `key` is the provider's own id of the fact; the same key twice is the same fact. The share
    must be locked by the caller or be new.
    """
    provider = db.session.scalar(select(Payment.method).where(Payment.id == share.payment_id))
    known = select(PaymentEvent.id).where(
        PaymentEvent.provider == provider, PaymentEvent.provider_key == key
    )
    if db.session.scalar(known):
        return False
    db.session.add(
        PaymentEvent(
            share_id=share.id,
            provider=provider,
            provider_key=key,
            kind=kind,
            amount_vnd=amount_vnd,
            data=data or {},
            at=clock.now(),
        )
    )
    db.session.flush()
    _recompute(share)
    audit.record(f"payment.{kind}", share, {"amount_vnd": amount_vnd, "key": key})
    return True


def _recompute(share: PaymentShare) -> None:
    """Set the totals of a share to the sums of its events."""
    totals = db.session.execute(
        select(PaymentEvent.kind, func.sum(PaymentEvent.amount_vnd))
        .where(PaymentEvent.share_id == share.id)
        .group_by(PaymentEvent.kind)
    )
    sums = {kind: int(total) for kind, total in totals}
    share.claimed_vnd = sums.get(PaymentEventKind.CLAIMED, 0) - sums.get(PaymentEventKind.VOIDED, 0)
    share.captured_vnd = sums.get(PaymentEventKind.CAPTURED, 0)
    share.refunded_vnd = sums.get(PaymentEventKind.REFUNDED, 0)


@outbox.handler(CHANGED_TOPIC)
def follow_stall_order(payload: outbox.Payload) -> None:
    """Let the way of payment act on what happened to a stall order: collect cash, or void."""
    with transaction():
        share = db.session.scalar(
            select(PaymentShare)
            .where(PaymentShare.stall_order_id == payload["stall_order_id"])
            .with_for_update()
        )
        if share is None:
            return
        name = db.session.scalar(select(Payment.method).where(Payment.id == share.payment_id))
        method(name or COD).follow(share, StallOrderStatus(payload["status"]), record_event)
