"""Writing and changing an own review, and reporting somebody else's."""

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.core import clock, files
from shop.core.errors import InvalidInput, NotFound
from shop.reviews import operations, queries
from shop.reviews.forms import ReportForm, ReviewForm
from shop.reviews.models import ReportReason, ReviewStatus
from shop.reviews.operations import Complaint, Said
from shop.reviews.queries import Reviewable
from shop.reviews.reasons import HidingReason
from shop.reviews.reviewing import is_editable
from shop.reviews.views.shown import shown_review
from shop.web.access import signed_in
from shop.web.templating import render

bp = Blueprint("reviews", "shop.reviews.views", url_prefix="/danh-gia")


@bp.get("/viet/<int:line_id>")
@signed_in
def write(line_id: int) -> Response:
    """Show the form for an own delivered line, or the review when it can no longer be changed."""
    found = _own(line_id)
    return _write_page(found, ReviewForm(found.review, formdata=None))


@bp.post("/viet/<int:line_id>")
@signed_in
def save(line_id: int) -> BaseResponse:
    """Keep the review, new or changed."""
    found = _own(line_id)
    form = ReviewForm(found.review)
    if not form.validate():
        return _write_page(found, form, status=422)
    code, is_new = found.line.stall_order.order.code, found.review is None
    keep = operations.write_review if is_new else operations.edit_review
    try:
        keep(current_user.id, line_id, _said(form))
    except InvalidInput as error:
        form.put_error(error, "words")
        return _write_page(_own(line_id), form, status=422)
    flash(gettext("Thank you for your review.") if is_new else gettext("Saved."), "ok")
    return redirect(url_for("orders.order", code=code), 303)


@bp.get("/<int:review_id>/bao-cao")
@signed_in
def report(review_id: int) -> Response:
    """Ask what is wrong with a review."""
    return _report_page(review_id, ReportForm(formdata=None))


@bp.post("/<int:review_id>/bao-cao")
@signed_in
def send_report(review_id: int) -> BaseResponse:
    """Lay a review before the moderators."""
    form = ReportForm()
    if not form.validate():
        return _report_page(review_id, form, status=422)
    complaint = Complaint(ReportReason(form.reason.data), form.words.data or "")
    try:
        operations.report_review(current_user.id, review_id, complaint)
    except InvalidInput as error:
        form.put_error(error, "words")
        return _report_page(review_id, form, status=422)
    flash(gettext("Thank you. A moderator looks at it and writes to you."), "ok")
    review = queries.shown_review(review_id)
    return redirect((review and shown_review(review).product_url) or "/", 303)


def _own(line_id: int) -> Reviewable:
    found = queries.own_line(current_user.id, line_id)
    if found is None:
        raise NotFound
    return found


def _said(form: ReviewForm) -> Said:
    return Said(
        rating=int(form.rating.data),
        words=form.words.data or "",
        pictures=[files.read_limited(file.stream) for file in form.files()],
        dropped=frozenset(form.dropped.data or ()),
    )


def _write_page(found: Reviewable, form: ReviewForm, *, status: int = 200) -> Response:
    review = found.review
    is_hidden = review is not None and review.status == ReviewStatus.HIDDEN
    ground = HidingReason(review.hidden_reason).label if review and is_hidden else ""
    is_open = review is None or (not is_hidden and is_editable(review.created_at, clock.now()))
    return render(
        "reviews/write.html",
        status=status,
        line=found.line,
        order=found.line.stall_order.order,
        shown=shown_review(review) if review else None,
        form=form,
        is_open=is_open,
        ground=ground,
    )


def _report_page(review_id: int, form: ReportForm, *, status: int = 200) -> Response:
    review = queries.shown_review(review_id)
    if review is None:
        raise NotFound
    return render("reviews/report.html", status=status, shown=shown_review(review), form=form)
