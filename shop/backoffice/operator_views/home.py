"""The floor at a glance, and parked work that is tried again."""

from flask import Response, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.backoffice import operations, points, queries
from shop.backoffice.operator_views.frame import age_of, bp, page
from shop.web.access import operator


@bp.get("/", strict_slashes=False)
@operator
def home() -> Response:
    """Show how the floor does: its stalls, goods and orders, what waits, what failed."""
    days = queries.orders_per_day()
    return page(
        "home.html",
        stalls=queries.stalls_by_status(),
        products=queries.products_by_status(),
        orders=queries.orders_by_status(days=len(days)),
        days=days,
        points=points.line([day.orders for day in days]),
        waiting=queries.waiting(),
        worker=queries.worker(),
        parked=queries.parked(),
        age_of=age_of,
    )


@bp.post("/viec-hen/<int:message_id>/thu-lai")
@operator
def retry(message_id: int) -> BaseResponse:
    """Have a parked message tried again."""
    operations.retry_message(message_id)
    flash(gettext("The job will be tried again at once."), "ok")
    return redirect(url_for("backoffice_operator.home"), 303)
