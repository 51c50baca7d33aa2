"""A bank transfer as a VietQR code: the EMVCo text of NAPAS, and the memo by which it is known.

The memo is plain ASCII such as `OCOPR1001S2`: banks drop marks and signs, so part 2 of R1001 is
written without any. What a bank adds before and after it does no harm.
"""

import re
from functools import cache

from vietnam_qr_pay import BanksObject, QRPay
from vietnam_qr_pay.constants.banks import VietQRStatus

_MEMO = re.compile(r"OCOPR(\d{1,12})S(\d{1,3})(?!\d)")
_NO_SIGN = re.compile(r"[^0-9A-Z]")


@cache
def banks() -> tuple[tuple[str, str], ...]:
    """Return the banks that take VietQR transfers, as BIN and name, by name."""
    takers = (
        bank
        for bank in BanksObject.values()
        if bank.bin and not bank.deprecated and bank.viet_qr_status != VietQRStatus.NOT_SUPPORTED
    )
    named = {bank.bin: f"{bank.short_name} · {bank.name}" for bank in takers}
    return tuple(sorted(named.items(), key=lambda each: each[1].casefold()))


def bank_name(bank_bin: str) -> str:
    """Return what a bank is called, the BIN itself where nobody knows it."""
    return dict(banks()).get(bank_bin, bank_bin)


def memo_of(part_code: str) -> str:
    """Return the memo of a stall's part such as `R1001-2`."""
    order_code, _, number = part_code.partition("-")
    return f"OCOP{order_code}S{number}"


def read_memo(text: str) -> tuple[str, int] | None:
    """Return the order and the number of the part that a transfer names, None when it names none.

    Capitals, spaces and signs make no difference.
    """
    found = _MEMO.search(_NO_SIGN.sub("", text.upper()))
    return (f"R{found[1]}", int(found[2])) if found else None


def payload(*, bank_bin: str, account_number: str, amount_vnd: int, memo: str) -> str:
    """Return the text of a code for one transfer of so many đồng."""
    made = QRPay.init_viet_qr(bank_bin, account_number, str(amount_vnd), memo)
    return str(made.build())
