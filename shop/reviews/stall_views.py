"""A stall reads what buyers say of its goods, and answers."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.core.errors import InvalidInput, NotFound
from shop.reviews import operations, queries
from shop.reviews.forms import AnswerForm
from shop.reviews.models import Review
from shop.reviews.views.shown import shown_review
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission
from shop.web.paging import page_number
from shop.web.templating import render

bp = Blueprint("reviews_stall", __name__, url_prefix="/quan-ly/<stall_slug>/danh-gia")
may_answer = stall_role(Permission.ANSWER_REVIEWS)
ALL = "tat-ca"


@dataclass(frozen=True)
class Tab:
    """One of the two lists."""

    key: str
    label: str
    href: str
    count: int | None


@bp.get("")
@may_answer
def reviews(membership: StallMember) -> Response:
    """List the reviews that have no answer yet, or all of them."""
    which = ALL if request.args.get("loc") == ALL else "cho"
    page = queries.page_of_stall_reviews(membership.stall_id, page_number(), open_only=which != ALL)
    return render(
        "reviews/stall_reviews.html",
        stall=membership.stall,
        which=which,
        tabs=_tabs(membership),
        page=page,
        reviews=[shown_review(review) for review in page.rows],
    )


@bp.get("/<int:review_id>")
@may_answer
def review(membership: StallMember, review_id: int) -> Response:
    """Show a review with the form for its answer."""
    found = _review(membership, review_id)
    return _review_page(membership, found, AnswerForm(formdata=None, words=found.answer))


@bp.post("/<int:review_id>")
@may_answer
def answer(membership: StallMember, review_id: int) -> BaseResponse:
    """Keep the stall's answer."""
    form = AnswerForm()
    if not form.validate():
        return _review_page(membership, _review(membership, review_id), form, status=422)
    try:
        operations.answer_review(membership.stall_id, review_id, form.words.data)
    except InvalidInput as error:
        form.put_error(error, "words")
        return _review_page(membership, _review(membership, review_id), form, status=422)
    flash(gettext("Your answer stands under the review."), "ok")
    slug = membership.stall.slug
    return redirect(url_for("reviews_stall.reviews", stall_slug=slug), 303)


def _review(membership: StallMember, review_id: int) -> Review:
    found = queries.stall_review(membership.stall_id, review_id)
    if found is None:
        raise NotFound
    return found


def _review_page(
    membership: StallMember, found: Review, form: AnswerForm, *, status: int = 200
) -> Response:
    return render(
        "reviews/stall_review.html",
        status=status,
        stall=membership.stall,
        shown=shown_review(found),
        form=form,
    )


def _tabs(membership: StallMember) -> list[Tab]:
    slug = membership.stall.slug
    count = queries.unanswered(membership.stall_id) or None
    open_url = url_for("reviews_stall.reviews", stall_slug=slug)
    all_url = url_for("reviews_stall.reviews", stall_slug=slug, loc=ALL)
    return [
        Tab("cho", str(gettext("To answer")), open_url, count),
        Tab(ALL, str(gettext("All reviews")), all_url, None),
    ]
