"""Money on its way back: asked for within what came, carried out once, proved."""

from flask_babel import lazy_gettext
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from shop.core import audit, clock, outbox
from shop.core.db import db, transaction
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.core.files import StoredFile
from shop.orders.models import StallOrder
from shop.payments.gateway.ways import method
from shop.payments.methods import GiveBack, Refused
from shop.payments.models import (
    Payment,
    PaymentEventKind,
    PaymentShare,
    Receipt,
    Refund,
    RefundStatus,
    Resolution,
)
from shop.payments.operations.events import lock_share_of, record_event
from shop.stalls.operations import tell_members

REFUND_TOPIC = "payments.refund"
OPEN = (RefundStatus.PENDING, RefundStatus.FAILED)


def request_refund(
    stall_order_id: int, amount_vnd: int, *, key: str, goods_vnd: int = 0, reason: str = ""
) -> Refund:
    """Promise money of a stall's part back; the same key is the same refund.

    `goods_vnd` is how much of it is for goods, on which commission and tax are taken back.
    Raises WrongState when more would go back than has come for this part.
    """
    with transaction():
        share = lock_share_of(stall_order_id)
        if share is None:
            raise NotFound
        if (known := db.session.scalar(select(Refund).where(Refund.key == key))) is not None:
            return known
        sums = select(func.sum(Refund.amount_vnd)).where(Refund.share_id == share.id)
        promised = int(db.session.scalar(sums) or 0)
        if amount_vnd <= 0 or promised + amount_vnd > share.captured_vnd:
            raise WrongState
        way = db.session.scalar(select(Payment.method).where(Payment.id == share.payment_id)) or ""
        refund = Refund(
            key=key,
            share_id=share.id,
            provider=way,
            amount_vnd=amount_vnd,
            goods_vnd=min(goods_vnd, amount_vnd),
            reason=reason,
            created_at=clock.now(),
        )
        begin_refund(refund, stall_order_id)
    return refund


def begin_refund(refund: Refund, stall_order_id: int | None) -> None:
    """Write a refund down and see to it: a gateway is asked, a stall that has the money is told."""
    db.session.add(refund)
    db.session.flush()
    audit.record("refund.requested", refund, {"amount_vnd": refund.amount_vnd})
    if method(refund.provider).floor_holds:
        outbox.send(REFUND_TOPIC, {"refund_id": refund.id}, key=f"{REFUND_TOPIC}:{refund.id}")
    elif stall_order_id is not None:
        part = db.session.scalars(
            select(StallOrder)
            .where(StallOrder.id == stall_order_id)
            .options(joinedload(StallOrder.stall))
        ).one()
        tell_members(
            part.stall_id,
            "payments/stall_refund",
            key=f"refund:{refund.id}",
            url=f"/quan-ly/{part.stall.slug}/tien",
            data={"code": part.code, "amount_vnd": refund.amount_vnd},
        )


@outbox.handler(REFUND_TOPIC)
def carry_out_refund(payload: outbox.Payload) -> None:
    """Ask the gateway to give the money back; the key lets it do so once, however often asked."""
    refund = db.session.get_one(Refund, payload["refund_id"])
    if refund.status == RefundStatus.DONE:
        return
    wanted = _wanted(refund)
    try:
        answered = method(refund.provider).give_back(wanted)
    except Refused as error:
        _fail(refund.id, str(error))
        return
    settle_refund(refund.id, provider_reference=answered)


def settle_refund(
    refund_id: int, *, provider_reference: str = "", proof: StoredFile | None = None
) -> None:
    """Note that the money has gone back, with the gateway's reference or a proof of it, once.

    Raises InvalidInput without either, WrongState when it was settled before.
    """
    if not provider_reference.strip() and proof is None:
        raise InvalidInput(
            lazy_gettext("Please give the reference of the transfer, or a picture of it."), "proof"
        )
    with transaction():
        refund = db.session.scalars(
            select(Refund)
            .where(Refund.id == refund_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()
        if refund.status not in OPEN:
            raise WrongState
        refund.status, refund.settled_at = RefundStatus.DONE, clock.now()
        refund.provider_reference = provider_reference.strip()[:120]
        refund.proof_id, refund.error = proof.id if proof else None, ""
        share = _lock_share(refund.share_id)
        if share is not None:
            record_event(
                share, PaymentEventKind.REFUNDED, refund.amount_vnd, key=f"refund:{refund.key}"
            )
        audit.record("refund.done", refund, {"amount_vnd": refund.amount_vnd})


def retry_refund(refund_id: int) -> None:
    """Ask a gateway once more that had refused; raise WrongState for any other refund."""
    with transaction():
        refund = db.session.get_one(Refund, refund_id, with_for_update=True)
        if refund.status != RefundStatus.FAILED:
            raise WrongState
        refund.status = RefundStatus.PENDING
        audit.record("refund.retried", refund)
        outbox.send(
            REFUND_TOPIC,
            {"refund_id": refund.id},
            key=f"{REFUND_TOPIC}:{refund.id}:{clock.now():%Y%m%d%H%M%S}",
        )


def _wanted(refund: Refund) -> GiveBack:
    """Return what to ask a gateway for, under the reference by which it knows the payment."""
    wanted = select(Receipt).order_by(Receipt.id)
    if refund.receipt_id is not None:
        wanted = wanted.where(Receipt.id == refund.receipt_id)
    else:
        payment = select(PaymentShare.payment_id).where(PaymentShare.id == refund.share_id)
        fits = or_(Receipt.problem.is_(None), Receipt.resolution != Resolution.REFUND)
        wanted = wanted.where(Receipt.payment_id == payment.scalar_subquery(), fits)
    receipt = db.session.scalars(wanted.limit(1)).one()
    return GiveBack(
        refund.key,
        refund.amount_vnd,
        receipt.reference,
        {name: str(value) for name, value in receipt.data.items()},
        is_whole=refund.amount_vnd == receipt.amount,
        share_id=refund.share_id,
    )


def _fail(refund_id: int, error: str) -> None:
    with transaction():
        refund = db.session.get_one(Refund, refund_id, with_for_update=True)
        if refund.status == RefundStatus.PENDING:
            refund.status, refund.error = RefundStatus.FAILED, error[:500]
            audit.record("refund.failed", refund, {"error": refund.error})


def _lock_share(share_id: int | None) -> PaymentShare | None:
    if share_id is None:
        return None
    return db.session.get_one(PaymentShare, share_id, with_for_update=True, populate_existing=True)
