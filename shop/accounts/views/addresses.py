"""My addresses."""

from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse
from wtforms import SelectChoice

from shop.accounts import operations, queries
from shop.accounts.forms import MISSING, AddressForm
from shop.accounts.models import Address
from shop.accounts.views.blueprint import bp, put_refusal
from shop.core.errors import InvalidInput
from shop.places import queries as places
from shop.web.access import safe_next, signed_in
from shop.web.templating import render


def address_form(**kwargs: Any) -> AddressForm:
    """Return the form with the provinces to choose from."""
    form = AddressForm(**kwargs)
    provinces = [SelectChoice(row.code, row.name) for row in places.list_provinces()]
    form.province_code.choices = [SelectChoice("", gettext("Choose…")), *provinces]
    return form


def read_address(form: AddressForm) -> tuple[operations.AddressInput | None, list[Any]]:
    """Return the address in a posted form; or None, with the communes it may mean.

    What is wrong is shown on the form, and what was chosen stays chosen.
    """
    is_valid = form.validate_on_submit()
    found = queries.commune_meant(
        form.province_code.data or "",
        name=form.commune_name.data or "",
        codes=(form.commune_choice.data, form.commune_code.data),
    )
    if found.commune is None:
        if not form.province_code.errors:
            form.put_error(InvalidInput(_which(form, found)), "commune_name")
        return None, list(found.candidates)
    form.commune_code.data = found.commune.code
    form.commune_name.data = found.commune.full_name
    return (_input(form, found.commune.code) if is_valid else None), []


def _which(form: AddressForm, found: places.Found) -> LazyString:
    if found.candidates:
        return lazy_gettext("Several places fit this name. Please choose yours below.")
    if not form.commune_name.data:
        return MISSING
    return lazy_gettext("We know no such place in this province. Please look at the spelling.")


def _input(form: AddressForm, commune_code: str) -> operations.AddressInput:
    return operations.AddressInput(
        recipient=form.recipient.data,
        phone=form.phone.data,
        street=form.street.data,
        commune_code=commune_code,
        is_default=form.is_default.data,
    )


@bp.get("/tai-khoan/dia-chi")
@signed_in
def addresses() -> Response:
    """List where goods may go."""
    rows = queries.addresses_of(current_user.id)
    return render("accounts/addresses.html", addresses=rows)


@bp.get("/tai-khoan/dia-chi/moi")
@signed_in
def new_address() -> Response:
    """Ask for an address, with the person's own name and phone filled in."""
    known = {"recipient": current_user.name, "phone": current_user.phone}
    return _address_page(address_form(formdata=None, data=known))


@bp.post("/tai-khoan/dia-chi/moi", endpoint="add_address")
@signed_in
def add_address() -> BaseResponse:
    """Keep a new address."""
    return _save(None)


@bp.get("/tai-khoan/dia-chi/<int:address_id>")
@signed_in
def address(address_id: int) -> Response:
    """Show an address to be changed."""
    kept = queries.address_of(current_user.id, address_id)
    names = {"commune_name": kept.commune.full_name}
    return _address_page(address_form(formdata=None, obj=kept, data=names), address=kept)


@bp.post("/tai-khoan/dia-chi/<int:address_id>", endpoint="change_address")
@signed_in
def change_address(address_id: int) -> BaseResponse:
    """Keep what was changed about an address."""
    return _save(queries.address_of(current_user.id, address_id))


def _save(kept: Address | None) -> BaseResponse:
    form = address_form()
    wanted, candidates = read_address(form)
    if wanted is None:
        return _address_page(form, 422, candidates=candidates, address=kept)
    try:
        operations.save_address(current_user.id, wanted, address_id=kept.id if kept else None)
    except InvalidInput as error:
        status = put_refusal(form, error, "street")
        return _address_page(form, status, address=kept)
    flash(gettext("The address is saved."), "ok")
    return redirect(_back(), 303)


def _back() -> str:
    return safe_next(request.args.get("tiep"), url_for("accounts.addresses"))


def _address_page(form: AddressForm, status: int = 200, **context: Any) -> Response:
    onward = safe_next(request.args.get("tiep"), "") or None
    return render("accounts/address.html", status=status, form=form, onward=onward, **context)


@bp.post("/tai-khoan/dia-chi/<int:address_id>/mac-dinh")
@signed_in
def make_default(address_id: int) -> BaseResponse:
    """Let orders go to this address."""
    operations.make_default(current_user.id, address_id)
    flash(gettext("Orders now go to this address."), "ok")
    return redirect(url_for("accounts.addresses"), 303)


@bp.post("/tai-khoan/dia-chi/<int:address_id>/xoa")
@signed_in
def delete_address(address_id: int) -> BaseResponse:
    """Forget an address."""
    operations.delete_address(current_user.id, address_id)
    flash(gettext("The address is deleted."), "ok")
    return redirect(url_for("accounts.addresses"), 303)
