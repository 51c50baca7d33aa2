"""Paying an order: the page with what to do now, the way to a gateway and back, its messages."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, current_app, flash, jsonify, redirect, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.core import qr
from shop.core.errors import NotFound, WrongState
from shop.orders.models import Order, StallOrderStatus
from shop.payments import queries
from shop.payments.bank_feed import check_signature, read_transfer
from shop.payments.gateway import card as card_gateway
from shop.payments.gateway.ways import method
from shop.payments.methods import VIETQR
from shop.payments.models import PaymentShare, RefundStatus
from shop.payments.operations import begin_attempt
from shop.payments.operations.card import order_code_of, take_session
from shop.payments.operations.transfers import take_transfer
from shop.payments.operations.vnpay import take_notice
from shop.payments.vietqr import bank_name, memo_of, payload
from shop.payments.vnpay_messages import is_genuine, read
from shop.web import slots
from shop.web.access import machine, public, signed_in
from shop.web.templating import render

bp = Blueprint("payments", "shop.payments.views")
MOST_MESSAGE = 64 * 1024


@dataclass(frozen=True)
class Transfer:
    """What a buyer needs to pay one stall from her bank's app."""

    share: PaymentShare
    bank: str
    account_number: str
    account_holder: str
    memo: str

    @property
    def number(self) -> int:
        """Return which part of the order it pays."""
        return self.share.stall_order.number


@bp.get("/don-hang/<code>/thanh-toan")
@signed_in
def pay(code: str) -> BaseResponse:
    """Show what is still to be paid of an own order, and how."""
    payment = queries.own_payment(current_user.id, code)
    way = method(payment.method)
    if not way.is_prepaid:
        return redirect(url_for("orders.order", code=code), 303)
    unpaid = [share for share in payment.shares if _is_unpaid(share)]
    return render(
        "payments/pay.html",
        payment=payment,
        way=way,
        owed_vnd=sum(share.owed_vnd for share in unpaid),
        transfers=_transfers(unpaid) if way.code == VIETQR else [],
        is_sandbox=current_app.config["PAYMENT_SANDBOX"],
    )


@bp.post("/don-hang/<code>/thanh-toan")
@signed_in
def go(code: str) -> BaseResponse:
    """Lead the buyer to the gateway's page."""
    url = begin_attempt(current_user.id, code, address=request.remote_addr or "127.0.0.1")
    return redirect(url, 303)


@bp.get("/don-hang/<code>/<int:number>/ma-qr.svg")
@signed_in
def transfer_code(code: str, number: int) -> Response:
    """Draw the VietQR code of one stall's part."""
    payment = queries.own_payment(current_user.id, code)
    for each in _transfers([share for share in payment.shares if _is_unpaid(share)]):
        if each.number == number and payment.method == VIETQR:
            settings = queries.settings_of([each.share.stall_order.stall_id])
            text = payload(
                bank_bin=settings[each.share.stall_order.stall_id].bank_bin,
                account_number=each.account_number,
                amount_vnd=each.share.owed_vnd,
                memo=each.memo,
            )
            return Response(qr.drawing(text), mimetype="image/svg+xml")
    raise NotFound


@bp.get("/thanh-toan/vnpay")
@public
def vnpay_return() -> BaseResponse:
    """Show what VNPAY says on the way back; nothing is decided here."""
    fields = request.args.to_dict()
    told = read(fields) if is_genuine(fields, current_app.config["VNPAY_HASH_SECRET"]) else None
    if told is None:
        raise NotFound
    return render("payments/returned.html", told=told, code=queries.order_code_of(told.reference))


@bp.get("/webhook/vnpay")
@public
def vnpay_notice() -> Response:
    """Take VNPAY's message (IPN); the answer is in its own codes, whatever happens."""
    answer = take_notice(request.args.to_dict(), current_app.config["VNPAY_HASH_SECRET"])
    return jsonify(RspCode=answer.code, Message=answer.message)


@bp.get("/thanh-toan/the")
@signed_in
def card_return() -> BaseResponse:
    """Ask Stripe about the session that the browser comes back with, and show the order."""
    session = request.args.get("session_id", "")[:80]
    code = order_code_of(session)
    if code is None:
        raise NotFound
    queries.own_payment(current_user.id, code)
    paid = card_gateway.session_of(session)
    receipt = take_session(paid) if paid else None
    if receipt is None:
        return redirect(url_for("payments.pay", code=code), 303)
    if receipt.problem is None:
        flash(gettext("Paid. Thank you! The stalls are getting your goods ready."), "success")
    return redirect(url_for("orders.order", code=code), 303)


@bp.post("/webhook/stripe")
@machine
def card_notice() -> Response:
    """Take a signed event of Stripe."""
    paid = card_gateway.read_event(_message(), request.headers.get("Stripe-Signature", ""))
    if paid is not None:
        take_session(paid)
    return jsonify(received=True)


@bp.post("/webhook/ngan-hang")
@machine
def bank_notice() -> Response:
    """Take a signed message of a bank's feed."""
    body = _message()
    signature = request.headers.get("X-Signature", "")
    check_signature(body, signature, current_app.config["BANK_FEED_SECRET"])
    receipt = take_transfer(read_transfer(body))
    return jsonify(received=True, known=receipt is not None)


def _message() -> bytes:
    if (request.content_length or 0) > MOST_MESSAGE:
        raise WrongState
    return request.get_data(cache=False)[:MOST_MESSAGE]


def _is_unpaid(share: PaymentShare) -> bool:
    return share.owed_vnd > 0 and share.stall_order.status == StallOrderStatus.UNPAID


def _transfers(shares: list[PaymentShare]) -> list[Transfer]:
    settings = queries.settings_of([share.stall_order.stall_id for share in shares])
    found = ((share, settings[share.stall_order.stall_id]) for share in shares)
    return [
        Transfer(
            share=share,
            bank=bank_name(kept.bank_bin),
            account_number=kept.account_number,
            account_holder=kept.account_holder,
            memo=memo_of(share.stall_order.code or ""),
        )
        for share, kept in found
        if kept.account_number
    ]


@slots.fill("order.payment")
def way_of_paying(order: Order) -> str:
    """Say how an order is paid."""
    return str(method(order.payment_method).label)


@slots.fill("order.pay_until")
def pay_until(order: Order) -> datetime | None:
    """Say until when an order waits for its money, nothing when it does not."""
    payment = queries.own_payment(order.buyer_id, order.code or "")
    is_open = any(_is_unpaid(share) for share in payment.shares)
    return payment.expires_at if is_open else None


@slots.fill("order.refunds")
def refunds(order: Order) -> dict[int, list[tuple[str, int, str]]]:
    """Say what of an order goes back, by its parts: status, đồng, the gateway's reference."""
    found: dict[int, list[tuple[str, int, str]]] = {}
    for part_id, refund in queries.refunds_of(order.id):
        reference = refund.provider_reference if refund.status == RefundStatus.DONE else ""
        line = (str(refund.status.label), refund.amount_vnd, reference)
        found.setdefault(part_id, []).append(line)
    return found


@slots.fill("stall_order.due")
def still_due(stall_order_id: int) -> int | None:
    """Say how much is still to be collected for a stall's part."""
    return queries.due_vnd(stall_order_id)
