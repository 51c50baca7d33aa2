"""A stall's orders: what waits where, one order and its next step, the slip for the parcel."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import format_timedelta, gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.catalogue.queries.pictures import first_pictures
from shop.catalogue.queries.product import published_slugs
from shop.core import clock
from shop.core.errors import InvalidInput, WrongState
from shop.orders import queries
from shop.orders.forms import EndForm, ParcelForm
from shop.orders.lateness import is_late
from shop.orders.models import StallOrder, StallOrderStatus
from shop.orders.operations import Step, advance
from shop.orders.transitions import Action, Side, allowed
from shop.orders.views.shown import payment_of, revoked_of, shown_part, to_collect
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission
from shop.web import slots
from shop.web.paging import page_number
from shop.web.templating import render

bp = Blueprint("orders_stall", __name__, url_prefix="/quan-ly/<stall_slug>/don")
may_handle = stall_role(Permission.HANDLE_ORDERS)


@dataclass(frozen=True)
class Tab:
    """A status of the list, with how many stand there."""

    key: str
    label: str
    href: str
    count: int | None


@dataclass(frozen=True)
class Row:
    """A part in the list: how long it has stood where it is, and whether that is too long."""

    part: StallOrder
    age: str
    is_late: bool


@bp.get("", strict_slashes=False)
@may_handle
def orders(membership: StallMember) -> Response:
    """List the stall's orders at one status."""
    status = _asked_status()
    page = queries.page_of_stall_orders(membership.stall_id, status, page_number())
    return render(
        "orders/stall_orders.html",
        stall=membership.stall,
        here=status,
        tabs=_tabs(membership),
        page=page,
        rows=[_row(part) for part in page.rows],
    )


@bp.get("/<code>")
@may_handle
def order(membership: StallMember, code: str) -> Response:
    """Show an order with the next step."""
    return _order_page(membership, code)


@bp.get("/<code>/phieu")
@may_handle
def slip(membership: StallMember, code: str) -> Response:
    """Show the slip that goes with the parcel, to print."""
    part = queries.stall_order(membership.stall_id, code)
    return render(
        "orders/slip.html",
        stall_order=part,
        stall=membership.stall,
        payment=payment_of(part.order),
        to_collect_vnd=to_collect(part),
        revoked=revoked_of([part]),
    )


@bp.post("/<code>/xac-nhan")
@may_handle
def confirm(membership: StallMember, code: str) -> BaseResponse:
    """Say yes to an order."""
    _advance(membership, code, Action.CONFIRM)
    return _back(membership, code, gettext("Confirmed. The buyer knows."))


@bp.post("/<code>/dong-goi")
@may_handle
def pack(membership: StallMember, code: str) -> BaseResponse:
    """Note that the goods are packed."""
    _advance(membership, code, Action.PACK)
    return _back(membership, code, gettext("Packed. Next: hand the parcel over."))


@bp.post("/<code>/giao-van-chuyen")
@may_handle
def ship(membership: StallMember, code: str) -> BaseResponse:
    """Note who carries the parcel."""
    form = ParcelForm()
    if not form.validate():
        return _order_page(membership, code, refused=form)
    part = queries.stall_order(membership.stall_id, code)
    step = Step(
        Side.STALL,
        Action.SHIP,
        carrier=form.carrier.data,
        tracking_number=form.tracking_number.data or "",
    )
    advance(part.id, step)
    return _back(membership, code, gettext("On its way. The buyer knows."))


@bp.post("/<code>/da-giao")
@may_handle
def deliver(membership: StallMember, code: str) -> BaseResponse:
    """Note that the parcel has arrived."""
    _advance(membership, code, Action.DELIVER)
    return _back(membership, code, gettext("Delivered. The buyer is asked to confirm."))


@bp.get("/<code>/huy")
@may_handle
def end(membership: StallMember, code: str) -> Response:
    """Ask why the order is to be cancelled."""
    return _end_page(membership, code, Action.CANCEL)


@bp.post("/<code>/huy")
@may_handle
def cancel(membership: StallMember, code: str) -> BaseResponse:
    """Cancel an order while the rules allow it."""
    return _end(membership, code, Action.CANCEL)


@bp.get("/<code>/tra-ve")
@may_handle
def came_back(membership: StallMember, code: str) -> Response:
    """Ask why the parcel came back."""
    return _end_page(membership, code, Action.BRING_BACK)


@bp.post("/<code>/tra-ve")
@may_handle
def bring_back(membership: StallMember, code: str) -> BaseResponse:
    """Note that the parcel came back; its goods return to the shelf."""
    return _end(membership, code, Action.BRING_BACK)


def _asked_status() -> StallOrderStatus:
    asked = request.args.get("trang_thai", "")
    return StallOrderStatus(asked) if asked in set(StallOrderStatus) else StallOrderStatus.PLACED


def _tabs(membership: StallMember) -> list[Tab]:
    slug = membership.stall.slug
    return [
        Tab(
            status.value,
            str(status.label),
            url_for("orders_stall.orders", stall_slug=slug, trang_thai=status.value),
            count.number or None,
        )
        for status, count in queries.counts(membership.stall_id).items()
    ]


def _row(part: StallOrder) -> Row:
    now = clock.now()
    return Row(
        part=part,
        age=format_timedelta(now - part.changed_at, granularity="minute"),
        is_late=is_late(part.status, part.changed_at, now),
    )


def _order_page(
    membership: StallMember, code: str, *, refused: ParcelForm | None = None
) -> Response:
    part = queries.stall_order(membership.stall_id, code)
    records = queries.records_of([part])[part.id]
    product_ids = [line.product_id for line in part.lines]
    return render(
        "orders/stall_order.html",
        status=422 if refused else 200,
        stall=membership.stall,
        shown=shown_part(part, Side.STALL, records),
        revoked=revoked_of([part]),
        row=_row(part),
        form=refused or ParcelForm(formdata=None),
        pictures=first_pictures(product_ids),
        slugs=published_slugs(product_ids),
        payment=payment_of(part.order),
        to_collect_vnd=to_collect(part),
        mark_paid=slots.collect("stall_order.mark_paid", membership, part),
    )


def _advance(membership: StallMember, code: str, action: Action) -> None:
    part = queries.stall_order(membership.stall_id, code)
    advance(part.id, Step(Side.STALL, action))


def _end(membership: StallMember, code: str, action: Action) -> BaseResponse:
    part = queries.stall_order(membership.stall_id, code)
    form = EndForm(side=Side.STALL, action=action)
    if not form.validate():
        return _end_page(membership, code, action, refused=form)
    step = Step(
        Side.STALL, action, reason_code=form.reason_code.data, reason=form.reason.data or ""
    )
    try:
        advance(part.id, step)
    except InvalidInput as error:
        form.put_error(error, "reason")
        return _end_page(membership, code, action, refused=form)
    return _back(membership, code, gettext("Cancelled. The goods are back in stock."))


def _end_page(
    membership: StallMember, code: str, action: Action, *, refused: EndForm | None = None
) -> Response:
    part = queries.stall_order(membership.stall_id, code)
    if action not in allowed(Side.STALL, part.status):
        raise WrongState
    return render(
        "orders/stall_cancel.html",
        status=422 if refused else 200,
        stall=membership.stall,
        stall_order=part,
        form=refused or EndForm(formdata=None, side=Side.STALL, action=action),
        is_return=action == Action.BRING_BACK,
    )


def _back(membership: StallMember, code: str, words: str) -> BaseResponse:
    flash(words, "ok")
    slug = membership.stall.slug
    return redirect(url_for("orders_stall.order", stall_slug=slug, code=code), 303)
