"""What a bank's feed says: one signed JSON message for each transfer that came into an account.

Any reseller of bank feeds can be joined by a few lines that turn its message into this one:
`{"id": "FT26…", "account": "0011…", "amount": 150000, "currency": "VND", "memo": "…"}`, signed in
the header `X-Signature: t=<unix seconds>,v1=<hex>` with HMAC-SHA256 over `<t>.<body>`.
"""

import hashlib
import hmac
import json
import re
from typing import Any, NamedTuple

from flask_babel import lazy_gettext

from shop.core import clock
from shop.core.errors import Forbidden, InvalidInput

OLDEST_SECONDS = 300
_SIGNATURE = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")
_UNREADABLE = lazy_gettext("This message cannot be read.")
MOST_AMOUNT = 10**12


class Transfer(NamedTuple):
    """Money that came into an account; `amount` is in the smallest unit of `currency`."""

    id: str
    account: str
    amount: int
    currency: str
    memo: str


def sign(body: bytes, secret: str, at: int) -> str:
    """Return the header that proves a message of this moment."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def check_signature(body: bytes, header: str, secret: str) -> None:
    """Raise Forbidden unless the message was signed with our secret within the last minutes."""
    found = _SIGNATURE.fullmatch(header)
    if not secret or found is None:
        raise Forbidden
    is_fresh = abs(clock.now().timestamp() - int(found[1])) <= OLDEST_SECONDS
    if not is_fresh or not hmac.compare_digest(sign(body, secret, int(found[1])), header):
        raise Forbidden


def read_transfer(body: bytes) -> Transfer:
    """Return what a message says; raise InvalidInput for one that is not a transfer."""
    try:
        said = json.loads(body)
        currency: Any = said.get("currency", "VND")
        found = Transfer(said["id"], said["account"], said["amount"], currency, said["memo"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidInput(_UNREADABLE) from error
    texts = (found.id, found.account, found.currency, found.memo)
    is_text = all(isinstance(each, str) for each in texts)
    is_sum = type(found.amount) is int
    is_short = is_text and 0 < len(found.id) <= 80 and len(found.currency) == 3
    if not (is_text and is_sum and is_short and 0 < found.amount <= MOST_AMOUNT):
        raise InvalidInput(_UNREADABLE)
    return found
