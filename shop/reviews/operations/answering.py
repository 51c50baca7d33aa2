"""The stall's answer to a review: one, which it may word anew."""

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from shop.catalogue.models import Product
from shop.core import audit, clock
from shop.core.db import db, transaction
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.notifications.operations import notify
from shop.reviews.models import Review, ReviewStatus

MOST_LETTERS = 1000


def answer_review(stall_id: int, review_id: int, words: str) -> Review:
    """Set the answer of the stall under a review of its goods; the author hears of the first.

    Raises NotFound for a review of another stall's goods, WrongState for a hidden one.
    """
    said = words.strip()
    if not said or len(said) > MOST_LETTERS:
        raise InvalidInput(lazy_gettext("Please write an answer of up to 1,000 letters."), "words")
    with transaction():
        review = db.session.scalar(
            select(Review)
            .join(Review.product)
            .where(Review.id == review_id, Product.stall_id == stall_id)
            .options(contains_eager(Review.product))
            .with_for_update(of=Review)
            .execution_options(populate_existing=True)
        )
        if review is None:
            raise NotFound
        if review.status != ReviewStatus.SHOWN:
            raise WrongState(lazy_gettext("This review is hidden; nobody would read the answer."))
        audit.record("review.answered", review, {"before": review.answer} if review.answer else {})
        review.answer, review.answered_at = said, review.answered_at or clock.now()
        notify(
            review.author_id,
            "reviews/answered",
            key=f"review:{review.id}:answered",
            url=f"/san-pham/{review.product.slug}#danh-gia",
            data={"product_name": review.product.name, "answer": said},
        )
    return review
