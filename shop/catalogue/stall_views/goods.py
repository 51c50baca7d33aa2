"""The stall's list of goods, and the words of one product."""

from flask import Response, flash, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.catalogue import staging
from shop.catalogue.forms import WordsForm
from shop.catalogue.models import ProductStatus
from shop.catalogue.operations import products
from shop.catalogue.queries import stall as goods_of
from shop.catalogue.stall_views.pages import back_to, bp, product_page
from shop.core.errors import InvalidInput
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission
from shop.web.paging import page_number
from shop.web.templating import render

MOST_QUERY = 80


@bp.get("/hang")
@stall_role(Permission.EDIT_GOODS)
def goods(membership: StallMember) -> Response:
    """List what the stall offers, in all states."""
    text = request.args.get("q", "")[:MOST_QUERY].strip()
    status = next((each for each in ProductStatus if each == request.args.get("loc")), None)
    return render(
        "catalogue/stall/goods.html",
        stall=membership.stall,
        page=goods_of.goods(membership.stall_id, page_number(), text=text, status=status),
        counts=goods_of.status_counts(membership.stall_id),
        statuses=ProductStatus,
        chosen=status,
        text=text,
    )


@bp.get("/hang/moi")
@stall_role(Permission.EDIT_GOODS)
def new(membership: StallMember) -> Response:
    """Ask for the words of a new product."""
    return render("catalogue/stall/new.html", stall=membership.stall, form=WordsForm())


@bp.post("/hang/moi")
@stall_role(Permission.EDIT_GOODS)
def create(membership: StallMember) -> BaseResponse:
    """Begin a product as a draft."""
    form = WordsForm()
    if not form.validate():
        return render("catalogue/stall/new.html", status=422, stall=membership.stall, form=form)
    product = products.create_product(membership.stall, form.words())
    flash(gettext("The draft is saved. Now add a pack with its price."), "ok")
    return back_to("packs", product_id=product.id)


@bp.get("/hang/<int:product_id>")
@stall_role(Permission.EDIT_GOODS)
def edit(membership: StallMember, product_id: int) -> Response:
    """Show the words of a product, as the stall last wrote them."""
    product = goods_of.product_of(membership.stall_id, product_id)
    form = WordsForm.showing(staging.words_of(product))
    return product_page("words", membership, product, form=form)


@bp.post("/hang/<int:product_id>")
@stall_role(Permission.EDIT_GOODS)
def save(membership: StallMember, product_id: int) -> BaseResponse:
    """Keep the words; those that buyers already see wait for a moderator."""
    form = WordsForm()
    if form.validate():
        try:
            product = products.edit_product(membership.stall_id, product_id, form.words())
            flash(_saved(is_staged=product.staged_status is not None), "ok")
            return back_to("edit", product_id=product_id)
        except InvalidInput as error:
            form.put_error(error, "name")
    product = goods_of.product_of(membership.stall_id, product_id)
    return product_page("words", membership, product, status=422, form=form)


def _saved(*, is_staged: bool) -> str:
    if is_staged:
        return str(gettext("Saved. Buyers see the old text until a moderator has agreed."))
    return str(gettext("Saved."))


@bp.post("/hang/<int:product_id>/gui")
@stall_role(Permission.EDIT_GOODS)
def submit(membership: StallMember, product_id: int) -> BaseResponse:
    """Hand the product in for review."""
    products.submit_product(membership.stall_id, product_id)
    flash(gettext("Handed in. We will write to you once a moderator has looked at it."), "ok")
    return back_to("edit", product_id=product_id)


@bp.post("/hang/<int:product_id>/rut")
@stall_role(Permission.EDIT_GOODS)
def withdraw(membership: StallMember, product_id: int) -> BaseResponse:
    """Take the product back from the queue."""
    products.withdraw_product(membership.stall_id, product_id)
    flash(gettext("Taken back. It is a draft again."), "ok")
    return back_to("edit", product_id=product_id)


@bp.post("/hang/<int:product_id>/bo-thay-doi")
@stall_role(Permission.EDIT_GOODS)
def discard(membership: StallMember, product_id: int) -> BaseResponse:
    """Drop a change that waits; buyers notice nothing."""
    products.discard_change(membership.stall_id, product_id)
    flash(gettext("The change is dropped. The product stays as buyers see it."), "ok")
    return back_to("edit", product_id=product_id)


@bp.post("/hang/<int:product_id>/an")
@stall_role(Permission.EDIT_GOODS)
def hide(membership: StallMember, product_id: int) -> BaseResponse:
    """Take the product off the floor."""
    products.hide_product(membership.stall_id, product_id)
    flash(gettext("Hidden. Buyers no longer see it; orders already placed go on."), "ok")
    return back_to("edit", product_id=product_id)


@bp.post("/hang/<int:product_id>/hien")
@stall_role(Permission.EDIT_GOODS)
def show(membership: StallMember, product_id: int) -> BaseResponse:
    """Put the product back on the floor."""
    products.show_product(membership.stall_id, product_id)
    flash(gettext("Back on sale."), "ok")
    return back_to("edit", product_id=product_id)
