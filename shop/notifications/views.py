"""The inbox of the floor."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.notifications import letters, operations, queries
from shop.notifications.gateway import init_app
from shop.notifications.models import Notification
from shop.web import slots
from shop.web.access import safe_next, signed_in
from shop.web.paging import page_number
from shop.web.templating import Shell, render

__all__ = ["bp", "init_app"]

bp = Blueprint("notifications", __name__)


@slots.fill("shell")
def count_unread(shell: Shell) -> None:
    """Tell the frame of every page how many lines are new."""
    if current_user.is_authenticated:
        shell.unread_count = queries.unread_count(current_user.id)


@bp.get("/thong-bao")
@signed_in
def inbox() -> Response:
    """Show what I was told, newest first."""
    page = queries.inbox(current_user.id, page_number())
    lines = [(row, _first_words(row)) for row in page.rows]
    return render("notifications/inbox.html", page=page, lines=lines)


def _first_words(row: Notification) -> str:
    data: dict[str, Any] = row.data
    return letters.first_words(row.template, person=current_user, data=data)


@bp.post("/thong-bao/<int:notification_id>")
@signed_in
def open_notification(notification_id: int) -> BaseResponse:
    """Note that I have seen a line and go where it leads."""
    url = operations.mark_read(current_user.id, notification_id)
    return redirect(safe_next(url, url_for("notifications.inbox")), 303)


@bp.post("/thong-bao/da-doc")
@signed_in
def read_all() -> BaseResponse:
    """Note that I have seen them all."""
    operations.mark_all_read(current_user.id)
    flash(gettext("All marked as read."), "ok")
    back = request.args.get("trang", type=int)
    return redirect(url_for("notifications.inbox", trang=back), 303)
