"""The one path on which money becomes a paid order.

Browser return, webhook, IPN, worker, bank feed and a stall's own mark all come here. The payment
row is locked, the message is kept once, and what does not fit is parked for a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.core import audit, clock
from shop.core.db import db, transaction
from shop.orders.models import StallOrder, StallOrderStatus
from shop.orders.operations import Step, advance
from shop.orders.transitions import Action, Side
from shop.payments.models import (
    Payment,
    PaymentEvent,
    PaymentEventKind,
    PaymentShare,
    Receipt,
    ReceiptProblem,
    Resolution,
)
from shop.payments.operations.events import lock_payment, lock_shares, record_event

BY_HAND = "hand:"
CURRENCY = "VND"


@dataclass(frozen=True)
class Incoming:
    """A checked message that money came: `key` is the provider's own id of it.

    `payment_id` and `share_id` are what it names, None when it names nothing that we know;
    `amount` is in the smallest unit of `currency`.
    """

    provider: str
    key: str
    amount: int
    currency: str = CURRENCY
    reference: str = ""
    payment_id: int | None = None
    share_id: int | None = None
    stall_id: int | None = None
    data: dict[str, Any] = field(default_factory=dict)


class Held(NamedTuple):
    """A payment with the shares that are asked about and their stall orders, all locked."""

    payment: Payment
    shares: Sequence[PaymentShare]
    parts: dict[int, StallOrder]

    @property
    def owed_vnd(self) -> int:
        """Return what is still to come for the parts that have not ended."""
        return sum(
            share.owed_vnd
            for share in self.shares
            if self.parts[share.id].status != StallOrderStatus.CANCELLED
        )


def complete(incoming: Incoming) -> Receipt:
    """Keep the message and, if it pays what is owed, let the order go on; else park it.

    Never refuses money: `Receipt.problem` says what is wrong with it. The same message again, in
    whatever order or number, returns the receipt of the first.
    """
    try:
        with transaction():
            return _complete(incoming)
    except IntegrityError:  # the same message in the same moment, naming nothing to lock
        if (known := _known(incoming)) is not None:
            return known
        raise


def _complete(incoming: Incoming) -> Receipt:
    payment = lock_payment(incoming.payment_id)
    if (known := _known(incoming)) is not None:
        return known
    receipt = _keep(incoming)
    if payment is None:
        return _park(receipt, ReceiptProblem.UNKNOWN)
    held = hold_money(payment, incoming.share_id)
    if _confirms_a_mark(receipt, held.shares):
        return receipt
    together = _with_earlier(receipt, held.owed_vnd)
    problem = _problem(receipt, held, come=sum(each.amount for each in together))
    if problem is not None:
        return _park(receipt, problem)
    for earlier in together:
        if earlier is not receipt:
            earlier.resolution, earlier.resolved_at = Resolution.ACCEPT, clock.now()
    capture(receipt, held)
    return receipt


def hold_money(payment: Payment, share_id: int | None) -> Held:
    """Lock the shares of a payment, or one of them, and their stall orders."""
    shares = [each for each in lock_shares(payment.id) if share_id in {None, each.id}]
    return Held(payment, shares, lock_parts(shares))


def capture(receipt: Receipt, held: Held) -> None:
    """Take what is owed as come, and let the parts go on."""
    for share in held.shares:
        part = held.parts[share.id]
        if share.owed_vnd <= 0 or part.status == StallOrderStatus.CANCELLED:
            continue
        record_event(
            share,
            PaymentEventKind.CAPTURED,
            share.owed_vnd,
            key=f"{receipt.provider_key}:{share.id}",
            data={"receipt_id": receipt.id},
        )
        if part.status == StallOrderStatus.UNPAID:
            advance(part.id, Step(Side.FLOOR, Action.PAY))
    if not any(share.owed_vnd for share in lock_shares(held.payment.id)):
        held.payment.completed_at = held.payment.completed_at or clock.now()


def lock_parts(shares: Sequence[PaymentShare]) -> dict[int, StallOrder]:
    """Lock the stall orders of shares in id order; returned by the ids of the shares."""
    wanted = {share.stall_order_id: share.id for share in shares}
    rows = db.session.scalars(
        select(StallOrder)
        .where(StallOrder.id.in_(wanted))
        .order_by(StallOrder.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {wanted[row.id]: row for row in rows}


def _known(incoming: Incoming) -> Receipt | None:
    return db.session.scalar(
        select(Receipt).where(
            Receipt.provider == incoming.provider, Receipt.provider_key == incoming.key
        )
    )


def _keep(incoming: Incoming) -> Receipt:
    receipt = Receipt(
        provider=incoming.provider,
        provider_key=incoming.key,
        amount=incoming.amount,
        currency=incoming.currency,
        reference=incoming.reference[:200],
        payment_id=incoming.payment_id,
        share_id=incoming.share_id,
        stall_id=incoming.stall_id,
        data=incoming.data,
        at=clock.now(),
    )
    db.session.add(receipt)
    db.session.flush()
    return receipt


def _park(receipt: Receipt, problem: ReceiptProblem) -> Receipt:
    receipt.problem = problem
    db.session.flush()
    audit.record("receipt.parked", receipt, {"problem": problem, "amount": receipt.amount})
    return receipt


def _problem(receipt: Receipt, held: Held, *, come: int) -> ReceiptProblem | None:
    """Return what is wrong with money that has come for these shares, `come` with earlier parts."""
    if receipt.currency != CURRENCY:
        return ReceiptProblem.CURRENCY
    owed = held.owed_vnd
    if not owed:
        is_paid = any(share.captured_vnd > share.refunded_vnd for share in held.shares)
        return ReceiptProblem.DOUBLE if is_paid else ReceiptProblem.LATE
    if come == owed:
        return None
    return ReceiptProblem.UNDER if come < owed else ReceiptProblem.OVER


def _with_earlier(receipt: Receipt, owed: int) -> list[Receipt]:
    """Return the money that together pays: this, with earlier too small sums if that makes it."""
    if receipt.currency != CURRENCY or receipt.amount >= owed:
        return [receipt]
    same = Receipt.payment_id == receipt.payment_id
    if receipt.share_id is not None:
        same &= Receipt.share_id == receipt.share_id
    earlier = db.session.scalars(
        select(Receipt).where(
            same, Receipt.problem == ReceiptProblem.UNDER, Receipt.resolved_at.is_(None)
        )
    ).all()
    whole = receipt.amount + sum(each.amount for each in earlier)
    return [*earlier, receipt] if whole == owed else [receipt]


def _confirms_a_mark(receipt: Receipt, shares: Sequence[PaymentShare]) -> bool:
    """Tell whether this is the bank's own word of money that the stall has marked by hand."""
    if len(shares) != 1 or receipt.provider_key.startswith(BY_HAND):
        return False
    [share] = shares
    others = select(Receipt.provider_key).where(
        Receipt.share_id == share.id, Receipt.id != receipt.id, Receipt.problem.is_(None)
    )
    keys = db.session.scalars(others).all()
    captured = db.session.scalar(
        select(PaymentEvent.amount_vnd).where(
            PaymentEvent.share_id == share.id, PaymentEvent.kind == PaymentEventKind.CAPTURED
        )
    )
    is_marked = len(keys) == 1 and keys[0].startswith(BY_HAND)
    return is_marked and receipt.currency == CURRENCY and captured == receipt.amount
