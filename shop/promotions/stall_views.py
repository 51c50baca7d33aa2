"""A stall's vouchers: the list, a new one, and the few changes that a living one bears."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.core import clock
from shop.core.errors import InvalidInput, NotFound
from shop.promotions import operations, queries
from shop.promotions.forms import EndForm, ExtendForm, JoinForm, VoucherForm
from shop.promotions.models import Voucher
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission, may
from shop.web import slots
from shop.web.paging import page_number
from shop.web.templating import render

bp = Blueprint("promotions_stall", __name__, url_prefix="/quan-ly/<stall_slug>/ma-giam-gia")
may_price = stall_role(Permission.EDIT_GOODS)
may_spend = stall_role(Permission.MANAGE_STALL)


@bp.get("", strict_slashes=False)
@may_price
def vouchers(membership: StallMember) -> Response:
    """List the stall's vouchers, and those of the floor that it may join."""
    return render(
        "promotions/stall_vouchers.html",
        stall=membership.stall,
        page=queries.page_of_vouchers(membership.stall_id, page_number()),
        joinable=queries.joinable(membership.stall_id),
        may_spend=may(membership, Permission.MANAGE_STALL),
    )


@bp.get("/moi")
@may_price
def new(membership: StallMember) -> Response:
    """Ask for a new voucher."""
    return _form_page(membership, VoucherForm(formdata=None, data={"starts_on": clock.today()}))


@bp.post("/moi")
@may_price
def create(membership: StallMember) -> BaseResponse:
    """Give a voucher out."""
    form = VoucherForm()
    if form.validate():
        try:
            voucher = operations.create_voucher(membership.stall_id, form.terms())
            return _back(membership, voucher.id, gettext("The voucher is made."))
        except InvalidInput as error:
            form.put_error(error, "code")
    return _form_page(membership, form, status=422)


def _form_page(membership: StallMember, form: VoucherForm, *, status: int = 200) -> Response:
    return render("promotions/stall_new.html", status=status, stall=membership.stall, form=form)


@bp.get("/<int:voucher_id>")
@may_price
def voucher(membership: StallMember, voucher_id: int) -> Response:
    """Show a voucher with what may be changed of it now."""
    return _page(membership, voucher_id)


def _page(membership: StallMember, voucher_id: int, *, status: int = 200, **forms: Any) -> Response:
    found = queries.voucher_of(membership.stall_id, voucher_id)
    return render(
        "promotions/stall_voucher.html",
        status=status,
        stall=membership.stall,
        row=queries.row_of(found),
        **{**_forms(found), **forms},
    )


def _forms(found: Voucher) -> dict[str, Any]:
    return {
        "form": VoucherForm.showing(found),
        "extend": ExtendForm(formdata=None, obj=found),
        "ending": EndForm(formdata=None, data={"end_on": clock.today()}),
    }


@bp.post("/<int:voucher_id>")
@may_price
def save(membership: StallMember, voucher_id: int) -> BaseResponse:
    """Write a voucher anew that has not begun."""
    queries.voucher_of(membership.stall_id, voucher_id)
    form = VoucherForm()
    if form.validate():
        try:
            operations.change_voucher(membership.stall_id, voucher_id, form.terms())
            return _back(membership, voucher_id, gettext("Saved."))
        except InvalidInput as error:
            form.put_error(error, "code")
    return _page(membership, voucher_id, status=422, form=form)


@bp.post("/<int:voucher_id>/them")
@may_price
def extend(membership: StallMember, voucher_id: int) -> BaseResponse:
    """Let a voucher live longer, or be used more often."""
    queries.voucher_of(membership.stall_id, voucher_id)
    form = ExtendForm()
    if form.validate():
        day, quota = form.ends_on.data, form.quota.data or 0
        try:
            operations.extend_voucher(membership.stall_id, voucher_id, ends_on=day, quota=quota)
            return _back(membership, voucher_id, gettext("Saved."))
        except InvalidInput as error:
            form.put_error(error, "quota")
    return _page(membership, voucher_id, status=422, extend=form)


@bp.post("/<int:voucher_id>/ket-thuc")
@may_price
def end(membership: StallMember, voucher_id: int) -> BaseResponse:
    """Let a voucher end early, with words that buyers read."""
    queries.voucher_of(membership.stall_id, voucher_id)
    form = EndForm()
    if form.validate():
        day, words = form.end_on.data, form.words.data or ""
        try:
            operations.end_voucher(membership.stall_id, voucher_id, ends_on=day, words=words)
            return _back(membership, voucher_id, gettext("Saved. Buyers read why."))
        except InvalidInput as error:
            form.put_error(error, "end_on")
    return _page(membership, voucher_id, status=422, ending=form)


@bp.post("/<int:voucher_id>/rut")
@may_price
def withdraw(membership: StallMember, voucher_id: int) -> BaseResponse:
    """Take a voucher back that has not begun."""
    operations.withdraw_voucher(membership.stall_id, voucher_id)
    flash(gettext("The voucher is withdrawn."), "ok")
    return redirect(url_for("promotions_stall.vouchers", stall_slug=membership.stall.slug), 303)


@bp.post("/san/tham-gia")
@may_spend
def join(membership: StallMember) -> BaseResponse:
    """Agree to bear the stall's part of a voucher of the floor."""
    operations.join_voucher(membership.stall_id, _named())
    flash(gettext("Your stall takes part."), "ok")
    return redirect(url_for("promotions_stall.vouchers", stall_slug=membership.stall.slug), 303)


@bp.post("/san/thoi")
@may_spend
def leave(membership: StallMember) -> BaseResponse:
    """Take the stall's word back while the voucher has not begun."""
    operations.leave_voucher(membership.stall_id, _named())
    flash(gettext("Your stall no longer takes part."), "ok")
    return redirect(url_for("promotions_stall.vouchers", stall_slug=membership.stall.slug), 303)


def _named() -> int:
    """Return the voucher of the floor that a button names."""
    form = JoinForm()
    if not form.validate() or form.voucher_id.data is None:
        raise NotFound
    return int(form.voucher_id.data)


def _back(membership: StallMember, voucher_id: int, words: str) -> BaseResponse:
    flash(words, "ok")
    slug = membership.stall.slug
    url = url_for("promotions_stall.voucher", stall_slug=slug, voucher_id=voucher_id)
    return redirect(url, 303)


@slots.fill("cockpit.more", order=22)
def link(membership: StallMember) -> tuple[str, str] | None:
    """Lead from the cockpit to the vouchers."""
    if not may(membership, Permission.EDIT_GOODS):
        return None
    url = url_for("promotions_stall.vouchers", stall_slug=membership.stall.slug)
    return gettext("Vouchers"), url
