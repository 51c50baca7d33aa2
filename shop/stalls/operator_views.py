"""Operators and stalls: all of them, and closing or opening one."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.core import audit
from shop.core.errors import InvalidInput, NotFound
from shop.stalls import operations, queries
from shop.stalls.forms import SuspensionForm
from shop.stalls.models import Stall, StallStatus
from shop.stalls.reasons import SuspensionReason, label_of
from shop.stalls.timeline import events
from shop.stalls.transitions import Move, can
from shop.stalls.views.cards import links, place_text
from shop.web import slots
from shop.web.access import operator
from shop.web.paging import page_number
from shop.web.templating import render

bp = Blueprint("stalls_operator", __name__, url_prefix="/van-hanh/gian-hang")
LISTED = tuple(status for status in StallStatus if status is not StallStatus.DRAFT)


@bp.get("")
@operator
def stalls() -> Response:
    """List all stalls that were ever sent in, narrowed by words and status."""
    chosen = request.args.get("trang_thai", "")
    statuses = (StallStatus(chosen),) if chosen in LISTED else LISTED
    wanted = queries.StallFilter(text=request.args.get("q", "")[:120], statuses=statuses)
    kept = {key: value for key, value in request.args.items() if key in {"q", "trang_thai"}}
    return render(
        "stalls/operator_stalls.html",
        page=queries.page_of_stalls(wanted, page_number()),
        wanted=wanted,
        chosen=chosen if chosen in LISTED else "",
        statuses=LISTED,
        kept={key: value for key, value in kept.items() if value},
        links=_links(),
    )


@bp.get("/<int:stall_id>")
@operator
def stall(stall_id: int) -> Response:
    """Show a stall, its people and its history."""
    return _page(_stall(stall_id), SuspensionForm(formdata=None))


@bp.post("/<int:stall_id>/tam-dong")
@operator
def suspend(stall_id: int) -> BaseResponse:
    """Close the stall until further notice, with a reason."""
    form = SuspensionForm()
    if not form.validate():
        return _page(_stall(stall_id), form, status=422)
    reason = operations.Reason(SuspensionReason(form.reason.data), form.words.data or "")
    try:
        operations.suspend_stall(stall_id, reason)
    except InvalidInput as error:
        form.put_error(error, "words")
        return _page(_stall(stall_id), form, status=422)
    flash(gettext("The stall is closed. Its people have been told why."), "ok")
    return redirect(url_for("stalls_operator.stall", stall_id=stall_id), 303)


@bp.post("/<int:stall_id>/mo-lai")
@operator
def reactivate(stall_id: int) -> BaseResponse:
    """Let the stall sell again."""
    operations.reactivate_stall(stall_id)
    flash(gettext("The stall is open again."), "ok")
    return redirect(url_for("stalls_operator.stall", stall_id=stall_id), 303)


def _stall(stall_id: int) -> Stall:
    found = queries.stall_by_id(stall_id)
    if found is None or found.status is StallStatus.DRAFT:
        raise NotFound
    return found


def _page(found: Stall, form: SuspensionForm, status: int = 200) -> Response:
    return render(
        "stalls/operator_stall.html",
        status=status,
        stall=found,
        form=form,
        place=place_text(found),
        reason=label_of(found.reason_code),
        members=queries.members(found.id),
        events=events(audit.history(found)),
        may_suspend=can(Move.SUSPEND, found.status),
        may_reactivate=can(Move.REACTIVATE, found.status),
        links=_links(),
    )


def _links() -> list[tuple[str, str]]:
    return links(slots.collect("operation.links", current_user))
