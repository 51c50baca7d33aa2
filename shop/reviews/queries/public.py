"""The reviews of a product as everybody sees them."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalogue.models import Product
from shop.core.db import db
from shop.reviews.models import Review, ReviewPicture, ReviewStatus
from shop.reviews.reviewing import RATINGS, Spread
from shop.web.paging import Page

PAGE_SIZE = 10


def spread(product_id: int) -> Spread:
    """Return how many shown reviews of a product gave each rating."""
    rows = db.session.execute(
        select(Review.rating, func.count().label("number"))
        .where(Review.product_id == product_id, Review.status == ReviewStatus.SHOWN)
        .group_by(Review.rating)
    )
    found = {row.rating: row.number for row in rows}
    return Spread({rating: found.get(rating, 0) for rating in RATINGS})


def page_of_reviews(product_id: int, number: int, total: int) -> Page[Review]:
    """Return one page of a product's shown reviews, the newest first."""
    rows = db.session.scalars(
        select(Review)
        .where(Review.product_id == product_id, Review.status == ReviewStatus.SHOWN)
        .options(*whole_review())
        .order_by(Review.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, PAGE_SIZE, total)


def shown_review(review_id: int) -> Review | None:
    """Return a review that is shown, with all that a page shows of it."""
    return db.session.scalar(
        select(Review)
        .where(Review.id == review_id, Review.status == ReviewStatus.SHOWN)
        .options(*whole_review())
    )


def whole_review() -> tuple[Any, ...]:
    """Return what is loaded with a review: its product and stall, and all that `around` names."""
    return joinedload(Review.product).joinedload(Product.stall), *around()


def around() -> tuple[Any, ...]:
    """Return what is loaded with a review whose product is there: author, line, pictures."""
    return (
        joinedload(Review.author),
        joinedload(Review.order_line),
        selectinload(Review.pictures).joinedload(ReviewPicture.file),
    )
