"""A review as pages show it."""

from dataclasses import dataclass

from shop.reviews.models import Review, ReviewStatus
from shop.reviews.reviewing import public_name, rating_words
from shop.web.pictures import ShownPicture, shown


@dataclass(frozen=True)
class ShownReview:
    """A review with its author's short name, its rating in words and its pictures."""

    review: Review
    author: str
    rating_text: str
    pictures: list[ShownPicture]
    is_hidden: bool


def shown_review(review: Review) -> ShownReview:
    """Return a review ready to show; needs author, product, line and pictures loaded."""
    return ShownReview(
        review=review,
        author=public_name(review.author.name),
        rating_text=str(rating_words(review.rating)),
        pictures=[shown(each.file, review.product.name, width=320) for each in review.pictures],
        is_hidden=review.status == ReviewStatus.HIDDEN,
    )
