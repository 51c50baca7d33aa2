"""The page where a stall says what delivery costs, and what a buyer reads of it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from shop.catalogue.models import Product
from shop.places.queries import list_provinces
from shop.shipping import operations
from shop.shipping.fees import FeeTable
from shop.shipping.forms import DeliveryForm
from shop.shipping.queries import fee_tables
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission, may
from shop.web import slots
from shop.web.templating import render

bp = Blueprint("shipping_stall", __name__, url_prefix="/quan-ly/<stall_slug>")


@bp.get("/giao-hang")
@stall_role(Permission.MANAGE_STALL)
def table(membership: StallMember) -> BaseResponse:
    """Show the fees as they are."""
    fees = fee_tables([membership.stall_id])[membership.stall_id]
    return _page(membership, DeliveryForm(formdata=None, data=fees._asdict()))


@bp.post("/giao-hang")
@stall_role(Permission.MANAGE_STALL)
def save(membership: StallMember) -> BaseResponse:
    """Keep the fees that were typed."""
    form = DeliveryForm()
    own, elsewhere = form.own_province_vnd.data, form.elsewhere_vnd.data
    if not form.validate_on_submit() or own is None or elsewhere is None:
        return _page(membership, form, status=422)
    operations.set_fees(membership.stall, FeeTable(own, elsewhere, form.free_from_vnd.data))
    flash(gettext("The delivery fees are saved."), "success")
    return redirect(url_for("shipping_stall.table", stall_slug=membership.stall.slug), 303)


def _page(membership: StallMember, form: DeliveryForm, status: int = 200) -> BaseResponse:
    return render("shipping/table.html", status=status, stall=membership.stall, form=form)


@slots.fill("product.aside", order=20)
def fee_on_product_page(product: Product) -> Markup:
    """Tell a buyer what delivery of this product costs before it is in the cart."""
    fees = fee_tables([product.stall_id])[product.stall_id]
    own = next(each for each in list_provinces() if each.code == product.stall.province_code)
    return Markup(  # noqa: S704  rendered by our own template, which escapes
        render_template("shipping/_on_product.html", fees=fees, own=own, args=request.args)
    )


@slots.fill("cockpit.more", order=40)
def link(membership: StallMember) -> tuple[str, str] | None:
    """Lead a manager from the cockpit to the fees."""
    if not may(membership, Permission.MANAGE_STALL):
        return None
    url = url_for("shipping_stall.table", stall_slug=membership.stall.slug)
    return gettext("Delivery fees"), url
