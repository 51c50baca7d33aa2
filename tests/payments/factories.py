"""How stalls want to be paid, for tests."""

from factory.alchemy import SQLAlchemyModelFactory
from factory.declarations import LazyFunction, Sequence

from shop.core import clock
from shop.core.db import db
from shop.payments.models import StallPaymentSettings


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
