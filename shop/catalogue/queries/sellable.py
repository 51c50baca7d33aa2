"""SKUs as a buyer can order them now: price, stock, star and stall of this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import InstrumentedAttribute

from shop.catalogue.models import Product, ProductPicture, ProductStatus, Sku, Unit
from shop.catalogue.queries.prices import tiers_of
from shop.catalogue.tiers import Tier, price_for
from shop.certification.models import Certificate
from shop.certification.queries import live
from shop.core.db import db
from shop.core.files import StoredFile
from shop.stalls.models import Stall, StallStatus
from shop.web.pictures import ShownPicture, shown_by_name

SMALL = 320


@dataclass(frozen=True)
class SellableSku:
    """What a cart and a checkout need to know of a SKU; `available` counts pieces."""

    sku_id: int
    stall_id: int
    stall_name: str
    stall_slug: str
    stall_province_code: str
    product_id: int
    product_name: str
    product_slug: str
    label: str
    code: str
    unit: Unit
    net_quantity: int
    weight_g: int
    price_vnd: int
    available: int
    is_sellable: bool
    stars: int | None
    certificate_code: str | None
    picture_name: str | None
    picture_width: int | None = None
    picture_height: int | None = None
    product_set: int = 0
    tiers: tuple[Tier, ...] = ()

    def price_for(self, quantity: int) -> int:
        """Return what each piece costs when so many are bought."""
        return price_for(self.price_vnd, self.tiers, quantity)

    @property
    def picture(self) -> ShownPicture | None:
        """Return the first picture of the product, small; None when it has none."""
        if self.picture_name is None:
            return None
        width, height = self.picture_width or 0, self.picture_height or 0
        return shown_by_name(self.picture_name, width, height, width=SMALL)


def sellable(sku_ids: Iterable[int]) -> dict[int, SellableSku]:
    """Return the SKUs of these ids by id, those no longer sold marked as such; two queries."""
    wanted = set(sku_ids)
    if not wanted:
        return {}
    rows = db.session.execute(
        select(*_columns())
        .join(Product, Product.id == Sku.product_id)
        .join(Stall, Stall.id == Sku.stall_id)
        .outerjoin(Certificate, and_(Certificate.product_id == Product.id, live()))
        .outerjoin(
            ProductPicture,
            and_(ProductPicture.product_id == Product.id, ProductPicture.position == 0),
        )
        .outerjoin(StoredFile, StoredFile.id == ProductPicture.file_id)
        .where(Sku.id.in_(wanted))
    )
    tiers = tiers_of(wanted)
    return {
        row["sku_id"]: SellableSku(**row, tiers=tiers.get(row["sku_id"], ()))
        for row in rows.mappings()
    }


def is_on_sale() -> ColumnElement[bool]:
    """Return the condition under which a SKU may be ordered, whatever its stock."""
    return and_(
        Sku.is_active,
        Product.status == ProductStatus.PUBLISHED,
        Stall.status == StallStatus.ACTIVE,
    )


def _columns() -> list[ColumnElement[Any] | InstrumentedAttribute[Any]]:
    return [
        Sku.id.label("sku_id"),
        Sku.stall_id,
        Stall.name.label("stall_name"),
        Stall.slug.label("stall_slug"),
        Stall.province_code.label("stall_province_code"),
        Sku.product_id,
        Product.name.label("product_name"),
        Product.slug.label("product_slug"),
        Product.product_set,
        Sku.label,
        Sku.code,
        Sku.unit,
        Sku.net_quantity,
        Sku.weight_g,
        Sku.price_vnd,
        (Sku.on_hand - Sku.held).label("available"),
        is_on_sale().label("is_sellable"),
        Certificate.stars,
        Certificate.product_code.label("certificate_code"),
        StoredFile.name.label("picture_name"),
        StoredFile.width.label("picture_width"),
        StoredFile.height.label("picture_height"),
    ]
