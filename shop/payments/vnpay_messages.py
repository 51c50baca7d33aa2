"""The messages of VNPAY 2.1.0 and their signature, as its documentation has them.

Fields are sorted by name, quoted like a form, joined by `&` and signed with HMAC-SHA512; amounts
are đồng times 100, times are yyyyMMddHHmmss in Vietnam. Source: sandbox.vnpayment.vn/apis, 2.1.0.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote_plus

from shop.core import clock

VERSION = "2.1.0"
UNITS = 100
PAID = "00"
SIGNATURE, KIND = "vnp_SecureHash", "vnp_SecureHashType"
_NUMBER = re.compile(r"\d{1,15}")
REFUND_FIELDS = (
    "vnp_RequestId",
    "vnp_Version",
    "vnp_Command",
    "vnp_TmnCode",
    "vnp_TransactionType",
    "vnp_TxnRef",
    "vnp_Amount",
    "vnp_TransactionNo",
    "vnp_TransactionDate",
    "vnp_CreateBy",
    "vnp_CreateDate",
    "vnp_IpAddr",
    "vnp_OrderInfo",
)


class Told(NamedTuple):
    """What VNPAY says of a go: our reference, its own number, the đồng, and whether they came."""

    reference: str
    number: str
    amount_vnd: int
    is_paid: bool
    code: str


def query(fields: Mapping[str, str]) -> str:
    """Return fields as the text that is signed and sent."""
    told = ((name, value) for name, value in sorted(fields.items()) if value)
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in told)


def sign(text: str, secret: str) -> str:
    """Return the signature of a text."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha512).hexdigest()


def is_genuine(fields: Mapping[str, str], secret: str) -> bool:
    """Tell whether a message was signed with our secret."""
    signed = {
        name: value
        for name, value in fields.items()
        if name.startswith("vnp_") and name not in {SIGNATURE, KIND}
    }
    given = fields.get(SIGNATURE, "").lower()
    return bool(secret) and hmac.compare_digest(
        sign(query(signed), secret).encode(), given.encode()
    )


def read(fields: Mapping[str, str]) -> Told | None:
    """Return what a genuine message says, None when it says nothing that can be read."""
    amount = fields.get("vnp_Amount", "")
    if not _NUMBER.fullmatch(amount) or int(amount) % UNITS:
        return None
    code = fields.get("vnp_ResponseCode", "")
    status = fields.get("vnp_TransactionStatus", "")
    return Told(
        reference=fields.get("vnp_TxnRef", "")[:80],
        number=fields.get("vnp_TransactionNo", "")[:40],
        amount_vnd=int(amount) // UNITS,
        is_paid=code == status == PAID,
        code=code[:2],
    )


def moment(at: datetime) -> str:
    """Write a moment as VNPAY reads it."""
    return clock.local(at).strftime("%Y%m%d%H%M%S")
