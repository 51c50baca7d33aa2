"""Writing down what happens to the money of a share, each fact once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from shop.core import audit, clock, outbox
from shop.core.db import db
from shop.payments.gateway.ways import method
from shop.payments.models import Payment, PaymentEvent, PaymentEventKind, PaymentShare

MONEY_TOPIC = "payments.money"
MOVED = (PaymentEventKind.CAPTURED, PaymentEventKind.REFUNDED)


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
    event = PaymentEvent(
        share_id=share.id,
        provider=provider,
        provider_key=key,
        kind=kind,
        amount_vnd=amount_vnd,
        data=data or {},
        at=clock.now(),
    )
    db.session.add(event)
    db.session.flush()
    _recompute(share)
    audit.record(f"payment.{kind}", share, {"amount_vnd": amount_vnd, "key": key})
    if kind in MOVED and method(provider or "").floor_holds:
        told = {"payment_id": share.payment_id}
        outbox.send(MONEY_TOPIC, told, key=f"{MONEY_TOPIC}:{event.id}")
    return True


def lock_payment(payment_id: int | None) -> Payment | None:
    """Lock a payment and return it as it is now: whatever decides on its money takes turns here."""
    if payment_id is None:
        return None
    return db.session.scalar(
        select(Payment)
        .where(Payment.id == payment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def lock_shares(payment_id: int) -> Sequence[PaymentShare]:
    """Lock the shares of a payment in id order and return them as they are now."""
    return db.session.scalars(
        select(PaymentShare)
        .where(PaymentShare.payment_id == payment_id)
        .order_by(PaymentShare.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def lock_share_of(stall_order_id: int) -> PaymentShare | None:
    """Lock the share of a stall order and return it as it is now."""
    return db.session.scalar(
        select(PaymentShare)
        .where(PaymentShare.stall_order_id == stall_order_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


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
    db.session.flush()
