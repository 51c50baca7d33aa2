"""What is owed, what came and went, and how stalls want to be paid."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from shop.core.db import db
from shop.core.errors import NotFound
from shop.orders.models import Order, StallOrder
from shop.payments.methods import COD, VIETQR
from shop.payments.models import (
    Payment,
    PaymentAttempt,
    PaymentShare,
    Receipt,
    Refund,
    RefundStatus,
    StallPaymentSettings,
)
from shop.web.paging import Page

PAGE_SIZE = 30


def due_vnd(stall_order_id: int) -> int | None:
    """Return what is still to be paid of a stall order; None when no payment was opened for it."""
    return db.session.scalar(
        select(PaymentShare.claimed_vnd - PaymentShare.captured_vnd).where(
            PaymentShare.stall_order_id == stall_order_id
        )
    )


def settings_of(stall_ids: Collection[int]) -> dict[int, StallPaymentSettings]:
    """Return how each stall wants to be paid, cash alone where it has said nothing; one query."""
    wanted = select(StallPaymentSettings).where(StallPaymentSettings.stall_id.in_(set(stall_ids)))
    known = {row.stall_id: row for row in db.session.scalars(wanted)}
    return {stall_id: known.get(stall_id) or _default(stall_id) for stall_id in stall_ids}


def _default(stall_id: int) -> StallPaymentSettings:
    """Return the settings of a stall that has made none; never to be kept."""
    return StallPaymentSettings(
        stall_id=stall_id,
        accepts_cod=True,
        cod_limit_vnd=None,
        may_open_first=True,
        accepts_vietqr=False,
        bank_bin="",
        account_number="",
        account_holder="",
        accepts_vnpay=False,
        accepts_stripe=False,
        stripe_account="",
    )


def opens_first(stall_ids: Iterable[int]) -> frozenset[int]:
    """Return those of these stalls whose parcels may be opened before they are paid in cash."""
    return frozenset(
        number for number, kept in settings_of(list(stall_ids)).items() if kept.may_open_first
    )


def own_payment(buyer_id: int, order_code: str) -> Payment:
    """Return the payment of a buyer's order with its shares and parts; raise NotFound."""
    found = db.session.scalar(
        select(Payment)
        .join(Payment.order)
        .where(Order.buyer_id == buyer_id, Order.code == order_code)
        .options(
            joinedload(Payment.order),
            selectinload(Payment.shares).joinedload(PaymentShare.stall_order),
        )
    )
    if found is None:
        raise NotFound
    return found


def order_code_of(reference: str) -> str | None:
    """Return the order for which a go at a gateway was opened under this reference."""
    return db.session.scalar(
        select(Order.code)
        .join(Payment, Payment.order_id == Order.id)
        .join(PaymentAttempt, PaymentAttempt.payment_id == Payment.id)
        .where(PaymentAttempt.reference == reference)
    )


def share_of_memo(order_code: str, number: int) -> PaymentShare | None:
    """Return the share that a transfer names: part `number` of an order, with its stall order."""
    return db.session.scalar(
        select(PaymentShare)
        .join(PaymentShare.stall_order)
        .where(StallOrder.code == f"{order_code}-{number}")
        .options(joinedload(PaymentShare.stall_order), joinedload(PaymentShare.payment))
    )


def share_of(stall_order_id: int) -> PaymentShare | None:
    """Return the share of a stall order with its payment."""
    return db.session.scalar(
        select(PaymentShare)
        .where(PaymentShare.stall_order_id == stall_order_id)
        .options(joinedload(PaymentShare.payment), joinedload(PaymentShare.stall_order))
    )


def refunds_of(order_id: int) -> Sequence[tuple[int, Refund]]:
    """Return the refunds of an order by the stall orders that they are for, oldest first."""
    rows = db.session.execute(
        select(PaymentShare.stall_order_id, Refund)
        .join(Refund, Refund.share_id == PaymentShare.id)
        .join(Payment, Payment.id == PaymentShare.payment_id)
        .where(Payment.order_id == order_id)
        .order_by(Refund.id)
    )
    return [(stall_order_id, refund) for stall_order_id, refund in rows]


def page_of_receipts(*, stall_id: int | None, number: int) -> Page[Receipt]:
    """Return a page of the money that waits for a decision, oldest first, with what it names."""
    here: list[ColumnElement[bool]] = [
        Receipt.problem.is_not(None),
        Receipt.resolved_at.is_(None),
    ]
    if stall_id is not None:
        here.append(Receipt.stall_id == stall_id)
    total = db.session.scalar(select(func.count()).select_from(Receipt).where(*here)) or 0
    rows = db.session.scalars(
        select(Receipt)
        .where(*here)
        .options(
            joinedload(Receipt.payment).joinedload(Payment.order),
            joinedload(Receipt.share).joinedload(PaymentShare.stall_order),
        )
        .order_by(Receipt.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, PAGE_SIZE, total)


def receipt(receipt_id: int, *, stall_id: int | None) -> Receipt:
    """Return money that came with what it names; another stall's is not found."""
    wanted = select(Receipt).where(Receipt.id == receipt_id)
    if stall_id is not None:
        wanted = wanted.where(Receipt.stall_id == stall_id)
    found = db.session.scalar(
        wanted.options(
            joinedload(Receipt.payment).joinedload(Payment.order),
            joinedload(Receipt.share).joinedload(PaymentShare.stall_order),
        )
    )
    if found is None:
        raise NotFound
    return found


def page_of_refunds(*, stall_id: int | None, number: int) -> Page[Refund]:
    """Return a page of the money that has still to go back, oldest first.

    Of a stall those that it pays itself, else all.
    """
    here: list[ColumnElement[bool]] = [Refund.status != RefundStatus.DONE]
    if stall_id is not None:
        here = [*here, _is_of(stall_id)]
    total = db.session.scalar(select(func.count()).select_from(Refund).where(*here)) or 0
    rows = db.session.scalars(
        select(Refund)
        .where(*here)
        .options(
            joinedload(Refund.share).joinedload(PaymentShare.stall_order),
            joinedload(Refund.receipt),
        )
        .order_by(Refund.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, PAGE_SIZE, total)


def passed_on_vnd(share: PaymentShare) -> int:
    """Return what of a share that has come belongs to its stall, in đồng."""
    return share.captured_vnd


def refund(refund_id: int, *, stall_id: int | None) -> Refund:
    """Return a refund with its proof; another stall's is not found."""
    wanted = select(Refund).where(Refund.id == refund_id).options(joinedload(Refund.proof))
    if stall_id is not None:
        wanted = wanted.where(_is_of(stall_id))
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def _is_of(stall_id: int) -> ColumnElement[bool]:
    """Return the condition that a stall pays a refund itself: it has the money."""
    own = select(PaymentShare.id).join(PaymentShare.stall_order)
    received = select(Receipt.id).where(Receipt.stall_id == stall_id)
    return and_(
        Refund.provider.in_((COD, VIETQR)),
        or_(
            Refund.share_id.in_(own.where(StallOrder.stall_id == stall_id)),
            Refund.receipt_id.in_(received),
        ),
    )
