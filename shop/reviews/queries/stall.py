"""Reviews of a stall's goods, for the stall to answer."""

from sqlalchemy import ColumnElement, func, select

from shop.catalogue.models import Product
from shop.core.db import db
from shop.reviews.models import Review, ReviewStatus
from shop.reviews.queries.public import whole_review
from shop.web.paging import Page

PAGE_SIZE = 20


def page_of_stall_reviews(stall_id: int, number: int, *, open_only: bool) -> Page[Review]:
    """Return one page of the shown reviews of a stall's goods; those to answer oldest first."""
    conditions = [*_shown(stall_id), *([Review.answer == ""] if open_only else [])]
    found = select(Review).join(Review.product).where(*conditions)
    total = db.session.scalar(
        select(func.count()).select_from(Review).join(Review.product).where(*conditions)
    )
    rows = db.session.scalars(
        found.options(*whole_review())
        .order_by(Review.id if open_only else Review.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, PAGE_SIZE, total or 0)


def stall_review(stall_id: int, review_id: int) -> Review | None:
    """Return a shown review of a stall's goods."""
    return db.session.scalar(
        select(Review)
        .join(Review.product)
        .where(Review.id == review_id, *_shown(stall_id))
        .options(*whole_review())
    )


def unanswered(stall_id: int) -> int:
    """Return how many reviews wait for an answer of the stall."""
    wanted = select(func.count()).select_from(Review).join(Review.product)
    return db.session.scalar(wanted.where(*_shown(stall_id), Review.answer == "")) or 0


def _shown(stall_id: int) -> tuple[ColumnElement[bool], ...]:
    return Product.stall_id == stall_id, Review.status == ReviewStatus.SHOWN
