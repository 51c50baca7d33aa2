"""What must hold of reviews after any crash and any race, each a line when it does not."""

from flask_babel import lazy_gettext
from sqlalchemy import exists, func, or_, select

from shop.catalogue.models import Product
from shop.core.db import db
from shop.core.invariants import invariant
from shop.orders.models import Order, OrderLine, StallOrder
from shop.orders.transitions import DELIVERED_STATES
from shop.reviews.models import Review, ReviewStatus
from shop.stalls.models import StallMember


@invariant(6, lazy_gettext("Each review is by the buyer of a delivered line, of another's stall"))
def check_reviews() -> list[str]:
    """Return a line for every review that its author had no right to write."""
    of_own_stall = exists().where(
        StallMember.stall_id == StallOrder.stall_id,
        StallMember.user_id == Review.author_id,
        StallMember.created_at <= Review.created_at,
    )
    wrong = (
        select(Review.id)
        .outerjoin(OrderLine, OrderLine.id == Review.order_line_id)
        .outerjoin(StallOrder, StallOrder.id == OrderLine.stall_order_id)
        .outerjoin(Order, Order.id == StallOrder.order_id)
        .where(
            or_(
                Order.id.is_(None),
                Order.buyer_id != Review.author_id,
                OrderLine.product_id != Review.product_id,
                StallOrder.status.not_in(DELIVERED_STATES),
                of_own_stall,
            )
        )
        .order_by(Review.id)
    )
    twice = select(Review.order_line_id).group_by(Review.order_line_id).having(func.count() > 1)
    lines = [f"review {number}" for number in db.session.scalars(wrong)]
    return lines + [f"order line {number}: twice" for number in db.session.scalars(twice)]


@invariant(6, lazy_gettext("Each product's rating is the sum of the reviews that are shown"))
def check_ratings() -> list[str]:
    """Return a line for every product whose rating is not what its reviews come to."""
    shown = (
        select(
            Review.product_id,
            func.sum(Review.rating).label("sum"),
            func.count().label("count"),
        )
        .where(Review.status == ReviewStatus.SHOWN)
        .group_by(Review.product_id)
        .subquery()
    )
    wrong = (
        select(Product.id)
        .outerjoin(shown, shown.c.product_id == Product.id)
        .where(
            or_(
                Product.rating_sum != func.coalesce(shown.c.sum, 0),
                Product.rating_count != func.coalesce(shown.c.count, 0),
            )
        )
        .order_by(Product.id)
    )
    return [f"product {number}" for number in db.session.scalars(wrong)]
