"""The part of Stripe's API that this floor uses, with its state and its idempotency keys."""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable

from shop.core import clock
from shop.payments.sandbox.memory import Found, get, opened, put

Answer = tuple[Found, int]
Fields = dict[str, str]


class Wrong(Exception):
    """A request that Stripe would refuse, with the status it would answer."""

    def __init__(self, message: str, status: int = 400) -> None:
        """Keep what is wrong and how it is answered."""
        super().__init__(message)
        self.status = status


def answer(method: str, path: str, fields: Fields, *, key: str) -> Answer:
    """Answer one request as Stripe would; the same key with the same fields answers the same."""
    with opened() as memory:
        said = hashlib.sha256(json.dumps([path, sorted(fields.items())]).encode()).hexdigest()
        if key and (known := get(memory, "key", key)):
            if known["said"] != said:
                return _error("Keys for idempotent requests can only be used once", 400)
            return known["answer"], 200
        try:
            found = _handler(method, path)(memory, path, fields)
        except Wrong as error:
            return _error(str(error), error.status)
        if key:
            put(memory, "key", key, data={"said": said, "answer": found})
        return found, 200


def pay(session_id: str) -> Found | None:
    """Let the buyer pay a session; return it as it then is, None when it cannot be paid."""
    with opened() as memory:
        session = get(memory, "session", session_id)
        is_open = session is not None and session["status"] == "open"
        if session is None or not is_open or session["expires_at"] < clock.now().timestamp():
            return session if session and session["payment_status"] == "paid" else None
        intent = _new("pi")
        put(
            memory,
            "intent",
            intent,
            data={
                "id": intent,
                "object": "payment_intent",
                "amount": session["amount_total"],
                "refunded": 0,
                "latest_charge": intent.replace("pi_", "ch_"),
                "status": "succeeded",
            },
        )
        session |= {"status": "complete", "payment_status": "paid", "payment_intent": intent}
        return put(memory, "session", session_id, data=session)


def session_of(session_id: str) -> Found | None:
    """Return a session as it is."""
    with opened() as memory:
        return get(memory, "session", session_id)


def _handler(method: str, path: str) -> Callable[[sqlite3.Connection, str, Fields], Found]:
    parts = path.strip("/").split("/")
    for shape, handler in _ROUTES.items():
        wanted_method, *wanted = shape.split("/")
        fits = len(wanted) == len(parts) and all(
            want in {"*", part} for want, part in zip(wanted, parts, strict=True)
        )
        if fits and wanted_method == method:
            return handler
    raise Wrong(f"Unrecognized request URL ({method}: {path})", 404)


def _open_session(memory: sqlite3.Connection, _path: str, fields: Fields) -> Found:
    amount = _amount(fields, "line_items[0][price_data][unit_amount]")
    if fields.get("line_items[0][price_data][currency]") != "vnd":
        raise Wrong("Only vnd is spoken here")
    session = _new("cs_test")
    return put(
        memory,
        "session",
        session,
        data={
            "id": session,
            "object": "checkout.session",
            "amount_total": amount,
            "currency": "vnd",
            "client_reference_id": fields.get("client_reference_id"),
            "expires_at": int(fields.get("expires_at", clock.now().timestamp() + 86400)),
            "payment_intent": None,
            "payment_status": "unpaid",
            "status": "open",
            "success_url": fields["success_url"],
            "cancel_url": fields["cancel_url"],
            "transfer_group": fields.get("payment_intent_data[transfer_group]"),
            "url": f"/thu-nghiem/stripe/tra/{session}",
        },
    )


def _read(kind: str) -> Callable[[sqlite3.Connection, str, Fields], Found]:
    def read(memory: sqlite3.Connection, path: str, _fields: Fields) -> Found:
        found = get(memory, kind, path.rpartition("/")[2])
        if found is None:
            raise Wrong(f"No such {kind}", 404)
        return found

    return read


def _refund(memory: sqlite3.Connection, _path: str, fields: Fields) -> Found:
    intent = get(memory, "intent", fields.get("payment_intent", ""))
    if intent is None:
        raise Wrong("No such payment_intent", 404)
    amount = _amount(fields, "amount")
    if intent["refunded"] + amount > intent["amount"]:
        raise Wrong("Refund amount is greater than unrefunded amount on charge")
    intent["refunded"] += amount
    put(memory, "intent", intent["id"], data=intent)
    refund = _new("re")
    found = {"id": refund, "object": "refund", "amount": amount, "status": "succeeded"}
    return put(memory, "refund", refund, data=found)


def _transfer(memory: sqlite3.Connection, _path: str, fields: Fields) -> Found:
    transfer = _new("tr")
    found = {
        "id": transfer,
        "object": "transfer",
        "amount": _amount(fields, "amount"),
        "amount_reversed": 0,
        "destination": fields.get("destination"),
        "source_transaction": fields.get("source_transaction"),
        "transfer_group": fields.get("transfer_group"),
    }
    return put(memory, "transfer", transfer, data=found)


def _reverse(memory: sqlite3.Connection, path: str, fields: Fields) -> Found:
    transfer = get(memory, "transfer", path.strip("/").split("/")[2])
    if transfer is None:
        raise Wrong("No such transfer", 404)
    amount = _amount(fields, "amount")
    if transfer["amount_reversed"] + amount > transfer["amount"]:
        raise Wrong("Reversal amount is greater than unreversed amount")
    transfer["amount_reversed"] += amount
    put(memory, "transfer", transfer["id"], data=transfer)
    return {"id": _new("trr"), "object": "transfer_reversal", "amount": amount}


def _amount(fields: Fields, name: str) -> int:
    text = fields.get(name, "")
    if not text.isdecimal() or not int(text):
        raise Wrong(f"Invalid integer: {name}")
    return int(text)


def _new(kind: str) -> str:
    return f"{kind}_{secrets.token_hex(12)}"


def _error(message: str, status: int) -> Answer:
    return {"error": {"message": message, "type": "invalid_request_error"}}, status


_ROUTES: dict[str, Callable[[sqlite3.Connection, str, Fields], Found]] = {
    "POST/v1/checkout/sessions": _open_session,
    "GET/v1/checkout/sessions/*": _read("session"),
    "GET/v1/payment_intents/*": _read("intent"),
    "POST/v1/refunds": _refund,
    "POST/v1/transfers": _transfer,
    "GET/v1/transfers/*": _read("transfer"),
    "POST/v1/transfers/*/reversals": _reverse,
}
