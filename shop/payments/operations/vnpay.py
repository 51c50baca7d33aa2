"""What VNPAY's server tells: checked in its order, answered in its codes, decided on one path."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select

from shop.core import clock
from shop.core.db import db
from shop.payments.methods import VNPAY
from shop.payments.models import PaymentAttempt, Receipt
from shop.payments.operations.completing import Incoming, complete
from shop.payments.vnpay_messages import Told, is_genuine, moment, read


class Answer(NamedTuple):
    """What VNPAY's server is answered."""

    code: str
    message: str


CONFIRMED = Answer("00", "Confirm Success")
NO_ORDER = Answer("01", "Order Not Found")
KNOWN = Answer("02", "Order already confirmed")
OTHER_AMOUNT = Answer("04", "Invalid Amount")
FORGED = Answer("97", "Invalid Checksum")


def take_notice(fields: Mapping[str, str], secret: str) -> Answer:
    """Take what VNPAY's server says of a go: signature, order, amount, state, in this order.

    What was paid is kept whatever its amount, so that no money is lost; the answer says what was
    odd about it.
    """
    if not is_genuine(fields, secret):
        return FORGED
    told = read(fields)
    attempt = _attempt(told.reference) if told else None
    if told is None or attempt is None:
        return NO_ORDER
    if _known(told) is not None:
        return KNOWN
    if told.is_paid:
        receipt = complete(_incoming(told, attempt, fields))
        if receipt.problem is not None:
            return OTHER_AMOUNT if told.amount_vnd != attempt.amount_vnd else CONFIRMED
        return CONFIRMED
    return CONFIRMED if told.amount_vnd == attempt.amount_vnd else OTHER_AMOUNT


def _incoming(told: Told, attempt: PaymentAttempt, fields: Mapping[str, str]) -> Incoming:
    return Incoming(
        provider=VNPAY,
        key=_key(told),
        amount=told.amount_vnd,
        reference=told.reference,
        payment_id=attempt.payment_id,
        data={
            "number": told.number,
            "paid_at": fields.get("vnp_PayDate") or moment(clock.now()),
            "bank": fields.get("vnp_BankCode", "")[:20],
        },
    )


def _key(told: Told) -> str:
    return f"{told.reference}:{told.number}"


def _attempt(reference: str) -> PaymentAttempt | None:
    return db.session.scalar(
        select(PaymentAttempt).where(
            PaymentAttempt.provider == VNPAY, PaymentAttempt.reference == reference
        )
    )


def _known(told: Told) -> Receipt | None:
    return db.session.scalar(
        select(Receipt).where(Receipt.provider == VNPAY, Receipt.provider_key == _key(told))
    )
