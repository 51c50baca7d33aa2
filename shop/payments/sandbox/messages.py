"""The messages that the make-believe gateways send to this floor, signed as the real ones are."""

import hashlib
import hmac
import json
import secrets
import urllib.request
from threading import Thread
from typing import Any
from urllib.error import URLError

import structlog
from flask import current_app

from shop.core import clock
from shop.payments import bank_feed
from shop.payments.vnpay_messages import SIGNATURE, moment, query, sign

SECONDS = 10
log = structlog.get_logger()


def stripe_event(session: dict[str, Any], secret: str) -> tuple[bytes, dict[str, str]]:
    """Return the event of a paid session with the headers that prove it."""
    body = json.dumps(
        {
            "id": f"evt_{secrets.token_hex(12)}",
            "object": "event",
            "type": "checkout.session.completed",
            "data": {"object": session},
        }
    ).encode()
    at = int(clock.now().timestamp())
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    kind = "application/json"
    return body, {"Stripe-Signature": f"t={at},v1={digest}", "Content-Type": kind}


def vnpay_answer(asked: dict[str, str], code: str, secret: str) -> str:
    """Return the query with which VNPAY answers a request to pay, signed."""
    fields = {
        "vnp_Amount": asked["vnp_Amount"],
        "vnp_BankCode": "NCB",
        "vnp_OrderInfo": asked.get("vnp_OrderInfo", ""),
        "vnp_PayDate": moment(clock.now()),
        "vnp_ResponseCode": code,
        "vnp_TmnCode": asked.get("vnp_TmnCode", ""),
        "vnp_TransactionNo": str(14_000_000 + secrets.randbelow(900_000)),
        "vnp_TransactionStatus": "00" if code == "00" else "02",
        "vnp_TxnRef": asked["vnp_TxnRef"],
    }
    text = query(fields)
    return f"{text}&{SIGNATURE}={sign(text, secret)}"


def transfer_message(
    *, account: str, amount_vnd: int, memo: str, secret: str
) -> tuple[bytes, dict[str, str]]:
    """Return the bank's message of a transfer with the headers that prove it."""
    said = {
        "id": f"FT{secrets.token_hex(6).upper()}",
        "account": account,
        "amount": amount_vnd,
        "currency": "VND",
        "memo": memo,
    }
    body = json.dumps(said).encode()
    signature = bank_feed.sign(body, secret, int(clock.now().timestamp()))
    return body, {"X-Signature": signature, "Content-Type": "application/json"}


def deliver(path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> None:
    """Bring a message to this floor's own door, as a gateway's server would; never waits for it."""
    request = urllib.request.Request(  # noqa: S310  our own address
        current_app.config["LOCAL_URL"] + path, body, headers or {}
    )
    Thread(target=_send, args=(request,), daemon=True).start()


def _send(request: urllib.request.Request) -> None:
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            answer.read()
    except (URLError, OSError) as error:
        log.warning("sandbox.undelivered", url=request.full_url, error=str(error))
