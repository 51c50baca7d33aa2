"""Which goods of the registry can be bought on the floor now."""

from collections.abc import Iterable

from sqlalchemy import select

from shop.catalogue.models import Product
from shop.catalogue.queries.cards import on_sale
from shop.core.db import db


def slugs_on_sale(product_ids: Iterable[int | None]) -> dict[int, str]:
    """Return the address parts of those of these products that can be bought; one query."""
    wanted = {product_id for product_id in product_ids if product_id is not None}
    if not wanted:
        return {}
    rows = select(Product.id, Product.slug).where(Product.id.in_(wanted), *on_sale())
    found = db.session.execute(rows)
    return {row.id: row.slug for row in found}
