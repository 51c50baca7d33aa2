"""Reported reviews within a moderator's scope, which is that of the stall."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from shop.accounts.models import User
from shop.accounts.queries import in_scope
from shop.catalogue.models import Product
from shop.core.db import db
from shop.reviews.models import ReportStatus, Review, ReviewReport
from shop.reviews.queries.public import around
from shop.stalls.models import Stall

QUEUE_SIZE = 50
OPEN = ReviewReport.status == ReportStatus.OPEN


class Waiting(NamedTuple):
    """How many reviews wait for a decision, and since when the oldest report does."""

    number: int
    oldest: datetime | None


def queue(moderator: User) -> Sequence[Review]:
    """Return the reviews with open reports that this moderator decides on, the oldest first."""
    oldest = (
        select(func.min(ReviewReport.id))
        .where(ReviewReport.review_id == Review.id, OPEN)
        .correlate(Review)
        .scalar_subquery()
    )
    has_open = exists().where(ReviewReport.review_id == Review.id, OPEN)
    found = _within(select(Review), moderator).where(has_open)
    return db.session.scalars(
        found.options(joinedload(Review.author)).order_by(oldest).limit(QUEUE_SIZE)
    ).all()


def waiting(moderator: User) -> Waiting:
    """Return how many reviews wait for this moderator, and since when."""
    number = func.count(func.distinct(Review.id))
    found = select(number, func.min(ReviewReport.created_at)).select_from(Review)
    found = found.join(Review.product).join(Product.stall)
    found = found.join(ReviewReport, ReviewReport.review_id == Review.id)
    scope = in_scope(moderator, Stall.province_code, Stall.commune_code)
    row = db.session.execute(found.where(OPEN, scope)).one()
    return Waiting(*row)


def case(moderator: User, review_id: int) -> Review | None:
    """Return a review that was reported, within the moderator's scope, with its stall."""
    reported = exists().where(ReviewReport.review_id == Review.id)
    found = _within(select(Review), moderator).where(Review.id == review_id, reported)
    return db.session.scalar(found.options(*around()))


def reports_of(review_id: int) -> Sequence[ReviewReport]:
    """Return the reports of a review with who made them, the oldest first."""
    return db.session.scalars(
        select(ReviewReport)
        .where(ReviewReport.review_id == review_id)
        .options(joinedload(ReviewReport.reporter))
        .order_by(ReviewReport.id)
    ).all()


def _within(found: Select[Review], moderator: User) -> Select[Review]:
    scope = in_scope(moderator, Stall.province_code, Stall.commune_code)
    return (
        found.join(Review.product)
        .join(Product.stall)
        .where(scope)
        .options(contains_eager(Review.product).contains_eager(Product.stall))
    )
