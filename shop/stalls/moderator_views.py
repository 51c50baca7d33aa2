"""The moderation desk: what waits, and the applications of stalls."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import format_timedelta, gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.core import audit, clock
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.stalls import operations, queries
from shop.stalls.evidence import findings, is_expired
from shop.stalls.forms import DecisionForm, ReturnForm
from shop.stalls.models import Stall, StallStatus
from shop.stalls.reasons import ReturnReason
from shop.stalls.timeline import events
from shop.web import slots
from shop.web.access import moderator
from shop.web.templating import render
from shop.web.views import send_private

bp = Blueprint("stalls_moderator", __name__, url_prefix="/tham-dinh")


@dataclass(frozen=True)
class Queue:
    """One queue of the desk; `oldest` is when its first item arrived, if the room says it."""

    title: str
    count: int
    url: str
    oldest: datetime | None = None

    @property
    def age(self) -> str:
        """Return how long the oldest item has been waiting, in words."""
        return age_of(self.oldest)


def age_of(moment: datetime | None) -> str:
    """Return how long ago something was, in words; empty for never."""
    return format_timedelta(clock.now() - moment, granularity="minute") if moment else ""


@bp.get("/", strict_slashes=False)
@moderator
def queue() -> Response:
    """Show what waits for this moderator, queue by queue."""
    rows = [_queue(part) for part in slots.collect("moderation.queues", current_user)]
    return render("stalls/moderation_home.html", queues=rows, total=sum(row.count for row in rows))


@bp.get("/gian-hang")
@moderator
def stalls() -> BaseResponse:
    """Open the application that has waited longest, or say that none waits."""
    waiting = queries.queue(current_user)
    if waiting:
        return redirect(url_for("stalls_moderator.case", stall_id=waiting[0].id), 303)
    return render("stalls/case_none.html")


@bp.get("/gian-hang/<int:stall_id>")
@moderator
def case(stall_id: int) -> Response:
    """Show an application beside its papers."""
    stall = _case(stall_id)
    return _case_page(stall, ReturnForm(formdata=None, version=stall.version))


@bp.post("/gian-hang/<int:stall_id>/nhan")
@moderator
def accept(stall_id: int) -> BaseResponse:
    """Open the stall, if it still is what the page showed."""
    form = DecisionForm()
    if not form.validate():
        raise WrongState
    stall = operations.accept_stall(current_user, stall_id, seen_version=form.version.data)
    flash(gettext("%(name)s is open now.", name=stall.name), "ok")
    return redirect(url_for("stalls_moderator.stalls"), 303)


@bp.post("/gian-hang/<int:stall_id>/tra-lai")
@moderator
def return_case(stall_id: int) -> BaseResponse:
    """Give the application back with a reason."""
    form = ReturnForm()
    if form.version.data is None:
        raise WrongState
    if not form.validate():
        return _case_page(_case(stall_id), form, status=422)
    reason = operations.Reason(ReturnReason(form.reason.data), form.words.data or "")
    try:
        stall = operations.return_stall(
            current_user, stall_id, seen_version=form.version.data, reason=reason
        )
    except InvalidInput as error:
        form.put_error(error, "words")
        return _case_page(_case(stall_id), form, status=422)
    flash(gettext("Returned to %(name)s with your reason.", name=stall.name), "ok")
    return redirect(url_for("stalls_moderator.stalls"), 303)


@bp.get("/gian-hang/<int:stall_id>/giay-to/<int:document_id>/<int:page>")
@moderator
def paper(stall_id: int, document_id: int, page: int) -> Response:
    """Show a page of a paper to a moderator of its place."""
    document = queries.case_document(current_user, stall_id, document_id)
    if document is None:
        raise NotFound
    return send_private(document.file, None if document.file.is_picture else page)


def _queue(part: Any) -> Queue:
    """Return what a room says of its queue, as a tuple or as an object of its own."""
    if isinstance(part, tuple):
        return Queue(*part)
    return Queue(part.title, part.count, part.url, getattr(part, "oldest", None))


def _case(stall_id: int) -> Stall:
    stall = queries.case(current_user, stall_id)
    if stall is None:
        raise NotFound
    return stall


def _case_page(stall: Stall, form: ReturnForm, status: int = 200) -> Response:
    rows = queries.queue(current_user)
    documents = queries.documents(stall.id)
    return render(
        "stalls/case.html",
        status=status,
        stall=stall,
        form=form,
        queue=[(row, age_of(row.submitted_at)) for row in rows],
        waiting=queries.waiting(current_user),
        documents=documents,
        is_expired=is_expired,
        findings=findings(stall, documents, queries.others_with_code(stall)),
        events=events(audit.history(stall)),
        is_waiting=stall.status is StallStatus.SUBMITTED,
        is_own=queries.is_member(current_user.id, stall.id),
    )
