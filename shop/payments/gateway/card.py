"""Speaking with Stripe by its own library; VND has no smaller unit, so amounts are đồng."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import stripe
from flask import current_app, url_for
from flask_babel import lazy_gettext

from shop.core import clock
from shop.core.errors import Forbidden, InvalidInput, Unavailable
from shop.payments.methods import Attempt, GiveBack, Opened, Refused

CURRENCY = "vnd"
UNREADABLE = lazy_gettext("This message cannot be read.")
SECONDS = 20
LEAST = timedelta(minutes=31)


class Paid(NamedTuple):
    """What a session of Stripe Checkout says: ours or not, paid or not, how much, under what."""

    session: str
    intent: str
    amount: int
    currency: str
    is_paid: bool


def is_set_up() -> bool:
    """Tell whether this floor has an account at Stripe."""
    return bool(current_app.config["STRIPE_SECRET_KEY"])


def open_session(attempt: Attempt, until: datetime) -> Opened:
    """Open Stripe's page for an attempt; the same attempt asked for twice is one session."""
    back = url_for("payments.card_return", _external=True)
    params: dict[str, Any] = {
        "mode": "payment",
        "client_reference_id": attempt.reference,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": CURRENCY,
                    "unit_amount": attempt.amount_vnd,
                    "product_data": {"name": f"Chợ Phiên {attempt.order_code}"},
                },
            }
        ],
        "payment_intent_data": {"transfer_group": attempt.order_code},
        "metadata": {"order": attempt.order_code},
        "success_url": f"{back}?session_id={{CHECKOUT_SESSION_ID}}",
        "cancel_url": url_for("payments.pay", code=attempt.order_code, _external=True),
        "expires_at": int(until.timestamp()),
    }
    key = f"session:{attempt.id}:{attempt.reference}"
    made = _ask(lambda client: client.v1.checkout.sessions.create(params, _once(key)))
    return Opened(made.id, made.url)


def session_of(session: str) -> Paid | None:
    """Return what Stripe itself says of a session, None for one that it does not know."""
    try:
        return _paid(_ask(lambda client: client.v1.checkout.sessions.retrieve(session)).to_dict())
    except Refused:
        return None


def read_event(body: bytes, signature: str) -> Paid | None:
    """Return what a signed event says of a session, None for an event that says nothing of one.

    Raises Forbidden for one that Stripe did not sign just now, InvalidInput for nonsense.
    """
    secret = current_app.config["STRIPE_WEBHOOK_SECRET"]
    try:
        stripe.Webhook.construct_event(body, signature, secret)
    except stripe.SignatureVerificationError as error:
        raise Forbidden from error
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise InvalidInput(UNREADABLE) from error
    said = json.loads(body)
    if not isinstance(said, dict) or not str(said.get("type")).startswith("checkout.session."):
        return None
    told = said.get("data", {}).get("object") if isinstance(said.get("data"), dict) else None
    return _paid(told) if isinstance(told, dict) else None


def refund(wanted: GiveBack) -> str:
    """Give money back to the card; the same key gives it back once."""
    params: dict[str, Any] = {
        "payment_intent": wanted.data.get("intent", ""),
        "amount": wanted.amount_vnd,
    }
    once = _once(f"refund:{wanted.key}")
    return str(_ask(lambda client: client.v1.refunds.create(params, once)).id)


def transfer(*, share_id: int, amount_vnd: int, account: str, intent: str, group: str) -> str:
    """Pass a stall's part of a charge on to its account, once."""
    charge = _ask(lambda client: client.v1.payment_intents.retrieve(intent)).latest_charge
    params: dict[str, Any] = {
        "amount": amount_vnd,
        "currency": CURRENCY,
        "destination": account,
        "transfer_group": group,
        "source_transaction": charge,
    }
    once = _once(f"transfer:{share_id}")
    return str(_ask(lambda client: client.v1.transfers.create(params, once)).id)


def take_back(reference: str, amount_vnd: int, *, key: str) -> None:
    """Take a part of a transfer back from the stall's account, once."""
    params: dict[str, Any] = {"amount": amount_vnd}
    once = _once(f"reversal:{key}")
    _ask(lambda client: client.v1.transfers.reversals.create(reference, params, once))


def _once(key: str) -> dict[str, str]:
    return {"idempotency_key": key}


def _paid(told: Mapping[str, Any]) -> Paid:
    return Paid(
        session=str(told.get("id") or "")[:80],
        intent=str(told.get("payment_intent") or "")[:80],
        amount=int(told.get("amount_total") or 0),
        currency=str(told.get("currency") or "").upper()[:3],
        is_paid=told.get("payment_status") == "paid",
    )


def _ask(question: Any) -> Any:
    """Ask Stripe; raise Unavailable when it may answer later, Refused when it says no."""
    config = current_app.config
    base = config["STRIPE_API_BASE"]
    client = stripe.StripeClient(
        config["STRIPE_SECRET_KEY"],
        base_addresses={"api": base} if base else {},
        max_network_retries=1,
        http_client=stripe.RequestsClient(timeout=SECONDS),
    )
    try:
        return question(client)
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise Unavailable from error
    except stripe.StripeError as error:
        if error.http_status and error.http_status >= 500:
            raise Unavailable from error
        raise Refused(f"Stripe: {error.user_message or error}"[:300]) from error


def expiry(latest: datetime) -> datetime:
    """Return until when a session stands: Stripe asks for half an hour at least."""
    return max(latest, clock.now() + LEAST)
