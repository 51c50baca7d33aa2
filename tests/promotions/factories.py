"""Vouchers for tests, given out by the real use case: the floor's unless a stall is named."""

from datetime import timedelta

from factory.base import Factory
from factory.declarations import LazyFunction, Sequence

from shop.core import clock
from shop.promotions.models import Voucher
from shop.promotions.operations import Terms, create_voucher


class VoucherFactory(Factory):
    """20.000 ₫ off everything for a month, a hundred times, once per buyer, borne by the giver.

    `VoucherFactory(stall=stall)` is a stall's; `amount_vnd=None, percent_bp=1000` takes 10 % off.
    """

    class Meta:
        model = Voucher

    stall = None
    code = Sequence(lambda n: f"GIAM{n + 1:04d}")
    name = "Giảm cho khách mới"
    starts_on = LazyFunction(clock.today)
    ends_on = LazyFunction(lambda: clock.today() + timedelta(days=30))
    quota = 100
    per_buyer = 1
    amount_vnd = 20_000
    percent_bp = None
    cap_vnd = None
    minimum_vnd = 0
    product_sets = ()
    floor_share_bp = None

    @classmethod
    def _create(cls, _model, *_args, **kwargs):
        stall = kwargs.pop("stall")
        if kwargs["floor_share_bp"] is None:
            kwargs["floor_share_bp"] = 0 if stall else 10_000
        return create_voucher(stall.id if stall else None, Terms(**kwargs))
