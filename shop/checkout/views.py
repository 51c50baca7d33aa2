"""The checkout: one page with everything on it, and one button."""

from typing import Any, NamedTuple

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.accounts.models import Address
from shop.accounts.queries import address_of, addresses_of
from shop.accounts.views.addresses import address_form
from shop.cart import operations as cart_operations
from shop.cart.forms import CodeForm
from shop.cart.queries import ShownCart, show, vouchers_in
from shop.cart.session import current_cart
from shop.catalogue.operations.stock import OutOfStock
from shop.checkout import operations
from shop.checkout.forms import CheckoutForm
from shop.core.errors import InvalidInput, NotFound, ShopError
from shop.payments.gateway.ways import method
from shop.payments.operations.choices import choices_for
from shop.payments.queries import opens_first
from shop.promotions.discounts import Discounts
from shop.promotions.operations import VoucherGone
from shop.web.access import signed_in
from shop.web.templating import render

bp = Blueprint("checkout", __name__)


class Asked(NamedTuple):
    """Which checkout is meant: to which address, of one stall of the cart or of all."""

    address_id: int | None
    stall: str = ""

    @property
    def url(self) -> str:
        """Return the address of this checkout."""
        chosen: dict[str, Any] = {"dia-chi": self.address_id, "gian-hang": self.stall or None}
        return url_for("checkout.checkout", **chosen)


@bp.get("/thanh-toan")
@signed_in
def checkout() -> BaseResponse:
    """Show what the order would cost, to the address chosen, before the button."""
    return _page(None, _asked())


@bp.post("/thanh-toan")
@signed_in
def place() -> BaseResponse:
    """Place the order as it was shown; what changed meanwhile is said and asked again."""
    form = CheckoutForm()
    asked = Asked(form.address_id.data, form.stall.data or "")
    intent = _intent(form) if form.validate_on_submit() else None
    if intent is None:
        return _page(form, asked, status=422)
    try:
        order = operations.place_order(intent)
    except InvalidInput as error:
        form.put_error(error, "payment_method")
        return _page(form, asked, status=422)
    except (operations.PriceChanged, VoucherGone, OutOfStock) as error:
        return _page(form, asked, status=409, refusal=error)
    if method(order.payment_method).is_prepaid:
        flash(
            gettext("Your order is written down; the goods are held for your payment."), "success"
        )
        return redirect(url_for("payments.pay", code=order.code), 303)
    flash(gettext("Thank you! Your order is placed."), "success")
    return redirect(url_for("orders.order", code=order.code), 303)


@bp.post("/thanh-toan/ma-giam-gia")
@signed_in
def enter_code() -> BaseResponse:
    """Keep a voucher with the cart, or say beside its field why it cannot be used."""
    form, cart = CodeForm(), current_cart()
    asked = _asked()
    if cart is not None and form.enter(cart, buyer_id=current_user.id):
        return redirect(asked.url, 303)
    return _page(None, asked, status=422, code_form=form)


def _asked() -> Asked:
    return Asked(request.args.get("dia-chi", type=int), request.args.get("gian-hang", "")[:100])


def _intent(form: CheckoutForm) -> operations.Intent:
    """Read the order from the form, the cart and the buyer's own address."""
    address = address_of(current_user.id, form.address_id.data or 0)
    cart = current_cart()
    return operations.Intent(
        buyer_id=current_user.id,
        checkout_key=form.checkout_key.data or "",
        lines=show(cart).of_stall(form.stall.data or "").wanted,
        address=address.snapshot(),
        payment_method=form.payment_method.data or "",
        digest=form.digest.data or "",
        note=form.note.data or "",
        voucher_ids=vouchers_in(cart),
    )


def _page(
    form: CheckoutForm | None,
    asked: Asked,
    *,
    status: int = 200,
    refusal: ShopError | None = None,
    code_form: CodeForm | None = None,
) -> BaseResponse:
    cart = current_cart()
    shown = show(cart).of_stall(asked.stall)
    if cart is None or not shown.wanted:
        if refusal is not None:
            return _empty_cart(shown, refusal, status)
        return redirect(url_for("cart.cart"), 303)
    addresses = addresses_of(current_user.id)
    chosen = _chosen(list(addresses), asked.address_id)
    if chosen is None:
        return _address_page(shown)
    used = {"voucher_ids": vouchers_in(cart), "buyer_id": current_user.id}
    quote = operations.current_quote(shown.wanted, chosen.province_code, **used)
    _note_prices(shown)
    choices = choices_for(operations.sums_of(quote))
    form = form or CheckoutForm(formdata=None)
    form.show(choices, quote.digest, cart.checkout_key, stall=asked.stall)
    return render(
        "checkout/checkout.html",
        status=status,
        form=form,
        cart=shown,
        quote=quote,
        addresses=addresses,
        chosen=chosen,
        refusal=refusal,
        code_form=code_form or CodeForm(formdata=None),
        back=Asked(chosen.id, asked.stall).url,
        choices=choices,
        opens_first=opens_first(part.stall_id for part in quote.stall_orders),
    )


def _address_page(shown: ShownCart) -> BaseResponse:
    """Ask for an address first."""
    known = {"recipient": current_user.name, "phone": current_user.phone}
    return render("checkout/address.html", form=address_form(formdata=None, data=known), cart=shown)


def _empty_cart(shown: ShownCart, refusal: ShopError, status: int) -> BaseResponse:
    """Show the cart of which nothing can be ordered any more, with what has been refused."""
    return render(
        "cart/cart.html",
        status=status,
        cart=shown,
        refusal=refusal,
        discounts=Discounts(),
        code_form=CodeForm(formdata=None),
        back=url_for("cart.cart"),
    )


def _chosen(addresses: list[Address], address_id: int | None) -> Address | None:
    """Return the address asked for, else the default one; somebody else's is a 404."""
    if address_id is not None and addresses:
        found = next((each for each in addresses if each.id == address_id), None)
        if found is None:
            raise NotFound
        return found
    return next((each for each in addresses if each.is_default), next(iter(addresses), None))


def _note_prices(shown: ShownCart) -> None:
    """Remember that the page now shows today's prices."""
    changed = {line.sku.sku_id: line.sku.price_vnd for line in shown.lines if line.has_new_price}
    cart = current_cart()
    if changed and cart is not None:
        cart_operations.accept_prices(cart, changed)
