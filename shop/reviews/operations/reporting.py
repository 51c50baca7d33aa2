"""Reporting a review: anyone signed in, once each."""

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.core import audit, clock, throttle
from shop.core.db import db, transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.reviews.models import ReportReason, Review, ReviewReport, ReviewStatus

REPORTS = throttle.Limit("reviews.report", 20, timedelta(days=1))
MOST_LETTERS = 500


@dataclass(frozen=True)
class Complaint:
    """What somebody finds wrong with a review."""

    reason: ReportReason
    words: str = ""


def report_review(reporter_id: int, review_id: int, complaint: Complaint) -> None:
    """Lay a review before the moderators; it stays shown until one of them has decided.

    Raises NotFound when it is not shown, Forbidden for one's own, WrongState the second time.
    """
    said = complaint.words.strip()
    if complaint.reason == ReportReason.OTHER and not said:
        raise InvalidInput(lazy_gettext("Please say what is wrong with it."), "words")
    if len(said) > MOST_LETTERS:
        raise InvalidInput(lazy_gettext("Please keep to 500 letters."), "words")
    throttle.guard(REPORTS, str(reporter_id))
    try:
        with transaction():
            _report(reporter_id, review_id, complaint)
    except IntegrityError as error:
        raise _known() from error


def _report(reporter_id: int, review_id: int, complaint: Complaint) -> None:
    shown = Review.status == ReviewStatus.SHOWN
    review = db.session.scalar(
        select(Review)
        .where(Review.id == review_id, shown)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if review is None:
        raise NotFound
    if review.author_id == reporter_id:
        raise Forbidden(lazy_gettext("This review is your own; you can change it instead."))
    own = (ReviewReport.review_id == review_id, ReviewReport.reporter_id == reporter_id)
    if db.session.scalar(select(ReviewReport.id).where(*own)):
        raise _known()
    report = ReviewReport(
        review_id=review_id,
        reporter_id=reporter_id,
        reason=complaint.reason,
        words=complaint.words.strip(),
        created_at=clock.now(),
    )
    db.session.add(report)
    db.session.flush()
    audit.record("review.reported", review, {"report": report.id, "reason": report.reason.value})


def _known() -> WrongState:
    return WrongState(lazy_gettext("You have reported this review already."))
