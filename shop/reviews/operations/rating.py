"""The sums of a product's ratings, exact whoever writes at the same moment.

Whatever changes a rating takes `lock_rating` first, then writes, then calls `refresh_rating`, all
in one transaction: the sums are read after the lock, so no review of another hand is missed.
"""

from sqlalchemy import func, select, update

from shop.catalogue.models import Product
from shop.core.db import change, db
from shop.reviews.models import Review, ReviewStatus


def lock_rating(product_id: int) -> None:
    """Let nobody else change the ratings of a product until the transaction ends."""
    row = select(Product.id).where(Product.id == product_id)
    # Not the full lock: rows that refer to the product, such as order lines, may be written.
    db.session.execute(row.with_for_update(key_share=True))


def refresh_rating(product_id: int) -> None:
    """Set the sums of a product to what its shown reviews come to."""
    db.session.flush()
    shown = (Review.product_id == product_id, Review.status == ReviewStatus.SHOWN)
    total = select(func.coalesce(func.sum(Review.rating), 0)).where(*shown).scalar_subquery()
    number = select(func.count(Review.id)).where(*shown).scalar_subquery()
    change(
        update(Product)
        .where(Product.id == product_id)
        .values(rating_sum=total, rating_count=number)
    )
