"""What the public pages of stalls say of their goods."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, func, select

from shop.catalogue.models import Product
from shop.catalogue.queries.cards import on_sale
from shop.certification.models import Certificate
from shop.certification.queries import live
from shop.core.db import db


def facts_of(stall_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return for each stall how much it sells, how much of it is certified, and its rating."""
    rows = db.session.execute(
        select(
            Product.stall_id,
            func.count(Product.id).label("products"),
            func.count(Certificate.id).label("certified"),
            func.sum(Product.rating_sum).label("rating_sum"),
            func.sum(Product.rating_count).label("ratings"),
        )
        .join(Product.stall)
        .outerjoin(Certificate, and_(Certificate.product_id == Product.id, live()))
        .where(Product.stall_id.in_(stall_ids), *on_sale())
        .group_by(Product.stall_id)
    )
    return {
        row.stall_id: {
            "product_count": row.products,
            "certified_count": row.certified,
            "rating_average": int(row.rating_sum) / int(row.ratings) if row.ratings else None,
            "rating_count": int(row.ratings),
        }
        for row in rows
    }
