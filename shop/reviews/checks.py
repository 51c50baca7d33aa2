"""What must hold of reviews after any crash and any race, each a line when it does not."""

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from shop.catalogue.models import Product
from shop.core.audit import AuditEntry
from shop.core.db import db
from shop.core.invariants import invariant
from shop.orders.models import Order, OrderLine, StallOrder
from shop.orders.transitions import DELIVERED_STATES
from shop.reviews.models import Review, ReviewStatus
from shop.stalls.models import StallMember


@invariant(6, lazy_gettext("Each review is of a delivered line of its author, and ratings add up"))
def check_reviews() -> list[str]:
    """Return a line for every review nobody may have written, and every sum that is wrong."""
    return [*_sums(), *_strange_reviews()]


def _sums() -> list[str]:
    """The sums of a product are those of its shown reviews."""
    shown = and_(Review.product_id == Product.id, Review.status == ReviewStatus.SHOWN)
    total, number = func.coalesce(func.sum(Review.rating), 0), func.count(Review.id)
    rows = db.session.execute(
        select(Product.slug, Product.rating_sum, Product.rating_count, total, number)
        .outerjoin(Review, shown)
        .group_by(Product.id)
        .having(or_(Product.rating_sum != total, Product.rating_count != number))
    )
    return [
        f"{slug}: ratings say {old_sum} of {old_number}, reviews say {new_sum} of {new_number}"
        for slug, old_sum, old_number, new_sum, new_number in rows
    ]


def _strange_reviews() -> list[str]:
    works_there = exists().where(
        StallMember.stall_id == StallOrder.stall_id,
        StallMember.user_id == Review.author_id,
        StallMember.created_at <= Review.created_at,
    )
    recorded = exists().where(
        AuditEntry.subject_type == Review.__tablename__,
        AuditEntry.subject_id == Review.id,
        AuditEntry.action == "review.hidden",
    )
    faults: dict[str, ColumnElement[bool]] = {
        "is not by the buyer of its line": Review.author_id != Order.buyer_id,
        "is of goods not delivered": StallOrder.status.not_in(DELIVERED_STATES),
        "stands under another product": Review.product_id != OrderLine.product_id,
        "is by somebody of the stall": works_there,
        "is hidden without a record": and_(Review.status == ReviewStatus.HIDDEN, ~recorded),
    }
    told = []
    for fault, condition in faults.items():
        found = (
            select(Review.id)
            .join(Review.order_line)
            .join(OrderLine.stall_order)
            .join(StallOrder.order)
            .where(condition)
            .order_by(Review.id)
        )
        told += [f"review {review_id} {fault}" for review_id in db.session.scalars(found)]
    return told
