"""The desk for goods: the queue of the own area, a case, the decision."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.accounts.models import User
from shop.catalogue import publishing, staging
from shop.catalogue.forms import DecisionForm
from shop.catalogue.models import Product, ProductStatus, StagedStatus
from shop.catalogue.operations import moderation
from shop.catalogue.operations.moderation import Case
from shop.catalogue.queries import moderation as desk
from shop.catalogue.queries.pictures import buyers_pictures, working_pictures
from shop.catalogue.queries.stall import has_live_certificate
from shop.certification.goods import Goods
from shop.certification.product_sets import product_set
from shop.core.errors import InvalidInput
from shop.stalls.queries import is_member
from shop.web import slots
from shop.web.access import moderator
from shop.web.paging import page_number
from shop.web.templating import render

bp = Blueprint("catalogue_moderator", __name__, url_prefix="/tham-dinh/san-pham")


@dataclass(frozen=True)
class Queue:
    """A door of the moderators' home."""

    title: str
    count: int
    url: str


@slots.fill("moderation.queues", order=30)
def goods_queue(user: User) -> Queue:
    """Say how many listings wait for this moderator."""
    return Queue(gettext("Goods"), desk.queue_size(user), url_for("catalogue_moderator.queue"))


@slots.fill("certification.goods")
def goods_now(product_id: int) -> Goods | None:
    """Tell the room of certificates what the goods of one are today."""
    return desk.goods_now(product_id)


@bp.get("")
@moderator
def queue() -> Response:
    """List what waits in the own area, the oldest first."""
    page = desk.queue(current_user, page_number())
    return render("catalogue/moderation/queue.html", page=page)


@bp.get("/<int:product_id>")
@moderator
def case(product_id: int) -> Response:
    """Show a listing with all that a decision needs."""
    product = desk.case(current_user, product_id)
    return _case(product, DecisionForm(None, version=str(product.version)))


def _case(product: Product, form: DecisionForm, status: int = 200) -> Response:
    is_change = product.staged_status == StagedStatus.SUBMITTED
    return render(
        "catalogue/moderation/case.html",
        status=status,
        product=product,
        form=form,
        queue=desk.queue(current_user, 1).rows,
        is_change=is_change,
        is_waiting=is_change or product.status == ProductStatus.SUBMITTED,
        is_own=is_member(current_user.id, product.stall_id),
        differences=desk.differences(product) if is_change else [],
        pictures=working_pictures(product),
        old_pictures=buyers_pictures(product) if is_change else [],
        lacks=publishing.missing(staging.words_of(product), product.skus, product.pictures),
        set_name=product_set(product.product_set).name,
        has_certificate=has_live_certificate(product.id),
    )


@bp.post("/<int:product_id>")
@moderator
def decide(product_id: int) -> BaseResponse:
    """Accept or return; then on to the next case."""
    form = DecisionForm()
    read = Case(product_id, form.read_version)
    if form.decision.data == DecisionForm.ACCEPT:
        moderation.accept(current_user, read, is_covered=bool(form.is_covered.data))
        flash(gettext("Accepted. The stall has been told."), "ok")
        return _onwards()
    try:
        if form.validate():
            moderation.give_back(current_user, read, form.reason.data or "")
            flash(gettext("Returned with your reason. The stall has been told."), "ok")
            return _onwards()
    except InvalidInput as error:
        form.put_error(error, "reason")
    return _case(desk.case(current_user, product_id), form, status=422)


def _onwards() -> BaseResponse:
    following = desk.next_case(current_user)
    if following is None:
        return redirect(url_for("catalogue_moderator.queue"), 303)
    return redirect(url_for("catalogue_moderator.case", product_id=following), 303)
