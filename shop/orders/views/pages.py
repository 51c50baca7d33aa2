"""Own orders: the list, one order, its copy on paper, cancelling a part, confirming receipt."""

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.core.errors import InvalidInput, WrongState
from shop.orders import queries
from shop.orders.forms import EndForm
from shop.orders.models import StallOrder
from shop.orders.operations import Step, advance
from shop.orders.transitions import Action, Side, allowed
from shop.orders.views.shown import row, whole
from shop.web.access import signed_in
from shop.web.paging import page_number
from shop.web.templating import render

bp = Blueprint("orders", "shop.orders.views", url_prefix="/don-hang")


@bp.get("", strict_slashes=False)
@signed_in
def orders() -> Response:
    """List the person's own orders, the newest first."""
    page = queries.page_of_orders(current_user.id, page_number())
    return render("orders/orders.html", page=page, rows=[row(order) for order in page.rows])


@bp.get("/<code>")
@signed_in
def order(code: str) -> Response:
    """Show an order: each stall's part, what happened to it, and what comes next."""
    return render("orders/order.html", shown=whole(queries.own_order(current_user.id, code)))


@bp.get("/<code>/in")
@signed_in
def sheet(code: str) -> Response:
    """Show a copy of the order to print."""
    return render("orders/sheet.html", shown=whole(queries.own_order(current_user.id, code)))


@bp.get("/<code>/<int:number>/huy")
@signed_in
def end(code: str, number: int) -> Response:
    """Ask why a stall's part is to be cancelled."""
    return _end_page(queries.own_part(current_user.id, code, number), _end_form())


@bp.post("/<code>/<int:number>/huy")
@signed_in
def cancel(code: str, number: int) -> BaseResponse:
    """Cancel a stall's part while the rules allow it."""
    part = queries.own_part(current_user.id, code, number)
    form = _end_form()
    if not form.validate():
        return _end_page(part, form, status=422)
    step = Step(
        Side.BUYER,
        Action.CANCEL,
        reason_code=form.reason_code.data,
        reason=form.reason.data or "",
    )
    try:
        advance(part.id, step)
    except InvalidInput as error:
        form.put_error(error, "reason")
        return _end_page(queries.own_part(current_user.id, code, number), form, status=422)
    return _back(code, gettext("Cancelled. The stall knows."))


@bp.post("/<code>/<int:number>/da-nhan")
@signed_in
def receive(code: str, number: int) -> BaseResponse:
    """Confirm that the parcel is in the buyer's hands."""
    part = queries.own_part(current_user.id, code, number)
    advance(part.id, Step(Side.BUYER, Action.RECEIVE))
    return _back(code, gettext("Thank you. You can review the goods now."))


def _end_form() -> EndForm:
    return EndForm(side=Side.BUYER, action=Action.CANCEL)


def _end_page(stall_order: StallOrder, form: EndForm, *, status: int = 200) -> Response:
    if Action.CANCEL not in allowed(Side.BUYER, stall_order.status):
        raise WrongState
    return render("orders/cancel.html", status=status, stall_order=stall_order, form=form)


def _back(code: str, words: str) -> BaseResponse:
    flash(words, "ok")
    return redirect(url_for("orders.order", code=code), 303)
