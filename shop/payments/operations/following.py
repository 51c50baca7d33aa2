"""What becomes of the money when a stall's part moves on: collected, let go, or given back."""

from sqlalchemy import select

from shop.core import outbox
from shop.core.db import db, transaction
from shop.orders.models import StallOrder, StallOrderStatus
from shop.orders.operations import CHANGED_TOPIC, once
from shop.payments.gateway.ways import method
from shop.payments.models import Payment, PaymentEventKind, PaymentShare
from shop.payments.operations import passing_on
from shop.payments.operations.events import MONEY_TOPIC, lock_share_of, record_event
from shop.payments.operations.refunds import request_refund

ARRIVED = (StallOrderStatus.DELIVERED, StallOrderStatus.COMPLETED)


@outbox.handler(CHANGED_TOPIC)
def follow_stall_order(payload: outbox.Payload) -> None:
    """Let the money follow a stall order: cash comes with the parcel, a cancelled part owes none.

    What was paid for a part that is cancelled goes back whole. The part is looked at as it is
    now, so news that come late or twice do no harm.
    """
    with transaction():
        share = lock_share_of(payload["stall_order_id"])
        if share is None:
            return
        part = db.session.get_one(StallOrder, share.stall_order_id, populate_existing=True)
        if part.status in ARRIVED:
            _collect(share)
        elif part.status == StallOrderStatus.CANCELLED:
            _let_go(share, part)


def _collect(share: PaymentShare) -> None:
    """Take the cash that came with the parcel; what is paid beforehand came long ago."""
    name = db.session.scalar(select(Payment.method).where(Payment.id == share.payment_id))
    if share.owed_vnd and not method(name or "").is_prepaid:
        key = f"cash:{share.stall_order_id}"
        record_event(share, PaymentEventKind.CAPTURED, share.owed_vnd, key=key)


def _let_go(share: PaymentShare, part: StallOrder) -> None:
    name = once(part, "cancelled")
    if share.owed_vnd:
        record_event(share, PaymentEventKind.VOIDED, share.owed_vnd, key=f"void:{name}")
    rest = share.captured_vnd - share.refunded_vnd
    if rest:
        request_refund(
            part.id, rest, key=f"cancelled:{name}", goods_vnd=part.goods_vnd - part.discount_vnd
        )


@outbox.handler(MONEY_TOPIC)
def after_money(payload: outbox.Payload) -> None:
    """Let the gateway do what it has to once money came or went, such as paying the stalls."""
    payment = db.session.get_one(Payment, payload["payment_id"])
    if method(payment.method).passes_on:
        passing_on.pass_on(payment.id)
        passing_on.take_back(payment.id)
