"""What a buyer may review, and has."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager

from shop.core.db import db
from shop.orders.models import Order, OrderLine, StallOrder
from shop.orders.transitions import DELIVERED_STATES
from shop.reviews.models import Review
from shop.reviews.queries.public import whole_review
from shop.stalls.models import StallMember


@dataclass(frozen=True)
class Reviewable:
    """A delivered line of a buyer, and what she has said of it."""

    line: OrderLine
    review: Review | None


def own_line(buyer_id: int, line_id: int) -> Reviewable | None:
    """Return a line that a buyer received, with her review; None when it is not hers to review."""
    line = db.session.scalar(
        select(OrderLine)
        .join(OrderLine.stall_order)
        .join(StallOrder.order)
        .where(
            OrderLine.id == line_id,
            Order.buyer_id == buyer_id,
            StallOrder.status.in_(DELIVERED_STATES),
        )
        .options(contains_eager(OrderLine.stall_order).contains_eager(StallOrder.order))
    )
    if line is None:
        return None
    review = select(Review).where(Review.order_line_id == line_id).options(*whole_review())
    return Reviewable(line, db.session.scalar(review))


def reviewables(buyer_id: int, line_ids: Sequence[int]) -> dict[int, Review | None]:
    """Return the lines among these that a buyer may review or has, with the review; two queries."""
    works_there = exists().where(
        StallMember.stall_id == StallOrder.stall_id, StallMember.user_id == buyer_id
    )
    delivered = db.session.scalars(
        select(OrderLine.id)
        .join(OrderLine.stall_order)
        .where(OrderLine.id.in_(line_ids), StallOrder.status.in_(DELIVERED_STATES), ~works_there)
    )
    found: dict[int, Review | None] = dict.fromkeys(delivered)
    written = select(Review).where(Review.order_line_id.in_(line_ids))
    for review in db.session.scalars(written.where(Review.author_id == buyer_id)):
        found[review.order_line_id] = review
    return found
