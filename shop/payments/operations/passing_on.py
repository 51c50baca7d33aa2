"""Passing a stall's part of a charge on to its account, and taking back what was refunded.

Both bring the gateway to what the shares say, so they can be run at any time and any number of
times: what was passed on less what was taken back is what is left of the part.
"""

from sqlalchemy import select

from shop.core import clock
from shop.core.db import db, transaction
from shop.orders.models import Order, StallOrder
from shop.payments.gateway import card as gateway
from shop.payments.models import (
    CardTransfer,
    Payment,
    PaymentShare,
    Receipt,
    StallPaymentSettings,
)
from shop.payments.queries import passed_on_vnd


def pass_on(payment_id: int) -> None:
    """Transfer what has come of each part to its stall, once, less what the floor keeps of it."""
    for share, account in _captured(payment_id):
        amount = passed_on_vnd(share)
        is_done = db.session.get(CardTransfer, share.id) is not None
        if is_done or not account or amount <= 0:
            continue
        intent, group = _charge_of(payment_id)
        share_id = share.id
        reference = gateway.transfer(
            share_id=share_id, amount_vnd=amount, account=account, intent=intent, group=group
        )
        with transaction():
            if db.session.get(CardTransfer, share_id) is None:
                db.session.add(
                    CardTransfer(
                        share_id=share_id,
                        reference=reference,
                        amount_vnd=amount,
                        created_at=clock.now(),
                    )
                )


def take_back(payment_id: int) -> None:
    """Take of each transfer back the part that its refunds are of what had come."""
    rows = db.session.execute(
        select(PaymentShare, CardTransfer)
        .join(CardTransfer, CardTransfer.share_id == PaymentShare.id)
        .where(PaymentShare.payment_id == payment_id)
        .order_by(PaymentShare.id)
    ).all()
    for share, sent in rows:
        wanted = sent.amount_vnd * share.refunded_vnd // share.captured_vnd
        part, share_id = wanted - sent.reversed_vnd, share.id
        if part > 0:
            gateway.take_back(sent.reference, part, key=f"{share_id}:{wanted}")
            with transaction():
                kept = db.session.get_one(CardTransfer, share_id, with_for_update=True)
                kept.reversed_vnd = max(kept.reversed_vnd, wanted)


def _captured(payment_id: int) -> list[tuple[PaymentShare, str]]:
    rows = db.session.execute(
        select(PaymentShare, StallPaymentSettings.stripe_account)
        .join(PaymentShare.stall_order)
        .join(StallPaymentSettings, StallPaymentSettings.stall_id == StallOrder.stall_id)
        .where(PaymentShare.payment_id == payment_id, PaymentShare.captured_vnd > 0)
        .order_by(PaymentShare.id)
    )
    return [(share, account) for share, account in rows]


def _charge_of(payment_id: int) -> tuple[str, str]:
    """Return the charge that paid, and the order under which its transfers are grouped."""
    receipts = select(Receipt.data).where(Receipt.payment_id == payment_id)
    data = db.session.scalars(receipts.order_by(Receipt.id)).first() or {}
    orders = select(Order.code).join(Payment, Payment.order_id == Order.id)
    group = db.session.scalar(orders.where(Payment.id == payment_id))
    return str(data.get("intent", "")), str(group)
