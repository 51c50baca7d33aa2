"""Writing a review of an own delivered line, once, and changing it for a while."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext
from sqlalchemy import delete, func, select
from sqlalchemy.orm import contains_eager

from shop.core import audit, clock, files, images
from shop.core.db import change, db, transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.orders.models import Order, OrderLine, StallOrder
from shop.orders.transitions import DELIVERED_STATES
from shop.reviews.models import Review, ReviewPicture, ReviewStatus
from shop.reviews.operations.rating import lock_rating, refresh_rating
from shop.reviews.reviewing import MOST_LETTERS, MOST_PICTURES, RATINGS, is_editable
from shop.stalls.operations import tell_members
from shop.stalls.queries import is_member


@dataclass(frozen=True)
class Said:
    """What a buyer says: a rating of 1 to 5, words, new pictures as bytes, old ones to drop."""

    rating: int
    words: str = ""
    pictures: Sequence[bytes] = ()
    dropped: frozenset[int] = frozenset()


def write_review(author_id: int, line_id: int, said: Said) -> Review:
    """Keep what the buyer of a delivered line says of it; one review per line.

    Raises NotFound when the line is not hers, WrongState before delivery or when there is a
    review already, Forbidden when she works for the stall, InvalidInput for what cannot be kept.
    """
    pictures = _checked(said)
    with transaction():
        line = _own_delivered_line(author_id, line_id)
        lock_rating(line.product_id)
        if db.session.scalar(select(Review.id).where(Review.order_line_id == line_id)):
            raise WrongState(lazy_gettext("You have reviewed this already."))
        review = Review(
            order_line_id=line_id,
            product_id=line.product_id,
            author_id=author_id,
            rating=said.rating,
            words=said.words.strip(),
            created_at=clock.now(),
        )
        db.session.add(review)
        db.session.flush()
        _keep_pictures(review, pictures)
        refresh_rating(review.product_id)
        audit.record("review.written", review, {"rating": said.rating})
        _tell_stall(review, line)
    return review


def edit_review(author_id: int, line_id: int, said: Said) -> Review:
    """Change an own review while it is young and shown; what it said before stays on record.

    Raises NotFound, Forbidden and InvalidInput as writing does, WrongState when it is too late.
    """
    pictures = _checked(said)
    with transaction():
        line = _own_delivered_line(author_id, line_id)
        lock_rating(line.product_id)
        review = db.session.scalar(
            select(Review)
            .where(Review.order_line_id == line_id, Review.author_id == author_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if review is None:
            raise NotFound
        _check_editable(review)
        before = {"rating": review.rating, "words": review.words}
        review.rating, review.words = said.rating, said.words.strip()
        review.edited_at = clock.now()
        _drop_pictures(review, said.dropped)
        _keep_pictures(review, pictures)
        refresh_rating(review.product_id)
        audit.record("review.edited", review, {"before": before, "rating": said.rating})
    return review


def _checked(said: Said) -> list[images.Picture]:
    """Return the pictures made anew; raise InvalidInput for what cannot be kept."""
    if said.rating not in RATINGS:
        raise InvalidInput(lazy_gettext("Please choose how good it was, from 1 to 5."), "rating")
    if len(said.words) > MOST_LETTERS:
        raise InvalidInput(lazy_gettext("Please keep to 2,000 letters."), "words")
    if len(said.pictures) > MOST_PICTURES:
        raise _too_many()
    try:
        return [images.rebuild(data) for data in said.pictures]
    except InvalidInput as error:
        raise InvalidInput(error.message, "pictures") from error


def _too_many() -> InvalidInput:
    return InvalidInput(lazy_gettext("At most 4 pictures, please."), "pictures")


def _own_delivered_line(author_id: int, line_id: int) -> OrderLine:
    line = db.session.scalar(
        select(OrderLine)
        .join(OrderLine.stall_order)
        .join(StallOrder.order)
        .where(OrderLine.id == line_id, Order.buyer_id == author_id)
        .options(contains_eager(OrderLine.stall_order).joinedload(StallOrder.stall))
    )
    if line is None:
        raise NotFound
    if is_member(author_id, line.stall_order.stall_id):
        raise Forbidden(lazy_gettext("You work for this stall, so you cannot review its goods."))
    if line.stall_order.status not in DELIVERED_STATES:
        raise WrongState(lazy_gettext("The goods can be reviewed once they are delivered."))
    return line


def _check_editable(review: Review) -> None:
    if review.status != ReviewStatus.SHOWN:
        raise WrongState(lazy_gettext("This review is hidden and can no longer be changed."))
    if not is_editable(review.created_at, clock.now()):
        raise WrongState(lazy_gettext("A review can be changed for 30 days, no longer."))


def _drop_pictures(review: Review, dropped: frozenset[int]) -> None:
    change(
        delete(ReviewPicture).where(
            ReviewPicture.review_id == review.id, ReviewPicture.id.in_(dropped)
        )
    )


def _keep_pictures(review: Review, pictures: Sequence[images.Picture]) -> None:
    kept = select(func.count()).select_from(ReviewPicture)
    number = db.session.scalar(kept.where(ReviewPicture.review_id == review.id)) or 0
    if number + len(pictures) > MOST_PICTURES:
        raise _too_many()
    for picture in pictures:
        stored = files.keep_picture(picture)
        db.session.add(ReviewPicture(review_id=review.id, file_id=stored.id))


def _tell_stall(review: Review, line: OrderLine) -> None:
    stall = line.stall_order.stall
    tell_members(
        stall.id,
        "reviews/written",
        key=f"review:{review.id}:written",
        url=f"/quan-ly/{stall.slug}/danh-gia/{review.id}",
        data={"product_name": line.product_name, "rating": review.rating, "words": review.words},
    )
