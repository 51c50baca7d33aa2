"""Which goods of the registry can be bought on the floor now."""

from collections.abc import Iterable

from sqlalchemy import select

from shop.catalogue.models import Product
from shop.catalogue.queries.cards import ON_SALE
from shop.core.db import db
from shop.stalls.models import Stall


def slugs_on_sale(product_ids: Iterable[int | None]) -> dict[int, str]:
    """Return the address parts of those of these products that can be bought; one query."""
    wanted = {product_id for product_id in product_ids if product_id is not None}
    if not wanted:
        return {}
    columns = select(Product.id, Product.slug, Product.status, Stall.status).join(Product.stall)
    found = db.session.execute(columns.where(Product.id.in_(wanted)))
    return {number: slug for number, slug, *states in found if tuple(states) == ON_SALE}
