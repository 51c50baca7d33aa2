"""The cart's page and its buttons."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.cart import operations, queries
from shop.cart.forms import CodeForm, DropForm, LineForm
from shop.cart.session import current_cart, owner
from shop.core.errors import InvalidInput, ShopError
from shop.web import slots
from shop.web.access import public, safe_next
from shop.web.templating import Shell, render

bp = Blueprint("cart", __name__)


@bp.get("/gio-hang")
@public
def cart() -> Response:
    """Show what the visitor means to buy, and what has changed since she put it there."""
    return _page(CodeForm(formdata=None))


def _page(form: CodeForm, status: int = 200) -> Response:
    found, buyer_id = current_cart(), owner().user_id
    shown = queries.show(found)
    response = render(
        "cart/cart.html",
        status=status,
        cart=shown,
        discounts=queries.discounts_in(found, shown, buyer_id),
        code_form=form,
        back=url_for("cart.cart"),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/gio-hang/them")
@public
def add() -> BaseResponse:
    """Put pieces of a SKU into the cart."""
    form = LineForm()
    if not form.validate_on_submit() or form.sku_id.data is None:
        flash(gettext("Please choose a pack size."), "danger")
        return redirect(_back(), 303)
    try:
        whose = owner(start=True)
        operations.add(form.sku_id.data, form.quantity.data or 0, **whose._asdict())
    except InvalidInput as error:
        flash(str(error.message), "danger")
        return redirect(_back(), 303)
    flash(gettext("It is in your cart."), "success")
    return redirect(safe_next(form.tiep.data, url_for("cart.cart")), 303)


@bp.post("/gio-hang/so-luong")
@public
def set_quantity() -> BaseResponse:
    """Change how many of a SKU the visitor wants."""
    form, found = LineForm(), current_cart()
    if found is not None and form.validate_on_submit() and form.sku_id.data is not None:
        try:
            operations.set_quantity(found, form.sku_id.data, form.quantity.data or 0)
        except ShopError as error:
            flash(str(error.message), "danger")
    elif form.errors:
        flash(gettext("Write how many you want, from 1 to 999."), "danger")
    return redirect(url_for("cart.cart"), 303)


@bp.post("/gio-hang/bo")
@public
def remove() -> BaseResponse:
    """Take a SKU out of the cart."""
    form, found = LineForm(), current_cart()
    if found is not None and form.validate_on_submit() and form.sku_id.data is not None:
        operations.remove(found, form.sku_id.data)
    return redirect(url_for("cart.cart"), 303)


@bp.post("/gio-hang/ma-giam-gia")
@public
def enter_code() -> BaseResponse:
    """Keep a voucher with the cart, or say beside its field why it cannot be used."""
    form, found = CodeForm(), current_cart()
    if found is None:
        return redirect(url_for("cart.cart"), 303)
    if not form.enter(found, buyer_id=owner().user_id):
        return _page(form, 422)
    return redirect(url_for("cart.cart"), 303)


@bp.post("/gio-hang/ma-giam-gia/bo")
@public
def drop_code() -> BaseResponse:
    """Take a voucher away from the cart."""
    form, found = DropForm(), current_cart()
    if found is not None and form.validate_on_submit() and form.voucher_id.data is not None:
        operations.drop_code(found, form.voucher_id.data)
    return redirect(safe_next(form.tiep.data, url_for("cart.cart")), 303)


@slots.fill("shell")
def count(shell: Shell) -> None:
    """Show beside the basket how many pieces are in it."""
    whose = owner()
    if whose.user_id or whose.token:
        shell.cart_count = queries.count_pieces(**whose._asdict())


def _back() -> str:
    referrer = request.referrer or ""
    path = referrer.removeprefix(request.host_url.rstrip("/"))
    return safe_next(path if path != referrer else None, url_for("cart.cart"))
