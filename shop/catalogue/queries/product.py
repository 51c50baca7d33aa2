"""A product's public page."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalogue.models import Product, ProductPicture, ProductStatus
from shop.core.db import db
from shop.core.errors import NotFound
from shop.stalls.models import Stall, StallStatus


def public_product(slug: str) -> Product:
    """Return a product on sale with its stall, packs and pictures; raise NotFound otherwise."""
    found = db.session.scalar(
        select(Product)
        .join(Product.stall)
        .where(
            Product.slug == slug,
            Product.status == ProductStatus.PUBLISHED,
            Stall.status == StallStatus.ACTIVE,
        )
        .options(
            joinedload(Product.stall).joinedload(Stall.province),
            joinedload(Product.stall).joinedload(Stall.commune),
            joinedload(Product.stall).joinedload(Stall.picture),
            selectinload(Product.skus),
            selectinload(Product.pictures).joinedload(ProductPicture.file),
        )
    )
    if found is None:
        raise NotFound
    return found


def published_slug(product_id: int) -> str | None:
    """Return the address part of a product that can be bought now, None when it cannot."""
    return db.session.scalar(
        select(Product.slug)
        .join(Product.stall)
        .where(
            Product.id == product_id,
            Product.status == ProductStatus.PUBLISHED,
            Stall.status == StallStatus.ACTIVE,
        )
    )


def published_slugs(product_ids: Iterable[int]) -> dict[int, str]:
    """Return the address parts of those of these products that can be bought now; one query."""
    rows = db.session.execute(
        select(Product.id, Product.slug)
        .join(Product.stall)
        .where(
            Product.id.in_(set(product_ids)),
            Product.status == ProductStatus.PUBLISHED,
            Stall.status == StallStatus.ACTIVE,
        )
    )
    return {row.id: row.slug for row in rows}
