"""A moderator's decision on a reported review: hide it on a ground of law, or let it stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.accounts.models import User
from shop.core import audit, clock
from shop.core.db import db, transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.notifications.operations import notify
from shop.reviews import queries
from shop.reviews.models import ReportStatus, Review, ReviewReport, ReviewStatus
from shop.reviews.operations.rating import lock_rating, refresh_rating
from shop.reviews.reasons import HidingReason
from shop.stalls.queries import is_member

FEWEST_LETTERS = 10


@dataclass(frozen=True)
class Verdict:
    """What a moderator decides: a ground hides the review, None lets it stand.

    `words` name the rule that is broken, or why nothing is; `seen` is the fingerprint of the
    review that was read.
    """

    seen: str
    words: str
    ground: HidingReason | None = None


def fingerprint(review: Review) -> str:
    """Return what changes whenever the author changes the review."""
    return (review.edited_at or review.created_at).isoformat()


def decide_reports(moderator: User, review_id: int, verdict: Verdict) -> Review:
    """Decide all open reports of a review at once, log it, and tell author and reporters.

    Raises NotFound outside the moderator's scope, Forbidden when she has a part in it, WrongState
    when the review has changed since or nothing is open, InvalidInput without a reason in words.
    """
    words = verdict.words.strip()
    if len(words) < FEWEST_LETTERS:
        raise InvalidInput(lazy_gettext("Please name the rule, in a sentence."), "words")
    moderator_id = moderator.id
    with transaction():
        review = queries.case(moderator, review_id)
        if review is None:
            raise NotFound
        lock_rating(review.product_id)
        db.session.refresh(review, ["status", "edited_at"], with_for_update=True)
        reports = _open_reports(review_id)
        _check_neutral(moderator_id, review, reports)
        if not reports or fingerprint(review) != verdict.seen:
            raise WrongState
        _settle(reports, moderator_id, verdict)
        if verdict.ground is not None:
            review.status = ReviewStatus.HIDDEN
            review.hidden_reason = verdict.ground.value
            refresh_rating(review.product_id)
        audit.record(
            "review.kept" if verdict.ground is None else "review.hidden",
            review,
            {
                "reports": [report.id for report in reports],
                "ground": verdict.ground.value if verdict.ground else None,
                "words": words,
            },
        )
        _tell(review, reports, verdict)
    return review


def _open_reports(review_id: int) -> Sequence[ReviewReport]:
    return db.session.scalars(
        select(ReviewReport)
        .where(ReviewReport.review_id == review_id, ReviewReport.status == ReportStatus.OPEN)
        .order_by(ReviewReport.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _check_neutral(moderator_id: int, review: Review, reports: Sequence[ReviewReport]) -> None:
    """Nobody judges in his own matter: author, reporter, or a member of the stall."""
    parties = {review.author_id, *(report.reporter_id for report in reports)}
    if moderator_id in parties or is_member(moderator_id, review.product.stall_id):
        raise Forbidden(
            lazy_gettext("You have a part in this yourself; another moderator decides.")
        )


def _settle(reports: Sequence[ReviewReport], moderator_id: int, verdict: Verdict) -> None:
    status = ReportStatus.DISMISSED if verdict.ground is None else ReportStatus.UPHELD
    for report in reports:
        report.status = status
        report.decision_words = verdict.words.strip()
        report.decided_by_id = moderator_id
        report.decided_at = clock.now()


def _tell(review: Review, reports: Sequence[ReviewReport], verdict: Verdict) -> None:
    stage = "kept" if verdict.ground is None else "hidden"
    data = {
        "product_name": review.product.name,
        "ground_words": verdict.ground.words if verdict.ground else "",
        "words": verdict.words.strip(),
    }
    own = f"/danh-gia/viet/{review.order_line_id}"
    shown = f"/san-pham/{review.product.slug}#danh-gia"
    first = reports[0].id
    key = f"review:{review.id}:{stage}:{first}"
    notify(review.author_id, f"reviews/author_{stage}", key=key, url=own, data=data)
    for report in reports:
        notify(
            report.reporter_id,
            f"reviews/reporter_{stage}",
            key=f"review-report:{report.id}",
            url=shown,
            data=data,
        )
