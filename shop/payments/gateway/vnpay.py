"""Speaking with VNPAY: the address of its page, and its refunds."""

import hashlib
import json
import urllib.request
from urllib.error import URLError

from flask import current_app, url_for

from shop.core import clock
from shop.core.errors import Unavailable
from shop.payments.methods import Attempt, GiveBack, Opened, Refused
from shop.payments.vnpay_messages import (
    KIND,
    REFUND_FIELDS,
    SIGNATURE,
    UNITS,
    VERSION,
    moment,
    query,
    sign,
)

SECONDS = 20
WHOLE, PART = "02", "03"
DONE, ASKED_BEFORE = "00", "94"


def is_set_up() -> bool:
    """Tell whether this floor has a merchant's account."""
    names = ("VNPAY_TMN_CODE", "VNPAY_HASH_SECRET", "VNPAY_PAY_URL")
    return all(current_app.config[name] for name in names)


def open_page(attempt: Attempt) -> Opened:
    """Return the signed address at which the buyer pays; no network is needed for it."""
    config = current_app.config
    fields = {
        "vnp_Version": VERSION,
        "vnp_Command": "pay",
        "vnp_TmnCode": config["VNPAY_TMN_CODE"],
        "vnp_Amount": str(attempt.amount_vnd * UNITS),
        "vnp_CurrCode": "VND",
        "vnp_TxnRef": attempt.reference,
        "vnp_OrderInfo": f"Thanh toan don hang {attempt.order_code}",
        "vnp_OrderType": "other",
        "vnp_Locale": "vn",
        "vnp_IpAddr": attempt.address,
        "vnp_ReturnUrl": url_for("payments.vnpay_return", _external=True),
        "vnp_CreateDate": moment(clock.now()),
        "vnp_ExpireDate": moment(attempt.expires_at),
    }
    text = query(fields)
    signed = f"{text}&{SIGNATURE}={sign(text, config['VNPAY_HASH_SECRET'])}"
    return Opened(attempt.reference, f"{config['VNPAY_PAY_URL']}?{signed}")


def refund(wanted: GiveBack) -> str:
    """Give money back and return VNPAY's number of it; the same key is one request to VNPAY.

    Raises Refused when VNPAY says no, Unavailable when it cannot be reached.
    """
    config = current_app.config
    fields = {
        "vnp_RequestId": hashlib.sha256(wanted.key.encode()).hexdigest()[:32],
        "vnp_Version": VERSION,
        "vnp_Command": "refund",
        "vnp_TmnCode": config["VNPAY_TMN_CODE"],
        "vnp_TransactionType": WHOLE if wanted.is_whole else PART,
        "vnp_TxnRef": wanted.reference,
        "vnp_Amount": str(wanted.amount_vnd * UNITS),
        "vnp_TransactionNo": wanted.data.get("number", ""),
        "vnp_TransactionDate": wanted.data.get("paid_at", ""),
        "vnp_CreateBy": "Cho Phien",
        "vnp_CreateDate": moment(clock.now()),
        "vnp_IpAddr": "127.0.0.1",
        "vnp_OrderInfo": f"Hoan tien {wanted.reference}",
    }
    text = "|".join(fields[name] for name in REFUND_FIELDS)
    answer = _post({**fields, SIGNATURE: sign(text, config["VNPAY_HASH_SECRET"])})
    code = str(answer.get("vnp_ResponseCode", ""))
    if code not in {DONE, ASKED_BEFORE}:
        raise Refused(f"VNPAY {code}: {answer.get('vnp_Message', '')}"[:300])
    return str(answer.get("vnp_TransactionNo") or fields["vnp_RequestId"])[:120]


def _post(fields: dict[str, str]) -> dict[str, object]:
    asked = urllib.request.Request(  # noqa: S310  the address is the operator's own setting
        current_app.config["VNPAY_API_URL"],
        json.dumps(fields).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310
            found = json.load(answer)
    except (URLError, OSError, ValueError) as error:
        raise Unavailable from error
    return {name: value for name, value in found.items() if name != KIND}
