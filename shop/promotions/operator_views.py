"""The floor's vouchers, kept by operators."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.accounts.models import User
from shop.core import clock
from shop.core.errors import InvalidInput
from shop.promotions import operations, queries
from shop.promotions.forms import EndForm, ExtendForm, FloorVoucherForm
from shop.web import slots
from shop.web.access import operator
from shop.web.paging import page_number
from shop.web.templating import render

bp = Blueprint("promotions_operator", __name__, url_prefix="/van-hanh/ma-giam-gia")


@bp.get("", strict_slashes=False)
@operator
def vouchers() -> Response:
    """List the vouchers of the floor."""
    page = queries.page_of_vouchers(None, page_number())
    return render("promotions/operator_vouchers.html", page=page, links=_links())


@bp.get("/moi")
@operator
def new() -> Response:
    """Ask for a new voucher."""
    form = FloorVoucherForm(formdata=None, data={"starts_on": clock.today()})
    return render("promotions/operator_new.html", form=form, links=_links())


@bp.post("/moi")
@operator
def create() -> BaseResponse:
    """Give a voucher out."""
    form = FloorVoucherForm()
    if form.validate():
        try:
            voucher = operations.create_voucher(None, form.terms())
            return _back(voucher.id, gettext("The voucher is made."))
        except InvalidInput as error:
            form.put_error(error, "code")
    return render("promotions/operator_new.html", status=422, form=form, links=_links())


@bp.get("/<int:floor_voucher_id>")
@operator
def voucher(floor_voucher_id: int) -> Response:
    """Show a voucher with what may be changed of it now."""
    return _page(floor_voucher_id)


def _page(voucher_id: int, *, status: int = 200, **forms: Any) -> Response:
    found = queries.voucher_of(None, voucher_id)
    shown = {
        "form": FloorVoucherForm.showing(found),
        "extend": ExtendForm(formdata=None, obj=found),
        "ending": EndForm(formdata=None, data={"end_on": clock.today()}),
    }
    return render(
        "promotions/operator_voucher.html",
        status=status,
        row=queries.row_of(found),
        links=_links(),
        **{**shown, **forms},
    )


@bp.post("/<int:floor_voucher_id>")
@operator
def save(floor_voucher_id: int) -> BaseResponse:
    """Write a voucher anew that has not begun; stalls that had joined are asked again."""
    queries.voucher_of(None, floor_voucher_id)
    form = FloorVoucherForm()
    if form.validate():
        try:
            operations.change_voucher(None, floor_voucher_id, form.terms())
            return _back(floor_voucher_id, gettext("Saved."))
        except InvalidInput as error:
            form.put_error(error, "code")
    return _page(floor_voucher_id, status=422, form=form)


@bp.post("/<int:floor_voucher_id>/them")
@operator
def extend(floor_voucher_id: int) -> BaseResponse:
    """Let a voucher live longer, or be used more often."""
    queries.voucher_of(None, floor_voucher_id)
    form = ExtendForm()
    if form.validate():
        day, quota = form.ends_on.data, form.quota.data or 0
        try:
            operations.extend_voucher(None, floor_voucher_id, ends_on=day, quota=quota)
            return _back(floor_voucher_id, gettext("Saved."))
        except InvalidInput as error:
            form.put_error(error, "quota")
    return _page(floor_voucher_id, status=422, extend=form)


@bp.post("/<int:floor_voucher_id>/ket-thuc")
@operator
def end(floor_voucher_id: int) -> BaseResponse:
    """Let a voucher end early, with words that buyers read."""
    queries.voucher_of(None, floor_voucher_id)
    form = EndForm()
    if form.validate():
        day, words = form.end_on.data, form.words.data or ""
        try:
            operations.end_voucher(None, floor_voucher_id, ends_on=day, words=words)
            return _back(floor_voucher_id, gettext("Saved. Buyers read why."))
        except InvalidInput as error:
            form.put_error(error, "end_on")
    return _page(floor_voucher_id, status=422, ending=form)


@bp.post("/<int:floor_voucher_id>/rut")
@operator
def withdraw(floor_voucher_id: int) -> BaseResponse:
    """Take a voucher back that has not begun."""
    operations.withdraw_voucher(None, floor_voucher_id)
    flash(gettext("The voucher is withdrawn."), "ok")
    return redirect(url_for("promotions_operator.vouchers"), 303)


def _back(voucher_id: int, words: str) -> BaseResponse:
    flash(words, "ok")
    return redirect(url_for("promotions_operator.voucher", floor_voucher_id=voucher_id), 303)


def _links() -> list[tuple[str, str]]:
    return [(title, url) for title, url in slots.collect("operation.links", current_user)]


@slots.fill("operation.links", order=45)
def link(_user: User) -> tuple[str, str]:
    """Lead operators to the vouchers of the floor."""
    return gettext("Vouchers"), url_for("promotions_operator.vouchers")
