"""Operators and money: what came and fits nothing, and what gateways would not give back."""

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.accounts.models import User
from shop.core.errors import InvalidInput
from shop.payments import queries
from shop.payments.forms import ResolveForm, SettleForm
from shop.payments.models import Resolution
from shop.payments.operations import resolve
from shop.payments.operations.proofs import settle_with
from shop.payments.operations.refunds import retry_refund
from shop.web import slots
from shop.web.access import operator
from shop.web.paging import page_number
from shop.web.templating import render

bp = Blueprint("payments_operator", __name__, url_prefix="/van-hanh/tien")


@bp.get("")
@operator
def money() -> Response:
    """List all money that waits for a decision, and all refunds that are not done."""
    return _page()


@bp.post("/khoan/<int:receipt_id>")
@operator
def decide(receipt_id: int) -> BaseResponse:
    """Decide on money that did not fit."""
    queries.receipt(receipt_id, stall_id=None)
    form = ResolveForm()
    if not form.validate():
        return _page(resolving=(receipt_id, form), status=422)
    what = Resolution(form.resolution.data)
    resolve(current_user, receipt_id, what, words=form.words.data or "")
    flash(gettext("Decided."), "ok")
    return redirect(url_for(".money"), 303)


@bp.post("/hoan/<int:refund_id>")
@operator
def settle(refund_id: int) -> BaseResponse:
    """Keep the proof that money went back by another way."""
    found = queries.refund(refund_id, stall_id=None)
    form = SettleForm()
    if form.validate():
        try:
            settle_with(found, form.reference.data or "", form.proof.data)
        except InvalidInput as error:
            form.put_error(error, "reference")
        else:
            flash(gettext("Noted. The buyer sees it."), "ok")
            return redirect(url_for(".money"), 303)
    return _page(settling=(refund_id, form), status=422)


@bp.post("/hoan/<int:refund_id>/lai")
@operator
def retry(refund_id: int) -> BaseResponse:
    """Ask the gateway once more."""
    queries.refund(refund_id, stall_id=None)
    retry_refund(refund_id)
    flash(gettext("The gateway is asked again."), "ok")
    return redirect(url_for(".money"), 303)


def _page(
    *,
    resolving: tuple[int, ResolveForm] | None = None,
    settling: tuple[int, SettleForm] | None = None,
    status: int = 200,
) -> Response:
    number = page_number()
    return render(
        "payments/operator_money.html",
        status=status,
        links=slots.collect("operation.links", current_user),
        receipts=queries.page_of_receipts(stall_id=None, number=number),
        refunds=queries.page_of_refunds(stall_id=None, number=number),
        resolving=resolving or (0, ResolveForm(formdata=None)),
        settling=settling or (0, SettleForm(formdata=None)),
        empty=(ResolveForm(formdata=None), SettleForm(formdata=None)),
    )


@slots.fill("operation.links", order=40)
def link(_user: User) -> tuple[str, str]:
    """Lead to the money that waits."""
    return gettext("Money to sort out"), "/van-hanh/tien"
