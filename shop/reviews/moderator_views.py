"""The desk for reported reviews: the queue of the own area, a case, the decision."""

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import format_timedelta, gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.core import audit, clock
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.reviews import operations, queries
from shop.reviews.forms import VerdictForm
from shop.reviews.models import ReportStatus, Review
from shop.reviews.operations import Verdict, fingerprint
from shop.reviews.reasons import HidingReason
from shop.reviews.timeline import events
from shop.reviews.views.shown import shown_review
from shop.stalls.queries import is_member
from shop.web.access import moderator
from shop.web.templating import render

bp = Blueprint("reviews_moderator", __name__, url_prefix="/tham-dinh/danh-gia")


@bp.get("")
@moderator
def queue() -> BaseResponse:
    """Open the review that has waited longest, or say that none waits."""
    waiting = queries.queue(current_user)
    if waiting:
        return redirect(url_for("reviews_moderator.case", review_id=waiting[0].id), 303)
    return render("reviews/case_none.html")


@bp.get("/<int:review_id>")
@moderator
def case(review_id: int) -> Response:
    """Show a reported review with its reports."""
    review = _case(review_id)
    return _case_page(review, VerdictForm(formdata=None, seen=fingerprint(review)))


@bp.post("/<int:review_id>/an")
@moderator
def hide(review_id: int) -> BaseResponse:
    """Hide the review on a ground of law."""
    form = VerdictForm()
    if form.ground.data not in set(HidingReason):
        form.validate()
        form.ground.errors = [gettext("Choose the ground; without one a review stands.")]
        return _case_page(_case(review_id), form, status=422)
    return _decide(review_id, form, is_hidden=True)


@bp.post("/<int:review_id>/giu")
@moderator
def keep(review_id: int) -> BaseResponse:
    """Let the review stand."""
    return _decide(review_id, VerdictForm(), is_hidden=False)


def _decide(review_id: int, form: VerdictForm, *, is_hidden: bool) -> BaseResponse:
    if not form.seen.data:
        raise WrongState
    if not form.validate():
        return _case_page(_case(review_id), form, status=422)
    ground = HidingReason(form.ground.data) if is_hidden else None
    try:
        verdict = Verdict(form.seen.data, form.words.data, ground)
        operations.decide_reports(current_user, review_id, verdict)
    except InvalidInput as error:
        form.put_error(error, "words")
        return _case_page(_case(review_id), form, status=422)
    words = gettext("Hidden. All have been told.") if is_hidden else gettext("It stands.")
    flash(words, "ok")
    return redirect(url_for("reviews_moderator.queue"), 303)


def _case(review_id: int) -> Review:
    review = queries.case(current_user, review_id)
    if review is None:
        raise NotFound
    return review


def _case_page(review: Review, form: VerdictForm, *, status: int = 200) -> Response:
    reports = queries.reports_of(review.id)
    now = clock.now()
    return render(
        "reviews/case.html",
        status=status,
        shown=shown_review(review),
        stall=review.product.stall,
        reports=reports,
        queue=queries.queue(current_user),
        form=form,
        events=events(audit.history(review)),
        age=format_timedelta(now - reports[0].created_at, granularity="minute"),
        is_open=any(report.status == ReportStatus.OPEN for report in reports),
        is_own=_has_part(review, [report.reporter_id for report in reports]),
    )


def _has_part(review: Review, reporters: list[int]) -> bool:
    parties = {review.author_id, *reporters}
    return current_user.id in parties or is_member(current_user.id, review.product.stall_id)
