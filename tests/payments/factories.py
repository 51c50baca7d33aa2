"""How stalls want to be paid, money that fits nothing, and money to go back, for tests."""

import secrets

from factory.alchemy import SQLAlchemyModelFactory
from factory.declarations import LazyAttribute, LazyFunction, Sequence
from sqlalchemy import select

from shop.core import clock
from shop.core.db import db
from shop.payments.methods import VIETQR
from shop.payments.models import PaymentShare, Receipt, Refund, StallPaymentSettings
from shop.payments.operations import Incoming, complete


def parked(stall) -> Receipt:
    """Return money that came into a stall's account and fits nothing."""
    return complete(
        Incoming(
            provider=VIETQR,
            key=f"mau:{stall.id}:{secrets.token_hex(4)}",
            amount=5000,
            reference="chuyen tien",
            stall_id=stall.id,
        )
    )


class RefundFactory(SQLAlchemyModelFactory):
    """Money of a stall order (`part`) that the stall has still to give back."""

    class Meta:
        model = Refund
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    class Params:
        part = None

    key = Sequence(lambda n: f"mau:{n}")
    share_id = LazyAttribute(
        lambda o: db.session.scalar(
            select(PaymentShare.id).where(PaymentShare.stall_order_id == o.part.id)
        )
    )
    provider = "cod"
    amount_vnd = 1000
    created_at = LazyFunction(clock.now)


class StallPaymentSettingsFactory(SQLAlchemyModelFactory):
    """A stall that takes every way to pay, with an account of its own."""

    class Meta:
        model = StallPaymentSettings
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    accepts_cod = True
    cod_limit_vnd = None
    may_open_first = True
    accepts_vietqr = True
    bank_bin = "970405"
    account_number = Sequence(lambda n: f"00110{n:07}")
    account_holder = "HTX MAU CAO NGUYEN"
    accepts_vnpay = True
    accepts_stripe = True
    stripe_account = Sequence(lambda n: f"acct_mau{n:06}")
    changed_at = LazyFunction(clock.now)
