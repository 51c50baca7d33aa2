"""A stall's money: how it wants to be paid, what came and fits nothing, what has to go back."""

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.core.errors import InvalidInput, NotFound
from shop.orders.models import StallOrder, StallOrderStatus
from shop.orders.queries import stall_order
from shop.payments import queries
from shop.payments.forms import AcceptedForm, ResolveForm, SettleForm
from shop.payments.methods import VIETQR
from shop.payments.models import Resolution
from shop.payments.operations import resolve, save_settings
from shop.payments.operations.proofs import settle_with
from shop.payments.operations.transfers import mark_received
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission, may
from shop.web import slots
from shop.web.paging import page_number
from shop.web.templating import render
from shop.web.views import send_private

bp = Blueprint("payments_stall", __name__, url_prefix="/quan-ly/<stall_slug>/tien")
may_handle = stall_role(Permission.HANDLE_MONEY)


@bp.get("")
@may_handle
def money(membership: StallMember) -> Response:
    """List the money that waits for a decision of the stall, and what it has to give back."""
    return _page(membership)


@bp.get("/cach-nhan")
@may_handle
def ways(membership: StallMember) -> Response:
    """Show which ways to pay the stall accepts."""
    kept = queries.settings_of([membership.stall_id])[membership.stall_id]
    return _ways_page(membership, AcceptedForm(formdata=None, obj=kept))


@bp.post("/cach-nhan")
@may_handle
def save(membership: StallMember) -> BaseResponse:
    """Keep which ways to pay the stall accepts."""
    form = AcceptedForm()
    if not form.validate_on_submit():
        return _ways_page(membership, form, status=422)
    kept = queries.settings_of([membership.stall_id])[membership.stall_id]
    try:
        save_settings(membership.stall, form.accepted(kept))
    except InvalidInput as error:
        form.put_error(error, "accepts_cod")
        return _ways_page(membership, form, status=422)
    flash(gettext("Saved. New orders can be paid in these ways."), "ok")
    return redirect(url_for(".ways", stall_slug=membership.stall.slug), 303)


@bp.post("/<code>/da-nhan")
@may_handle
def received(membership: StallMember, code: str) -> BaseResponse:
    """Note that the money of an order has come into the stall's account."""
    part = stall_order(membership.stall_id, code)
    mark_received(membership, part.id)
    flash(gettext("Noted. The buyer knows; you can confirm the order now."), "ok")
    target = url_for("orders_stall.order", stall_slug=membership.stall.slug, code=code)
    return redirect(target, 303)


@bp.post("/khoan/<int:receipt_id>")
@may_handle
def decide(membership: StallMember, receipt_id: int) -> BaseResponse:
    """Decide on money that came into the stall's own account and did not fit."""
    queries.receipt(receipt_id, stall_id=membership.stall_id)
    form = ResolveForm()
    if not form.validate():
        return _page(membership, resolving=(receipt_id, form), status=422)
    resolve(
        membership.user,
        receipt_id,
        Resolution(form.resolution.data),
        words=form.words.data or "",
        stall_id=membership.stall_id,
    )
    flash(gettext("Decided."), "ok")
    return redirect(url_for(".money", stall_slug=membership.stall.slug), 303)


@bp.post("/hoan/<int:refund_id>")
@may_handle
def settle(membership: StallMember, refund_id: int) -> BaseResponse:
    """Keep the proof that the stall has given money back."""
    found = queries.refund(refund_id, stall_id=membership.stall_id)
    form = SettleForm()
    if form.validate():
        try:
            settle_with(found, form.reference.data or "", form.proof.data)
        except InvalidInput as error:
            form.put_error(error, "reference")
        else:
            flash(gettext("Noted. The buyer sees it."), "ok")
            return redirect(url_for(".money", stall_slug=membership.stall.slug), 303)
    return _page(membership, settling=(refund_id, form), status=422)


@bp.get("/hoan/<int:refund_id>/anh/<int:page>")
@may_handle
def proof(membership: StallMember, refund_id: int, page: int) -> Response:
    """Show the proof of a refund; page 0 is one that is a picture."""
    found = queries.refund(refund_id, stall_id=membership.stall_id)
    if found.proof is None:
        raise NotFound
    return send_private(found.proof, page or None)


def _page(
    membership: StallMember,
    *,
    resolving: tuple[int, ResolveForm] | None = None,
    settling: tuple[int, SettleForm] | None = None,
    status: int = 200,
) -> Response:
    number = page_number()
    return render(
        "payments/stall_money.html",
        status=status,
        stall=membership.stall,
        receipts=queries.page_of_receipts(stall_id=membership.stall_id, number=number),
        refunds=queries.page_of_refunds(stall_id=membership.stall_id, number=number),
        resolving=resolving or (0, ResolveForm(formdata=None)),
        settling=settling or (0, SettleForm(formdata=None)),
        empty=(ResolveForm(formdata=None), SettleForm(formdata=None)),
    )


def _ways_page(membership: StallMember, form: AcceptedForm, status: int = 200) -> Response:
    return render("payments/ways.html", status=status, stall=membership.stall, form=form)


@slots.fill("stall_order.mark_paid")
def mark_paid(membership: StallMember, part: StallOrder) -> tuple[str, str] | None:
    """Offer a manager to note that a transfer has come."""
    is_open = part.status == StallOrderStatus.UNPAID and part.order.payment_method == VIETQR
    if not is_open or not may(membership, Permission.HANDLE_MONEY):
        return None
    url = url_for("payments_stall.received", stall_slug=membership.stall.slug, code=part.code)
    return gettext("The money has come"), url


@slots.fill("cockpit.more", order=41)
def link_to_ways(membership: StallMember) -> tuple[str, str] | None:
    """Lead a manager to the ways to pay."""
    if not may(membership, Permission.HANDLE_MONEY):
        return None
    url = url_for("payments_stall.ways", stall_slug=membership.stall.slug)
    return gettext("Ways to be paid"), url


@slots.fill("cockpit.more", order=42)
def link_to_money(membership: StallMember) -> tuple[str, str] | None:
    """Lead a manager to the money that waits for a decision."""
    if not may(membership, Permission.HANDLE_MONEY):
        return None
    url = url_for("payments_stall.money", stall_slug=membership.stall.slug)
    return gettext("Money to sort out"), url
