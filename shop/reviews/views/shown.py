"""A review as pages show it."""

from dataclasses import dataclass

from flask import url_for

from shop.catalogue.models import ProductStatus
from shop.reviews.models import Review, ReviewStatus
from shop.reviews.reviewing import public_name, rating_words
from shop.stalls.models import StallStatus
from shop.web.pictures import ShownPicture, shown


@dataclass(frozen=True)
class ShownReview:
    """A review with its author's short name, its rating in words and its pictures.

    `product_url` is None while the product cannot be bought and so has no page.
    """

    review: Review
    author: str
    rating_text: str
    pictures: list[ShownPicture]
    is_hidden: bool
    product_url: str | None


def shown_review(review: Review) -> ShownReview:
    """Return a review ready to show; needs author, product, stall, line and pictures loaded."""
    product = review.product
    return ShownReview(
        review=review,
        author=public_name(review.author.name),
        rating_text=str(rating_words(review.rating)),
        pictures=[shown(each.file, product.name, width=320) for each in review.pictures],
        is_hidden=review.status == ReviewStatus.HIDDEN,
        product_url=(
            url_for("catalogue.product", slug=product.slug)
            if product.status == ProductStatus.PUBLISHED
            and product.stall.status == StallStatus.ACTIVE
            else None
        ),
    )
