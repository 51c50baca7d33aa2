"""The pages and the API of the make-believe gateways; not found where the sandbox is off."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import (
    Response,
    current_app,
    flash,
    jsonify,
    make_response,
    redirect,
    request,
    url_for,
)
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.core.errors import NotFound
from shop.payments import queries
from shop.payments.methods import VIETQR
from shop.payments.sandbox import messages, stripe_api
from shop.payments.sandbox.memory import get, opened, put
from shop.payments.vietqr import memo_of
from shop.payments.views.pages import bp
from shop.payments.vnpay_messages import REFUND_FIELDS, SIGNATURE, UNITS, is_genuine, sign
from shop.web.access import machine, public, signed_in
from shop.web.templating import render

View = TypeVar("View", bound=Callable[..., Any])
CODES = ("00", "24", "51")


def only_where_it_is_on(view: View) -> View:
    """Let nobody in where real money is at stake."""

    @wraps(view)
    def enter(**values: Any) -> Any:
        if not current_app.config["PAYMENT_SANDBOX"]:
            raise NotFound
        return view(**values)

    return enter  # type: ignore[return-value]


@bp.route("/thu-nghiem/stripe/<path:path>", methods=["GET", "POST"])
@machine
@only_where_it_is_on
def sandbox_stripe(path: str) -> BaseResponse:
    """Answer what Stripe's library asks."""
    expected = f"Bearer {current_app.config['STRIPE_SECRET_KEY']}"
    if not secrets.compare_digest(request.headers.get("Authorization", ""), expected):
        raise NotFound
    key = request.headers.get("Idempotency-Key", "")
    fields = request.form.to_dict()
    found, status = stripe_api.answer(request.method, path, fields, key=key)
    return make_response(jsonify(found), status)


@bp.get("/thu-nghiem/stripe/tra/<session_id>")
@public
@only_where_it_is_on
def sandbox_card_page(session_id: str) -> Response:
    """Show Stripe's page of a session."""
    session = stripe_api.session_of(session_id)
    if session is None:
        raise NotFound
    return render("payments/sandbox/card.html", session=session)


@bp.post("/thu-nghiem/stripe/tra/<session_id>")
@public
@only_where_it_is_on
def sandbox_card_pay(session_id: str) -> BaseResponse:
    """Pay a session; the webhook is on its way while the browser goes back."""
    session = stripe_api.pay(session_id)
    if session is None:
        raise NotFound
    body, headers = messages.stripe_event(session, current_app.config["STRIPE_WEBHOOK_SECRET"])
    messages.deliver(url_for("payments.card_notice"), body, headers)
    return redirect(session["success_url"].replace("{CHECKOUT_SESSION_ID}", session_id), 303)


@bp.get("/thu-nghiem/vnpay")
@public
@only_where_it_is_on
def sandbox_vnpay_page() -> Response:
    """Show VNPAY's page for a signed request."""
    asked = request.args.to_dict()
    if not is_genuine(asked, current_app.config["VNPAY_HASH_SECRET"]):
        raise NotFound
    amount = int(asked["vnp_Amount"]) // UNITS
    return render("payments/sandbox/vnpay.html", asked=asked, amount_vnd=amount, codes=CODES)


@bp.post("/thu-nghiem/vnpay")
@public
@only_where_it_is_on
def sandbox_vnpay_pay() -> BaseResponse:
    """Answer with a code: the server's message first, then the browser goes back."""
    asked, secret = request.form.to_dict(), current_app.config["VNPAY_HASH_SECRET"]
    code = request.form.get("code", "")
    if not is_genuine(asked, secret) or code not in CODES:
        raise NotFound
    with opened() as memory:
        known = get(memory, "vnpay", asked["vnp_TxnRef"])
        if known is None or known["code"] != "00":
            answer = messages.vnpay_answer(asked, code, secret)
            known = {"code": code, "answer": answer, "amount": int(asked["vnp_Amount"])}
            put(memory, "vnpay", asked["vnp_TxnRef"], data={**known, "refunded": 0})
    messages.deliver(f"{url_for('payments.vnpay_notice')}?{known['answer']}")
    return redirect(f"{asked['vnp_ReturnUrl']}?{known['answer']}", 303)


@bp.post("/thu-nghiem/vnpay/api")
@machine
@only_where_it_is_on
def sandbox_vnpay_api() -> BaseResponse:
    """Give money back as VNPAY's own API does."""
    asked: dict[str, Any] = request.get_json(silent=True) or {}
    text = "|".join(str(asked.get(name, "")) for name in REFUND_FIELDS)
    if asked.get(SIGNATURE) != sign(text, current_app.config["VNPAY_HASH_SECRET"]):
        return _vnpay("97", "Invalid Checksum")
    with opened() as memory:
        paid = get(memory, "vnpay", asked["vnp_TxnRef"])
        if paid is None or paid["code"] != "00":
            return _vnpay("91", "Transaction not found")
        if get(memory, "vnpay refund", asked["vnp_RequestId"]):
            return _vnpay("94", "Duplicate request")
        amount = int(asked["vnp_Amount"])
        if paid["refunded"] + amount > paid["amount"]:
            return _vnpay("02", "Amount exceeds the payment")
        paid["refunded"] += amount
        put(memory, "vnpay", asked["vnp_TxnRef"], data=paid)
        put(memory, "vnpay refund", asked["vnp_RequestId"], data={"amount": amount})
    return _vnpay("00", "Success", str(15_000_000 + secrets.randbelow(900_000)))


@bp.post("/thu-nghiem/ngan-hang/<code>/<int:number>")
@signed_in
@only_where_it_is_on
def sandbox_bank_transfer(code: str, number: int) -> BaseResponse:
    """Make the transfer that a VietQR code asks for, as the buyer's bank would."""
    payment = queries.own_payment(current_user.id, code)
    for share in payment.shares:
        if share.stall_order.number == number and payment.method == VIETQR:
            stall_id = share.stall_order.stall_id
            body, headers = messages.transfer_message(
                account=queries.settings_of([stall_id])[stall_id].account_number,
                amount_vnd=share.owed_vnd or share.amount_vnd,
                memo=memo_of(share.stall_order.code or ""),
                secret=current_app.config["BANK_FEED_SECRET"],
            )
            messages.deliver(url_for("payments.bank_notice"), body, headers)
            flash(gettext("The make-believe bank is sending the money; look again in a moment."))
            return redirect(url_for("payments.pay", code=code), 303)
    raise NotFound


def _vnpay(code: str, message: str, number: str = "") -> BaseResponse:
    return jsonify(vnp_ResponseCode=code, vnp_Message=message, vnp_TransactionNo=number)
