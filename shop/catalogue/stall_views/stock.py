"""What lies on the shelf: levels, goods that come in, counts, and the journal of it all."""

from flask import Response, flash, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.catalogue.forms import CountForm, ReceiveForm
from shop.catalogue.operations import stock as shelf
from shop.catalogue.queries import stall as goods_of
from shop.catalogue.queries import stock as levels
from shop.catalogue.stall_views.pages import back_to, bp, product_page
from shop.core.errors import InvalidInput
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission
from shop.web.paging import page_number
from shop.web.templating import render


@bp.get("/hang/kho")
@stall_role(Permission.EDIT_STOCK)
def stock(membership: StallMember) -> Response:
    """List the stock of every pack, the emptiest first."""
    asked = request.args.get("muc", "")
    level = levels.Level(asked) if asked in list(levels.Level) else levels.Level.ALL
    return render(
        "catalogue/stall/stock.html",
        stall=membership.stall,
        page=levels.packs(membership.stall_id, page_number(), level),
        level=level,
        levels=levels.Level,
    )


@bp.get("/hang/kho/nhat-ky")
@stall_role(Permission.EDIT_STOCK)
def journal(membership: StallMember) -> Response:
    """List every movement of the stall's stock, the newest first."""
    page = levels.journal(membership.stall_id, page_number())
    return render("catalogue/stall/journal.html", stall=membership.stall, page=page)


@bp.get("/hang/<int:product_id>/kho")
@stall_role(Permission.EDIT_STOCK)
def product_stock(membership: StallMember, product_id: int) -> Response:
    """Show the stock of one product's packs."""
    product = goods_of.product_of(membership.stall_id, product_id)
    return product_page("product_stock", membership, product)


@bp.get("/hang/kho/<int:sku_id>")
@stall_role(Permission.EDIT_STOCK)
def pack_stock(membership: StallMember, sku_id: int) -> Response:
    """Show one pack's stock, the two ways to change it, and its journal."""
    return _page(membership, sku_id)


def _page(
    membership: StallMember,
    sku_id: int,
    *,
    receive_form: ReceiveForm | None = None,
    count_form: CountForm | None = None,
    status: int = 200,
) -> Response:
    sku = levels.pack_of_stall(membership.stall_id, sku_id)
    return render(
        "catalogue/stall/pack_stock.html",
        status=status,
        stall=sku.product.stall,
        sku=sku,
        receive_form=receive_form or ReceiveForm(None, prefix="in"),
        count_form=count_form or CountForm(None, prefix="count"),
        page=levels.journal(membership.stall_id, page_number(), sku_id=sku.id),
    )


@bp.post("/hang/kho/<int:sku_id>/nhap")
@stall_role(Permission.EDIT_STOCK)
def receive(membership: StallMember, sku_id: int) -> BaseResponse:
    """Add pieces that came in."""
    sku = levels.pack_of_stall(membership.stall_id, sku_id)
    form = ReceiveForm(prefix="in")
    if form.validate():
        try:
            shelf.receive(sku.id, form.quantity.data, form.note.data or "")
            flash(gettext("Added to stock."), "ok")
            return back_to("pack_stock", sku_id=sku_id)
        except InvalidInput as error:
            form.put_error(error, "quantity")
    return _page(membership, sku_id, receive_form=form, status=422)


@bp.post("/hang/kho/<int:sku_id>/kiem")
@stall_role(Permission.EDIT_STOCK)
def count(membership: StallMember, sku_id: int) -> BaseResponse:
    """Set the shelf to what was counted."""
    sku = levels.pack_of_stall(membership.stall_id, sku_id)
    form = CountForm(prefix="count")
    if form.validate():
        try:
            shelf.count(sku.id, form.quantity.data, form.note.data)
            flash(gettext("The count is kept."), "ok")
            return back_to("pack_stock", sku_id=sku_id)
        except InvalidInput as error:
            form.put_error(error, "quantity")
    return _page(membership, sku_id, count_form=form, status=422)
