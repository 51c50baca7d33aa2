"""Giving vouchers out, and counting every use of them exactly."""

from shop.promotions.operations.redeeming import (
    VoucherGone,
    concerned,
    give_back,
    redeem,
    take_again,
)
from shop.promotions.operations.vouchers import (
    Terms,
    change_voucher,
    create_voucher,
    end_voucher,
    extend_voucher,
    join_voucher,
    leave_voucher,
    withdraw_voucher,
)

__all__ = [
    "Terms",
    "VoucherGone",
    "change_voucher",
    "concerned",
    "create_voucher",
    "end_voucher",
    "extend_voucher",
    "give_back",
    "join_voucher",
    "leave_voucher",
    "redeem",
    "take_again",
    "withdraw_voucher",
]
