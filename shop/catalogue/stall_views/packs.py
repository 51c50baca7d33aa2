"""The packs of a product: sizes and prices."""

from flask import Response, flash
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.catalogue.forms import NewPackForm, PackForm
from shop.catalogue.operations import skus
from shop.catalogue.queries import stall as goods_of
from shop.catalogue.queries.prices import tiers_of
from shop.catalogue.stall_views.pages import back_to, bp, product_page
from shop.core.errors import InvalidInput
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission


@bp.get("/hang/<int:product_id>/quy-cach")
@stall_role(Permission.EDIT_GOODS)
def packs(membership: StallMember, product_id: int) -> Response:
    """List the packs of a product."""
    product = goods_of.product_of(membership.stall_id, product_id)
    tiers = tiers_of(sku.id for sku in product.skus)
    return product_page("packs", membership, product, tiers=tiers)


def _form_page(
    membership: StallMember,
    product_id: int,
    form: PackForm,
    *,
    sku_id: int | None = None,
    status: int = 200,
) -> Response:
    product = goods_of.product_of(membership.stall_id, product_id)
    sku = goods_of.pack_of(product, sku_id) if sku_id is not None else None
    return product_page("pack", membership, product, status=status, form=form, sku=sku)


@bp.get("/hang/<int:product_id>/quy-cach/moi")
@stall_role(Permission.EDIT_GOODS)
def new_pack(membership: StallMember, product_id: int) -> Response:
    """Ask for a new pack, with a code to start from."""
    code = skus.free_code(membership.stall_id, product_id)
    return _form_page(membership, product_id, NewPackForm(code=code))


@bp.post("/hang/<int:product_id>/quy-cach/moi")
@stall_role(Permission.EDIT_GOODS)
def add_pack(membership: StallMember, product_id: int) -> BaseResponse:
    """Add a pack with what lies on the shelf."""
    stall_id = membership.stall_id
    form = NewPackForm()
    if form.validate():
        try:
            opening = form.opening_stock.data or 0
            skus.add_pack(stall_id, product_id, form.pack(), opening_stock=opening)
            flash(gettext("The pack is added."), "ok")
            return back_to("packs", product_id=product_id)
        except InvalidInput as error:
            form.put_error(error, "label")
    return _form_page(membership, product_id, form, status=422)


@bp.get("/hang/<int:product_id>/quy-cach/<int:sku_id>")
@stall_role(Permission.EDIT_GOODS)
def pack(membership: StallMember, product_id: int, sku_id: int) -> Response:
    """Show a pack to be changed."""
    product = goods_of.product_of(membership.stall_id, product_id)
    breaks = tiers_of([sku_id]).get(sku_id, ())
    form = PackForm.showing(goods_of.pack_of(product, sku_id), breaks)
    return _form_page(membership, product_id, form, sku_id=sku_id)


@bp.post("/hang/<int:product_id>/quy-cach/<int:sku_id>")
@stall_role(Permission.EDIT_GOODS)
def save_pack(membership: StallMember, product_id: int, sku_id: int) -> BaseResponse:
    """Keep a pack; a new price holds at once."""
    product = goods_of.product_of(membership.stall_id, product_id)
    goods_of.pack_of(product, sku_id)
    form = PackForm()
    if form.validate():
        try:
            skus.edit_pack(membership.stall_id, sku_id, form.pack())
            flash(gettext("The pack is saved."), "ok")
            return back_to("packs", product_id=product_id)
        except InvalidInput as error:
            form.put_error(error, "label")
    return _form_page(membership, product_id, form, sku_id=sku_id, status=422)
