"""Deciding on money that did not fit: give it back, take it, or take the order up again."""

from flask_babel import lazy_gettext

from shop.accounts.models import User
from shop.catalogue.operations.stock import OutOfStock
from shop.core import audit, clock
from shop.core.db import db, transaction
from shop.core.errors import NotFound, WrongState
from shop.orders.models import CancelledBy, StallOrderStatus
from shop.orders.operations import Step, advance
from shop.orders.transitions import Action, Side
from shop.payments.models import (
    PaymentEventKind,
    PaymentShare,
    Receipt,
    ReceiptProblem,
    Refund,
    Resolution,
)
from shop.payments.operations.completing import CURRENCY, Held, capture, hold_money
from shop.payments.operations.events import lock_payment, record_event
from shop.payments.operations.refunds import begin_refund


def resolve(
    person: User,
    receipt_id: int,
    resolution: Resolution,
    *,
    words: str,
    stall_id: int | None = None,
) -> None:
    """Decide on parked money once; `stall_id` narrows it to what came into a stall's own account.

    Raises NotFound for what is not theirs, WrongState when it was decided on before, does not
    allow this, or the goods are gone.
    """
    with transaction():
        known = db.session.get(Receipt, receipt_id)
        if known is None or (stall_id is not None and known.stall_id != stall_id):
            raise NotFound
        payment = lock_payment(known.payment_id)
        receipt = db.session.get_one(
            Receipt, receipt_id, with_for_update=True, populate_existing=True
        )
        if not receipt.is_parked:
            raise WrongState
        receipt.resolution, receipt.words = resolution, words
        receipt.resolved_by_id, receipt.resolved_at = person.id, clock.now()
        if resolution == Resolution.REFUND:
            _give_back(receipt, receipt.amount)
        elif payment is None:
            raise WrongState(lazy_gettext("It names no order that we know; give it back."))
        else:
            _take(receipt, hold_money(payment, receipt.share_id), resolution)
        audit.record("receipt.resolved", receipt, {"resolution": resolution, "words": words})


def _take(receipt: Receipt, held: Held, resolution: Resolution) -> None:
    if receipt.currency != CURRENCY:
        raise WrongState(lazy_gettext("It came in another currency; give it back."))
    if resolution == Resolution.REVIVE:
        _revive(receipt, held)
    owed = held.owed_vnd
    if not owed or receipt.amount < owed:
        raise WrongState(lazy_gettext("It does not pay what is owed; give it back."))
    capture(receipt, held)
    if receipt.amount > owed:
        _give_back(receipt, receipt.amount - owed)


def _revive(receipt: Receipt, held: Held) -> None:
    """Hold the goods of parts that ended unpaid anew, and claim their money again."""
    if receipt.problem != ReceiptProblem.LATE:
        raise WrongState
    for share in held.shares:
        part = held.parts[share.id]
        if part.status != StallOrderStatus.CANCELLED or part.cancelled_by != CancelledBy.FLOOR:
            continue
        try:
            advance(part.id, Step(Side.FLOOR, Action.REVIVE))
        except OutOfStock as error:
            raise WrongState(
                lazy_gettext("The goods of %(code)s are gone; give the money back.", code=part.code)
            ) from error
        if not share.owed_vnd:
            key = f"claim:{part.id}:again:{receipt.id}"
            record_event(share, PaymentEventKind.CLAIMED, share.amount_vnd, key=key)


def _give_back(receipt: Receipt, amount_vnd: int) -> None:
    """Promise money back that paid for nothing; a stall hears of it if it has the money."""
    share = db.session.get(PaymentShare, receipt.share_id) if receipt.share_id else None
    refund = Refund(
        key=f"receipt:{receipt.id}",
        receipt_id=receipt.id,
        provider=receipt.provider,
        amount_vnd=amount_vnd,
        reason=str(receipt.problem or ""),
        created_at=clock.now(),
    )
    begin_refund(refund, share.stall_order_id if share else None)
